"""The values that flow from files to answers; frozen, without behaviour beyond their own checks.

All positions are half-open ranges of code points (not bytes, not UTF-16 units). Unless said otherwise they count in
`Document.text`, the decoded source, untouched.
"""

from qa.types.answers import (
    Answer,
    Stage,
)
from qa.types.documents import (
    AlignedText,
    Article,
    Block,
    BlockKind,
    DateRange,
    Document,
    Passage,
    Run,
    Section,
    Span,
)
from qa.types.found import (
    Citation,
    Hit,
    Leg,
    Match,
)
from qa.types.reports import (
    ArticleView,
    DocumentSummary,
    IndexReport,
    Progress,
    Skipped,
    Status,
)
from qa.types.written import (
    Unproved,
    WritingProblem,
    WritingProblemCode,
    Written,
    WrittenSentence,
)

__all__ = [
    "AlignedText",
    "Answer",
    "Article",
    "ArticleView",
    "Block",
    "BlockKind",
    "Citation",
    "DateRange",
    "Document",
    "DocumentSummary",
    "Hit",
    "IndexReport",
    "Leg",
    "Match",
    "Passage",
    "Progress",
    "Run",
    "Section",
    "Skipped",
    "Span",
    "Stage",
    "Status",
    "Unproved",
    "WritingProblem",
    "WritingProblemCode",
    "Written",
    "WrittenSentence",
]
