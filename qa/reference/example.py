"""The example answer of the documentation: asked of the real models over the sample corpus, kept in a file.

`python -m qa.reference.example` asks again and writes docs/reference/answer.json; everything else here reads it.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parents[2] / "docs"
KEPT = DOCS / "reference" / "answer.json"
QUESTION = "图书馆新馆有多少个阅览座位？"
_HITS = 3  # are enough to show what one looks like


def asked() -> dict[str, Any]:
    """Return the public JSON of the answer, from a store of the sample corpus made for it; takes a minute."""
    from qa.answer.render import answer_json  # noqa: PLC0415 (models: the pages need none)
    from qa.assistant import Assistant  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        assistant = Assistant.open(Path(folder) / "store", create=True, engine="torch")
        try:
            assistant.index(DOCS / "articles")
            answer = answer_json(assistant.ask(QUESTION, top_k=_HITS))
        finally:
            assistant.close()
    return {**answer, "timings_ms": {name: round(value) for name, value in answer["timings_ms"].items()}}


def kept() -> dict[str, Any]:
    """Return the answer that was kept."""
    answer: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8"))
    return answer


if __name__ == "__main__":
    KEPT.write_text(json.dumps(asked(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(f"{KEPT}\n")
