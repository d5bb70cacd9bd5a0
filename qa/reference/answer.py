"""Write docs/reference/answer.md: the JSON of an answer, field by field, with one that was really given."""

import json

from pydantic import BaseModel

from qa.reference import example
from qa.reference.tables import page as joined
from qa.reference.tables import table, written_by
from qa.web.api.bodies import AnswerBody, CitationBody, HitBody, LegBody

_ABOUT = """
`wenju ask --json`, `POST /v1/ask`, the Gradio endpoint `/ask` and the MCP tool `ask` return the same object;
`tests/integration/test_surfaces.py` compares them field by field. Positions are code points of the decoded text of
`source`, half open: `text[start:end] == quote`. JavaScript counts UTF-16 units: use `Array.from(text)` there.
"""
# What the models of the bodies leave to this page, because a name says it there.
_MEANINGS = {
    "answer": "the short answer, words of the document; null when the documents do not say",
    "sentence": "the sentence that holds it",
    "abstained": "true when the documents do not say",
    "reason": "why nothing was said; null where something was",
    "confidence": "chance that the answer is right, 0 to 1 ([what it means](../explanation/confidence.md))",
    "citations": "the proof, in order of their numbers",
    "hits": "the passages that were found, best first",
    "timings_ms": "milliseconds of each step; the one field that differs between two runs",
    "question": "as it was asked",
    "number": "as it stands in the answer, from 1",
    "source": "the document: its path in the folder, in a collection `NAME/path`",
    "page": "of a PDF, or the row of a table; null where there is none",
    "match": "whether a repair stands between `quote` and `text`",
    "start": "first code point",
    "end": "the one after the last",
    "why": "rank and score in each leg of the search",
    "score": "higher is better; comparable within one search only",
    "terms": "words of the question that matched",
}


def page() -> str:
    """Return the page as Markdown."""
    shown = json.dumps(example.kept(), ensure_ascii=False, indent=2)
    lines = [*written_by("The JSON of an answer", source="`qa/web/api/bodies.py` and an answer that was given"), _ABOUT]
    for title, model in (("Answer", AnswerBody), ("Citation", CitationBody), ("Hit", HitBody), ("Leg", LegBody)):
        lines += [f"## {title}", "", *table(("field", "meaning"), _fields(model)), ""]
    lines += ["## An example", "", f'`wenju ask "{example.QUESTION}" --json --top-k 3` over the sample corpus:', ""]
    return joined([*lines, "```json", shown, "```"])


def _fields(model: type[BaseModel]) -> list[tuple[str, str]]:
    return [(f"`{name}`", field.description or _MEANINGS.get(name, "")) for name, field in model.model_fields.items()]
