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
_MORE = {"confidence": "[What it means](../explanation/confidence.md)."}
"""What a page can add to the descriptions of the fields: links."""


def page() -> str:
    """Return the page as Markdown."""
    shown = json.dumps(example.kept(), ensure_ascii=False, indent=2)
    lines = [*written_by("The JSON of an answer", source="`qa/web/api/bodies.py` and an answer that was given"), _ABOUT]
    for title, model in (("Answer", AnswerBody), ("Citation", CitationBody), ("Hit", HitBody), ("Leg", LegBody)):
        lines += [f"## {title}", "", *table(("field", "meaning"), _fields(model)), ""]
    lines += ["## An example", "", f'`wenju ask "{example.QUESTION}" --json --top-k 3` over the sample corpus:', ""]
    return joined([*lines, "```json", shown, "```"])


def _fields(model: type[BaseModel]) -> list[tuple[str, str]]:
    return [
        (f"`{name}`", f"{field.description or ''} {_MORE.get(name, '')}".strip())
        for name, field in model.model_fields.items()
    ]
