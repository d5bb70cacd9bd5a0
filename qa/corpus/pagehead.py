"""What stands over all the articles of a page: paper, date, column labels. It counts where an article says nothing.

Reads lines that have a role; how mastheads look is the business of `qa.corpus.mastheads`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from qa.corpus import mastheads, metadata
from qa.corpus.headlines import Heading
from qa.corpus.layout import Draft, text_lines
from qa.corpus.metadata import Fields
from qa.corpus.roles import Item, Role


@dataclass(frozen=True, slots=True)
class PageHead:
    """The head of a page.

    Attributes:
        fields: Paper and date.
        labels: Of the column or section.
        end: Index of the first line that belongs to an article.
    """

    fields: Fields
    labels: tuple[str, ...]
    end: int


NOTHING = PageHead(Fields(), (), 0)


def read(
    items: Sequence[Item], drafts: Sequence[Draft], headings: Sequence[Heading], bannered: Sequence[int]
) -> PageHead:
    """Return what the lines above the first title say.

    Args:
        items: All lines of the page.
        drafts: Its articles; at least one.
        headings: Theirs, in the same order.
        bannered: Numbers of those whose headline lines hold a banner of the page.
    """
    head, heading = sorted(drafts[0].head), headings[0]
    end = head[heading.line] if heading.title is not None else 0
    source = date = None
    section = None
    for item in items[:end]:
        if item.role is not Role.META:
            continue
        fields = line_fields(item.text)
        source, date = source or fields.source, date or fields.date
        found = mastheads.read(item.text, dated=True)
        section = section or (found[1] if found else None)
    labels = [label for number in sorted({0, *bannered}) for label in headings[number].labels]
    if heading.title is not None and len(drafts) > 1 and not text_lines(items, drafts[0]):
        labels.append(heading.title.text)  # an editors' note stands under the page's banner
    if not labels and section:
        labels = [section]
    return PageHead(Fields(source=source, date=date), tuple(labels), end)


def line_fields(text: str) -> Fields:
    """Return the fields of a line of metadata or of a masthead."""
    found = metadata.read_line(text)
    if found is not None and (found.source or found.author or mastheads.read(text) is None):
        return found
    masthead = mastheads.read(text, dated=True)
    if masthead:
        return masthead[0]
    return Fields(source=mastheads.paper_name(text, dated=True) or (text if mastheads.unknown_name(text) else None))
