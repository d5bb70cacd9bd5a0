"""`python -m qa.training.corpus`: write the validation articles as a folder of documents with a question set beside it.

So that the whole of Wenju, not the network alone, is measured and calibrated on articles that were not trained on:
`wenju eval DIR/questions.jsonl --docs DIR/articles`.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from qa.training.data import Pair, Paragraph, TrainingSet, read_training_set

_AROUND = 8  # characters on either side of the answer that belong to the evidence, for figures recur
_KINDS = {
    **dict.fromkeys(("en", "xx", "zh"), "crosslingual"),
    "trap": "unanswerable",
    "para": "paraphrase",
}


def write_corpus(data: TrainingSet, folder: Path, *, squad_every: int) -> tuple[int, int]:
    """Write documents and questions; return how many of each.

    The paragraphs of one article make one document, whatever set they come from; one without a title stands alone.

    Args:
        data: Read from the public sets and the written ones.
        folder: Made where it is missing.
        squad_every: Of the questions of the public sets, each so-manieth is taken.
    """
    articles = folder / "articles"
    articles.mkdir(parents=True, exist_ok=True)
    together: dict[str, list[Paragraph]] = {}
    for paragraph in data.paragraphs:
        if paragraph.validates:
            together.setdefault(paragraph.title or paragraph.key, []).append(paragraph)
    for held in together.values():
        text = "\n\n".join([held[0].title, *(paragraph.text for paragraph in held)]).strip()
        (articles / f"{held[0].key}.txt").write_text(text + "\n", encoding="utf-8")
    files = {paragraph.key: f"{held[0].key}.txt" for held in together.values() for paragraph in held}
    pairs = data.of(validation=True)
    public = [pair for pair in pairs if pair.kind == "squad"][::squad_every]
    chosen = [*public, *(pair for pair in pairs if pair.kind != "squad")]
    rows = [_row(number, pair, data.paragraphs[pair.paragraph], files) for number, pair in enumerate(chosen)]
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "questions.jsonl").write_text(text, encoding="utf-8")
    return len(together), len(rows)


def _row(number: int, pair: Pair, paragraph: Paragraph, files: Mapping[str, str]) -> dict[str, object]:
    answer = paragraph.text[pair.start : pair.end]
    around = paragraph.text[max(0, pair.start - _AROUND) : pair.end + _AROUND].replace("\n", " ").strip()
    return {
        "id": f"{pair.source}-{number}",
        "question": pair.question,
        "kind": _KINDS.get(pair.kind, pair.kind),
        "answerable": pair.answerable,
        "file": files[paragraph.key] if pair.answerable else None,
        "evidence": around if pair.answerable else None,
        "answer": answer or None,
        "answer_variants": [],
        "trap": pair.trap,
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Write and say what was written."""
    parser = argparse.ArgumentParser(prog="python -m qa.training.corpus", description=__doc__)
    parser.add_argument("--squad", type=Path, nargs="+", required=True, help="question sets in SQuAD's format")
    parser.add_argument("--to", type=Path, required=True, help="folder to write")
    parser.add_argument("--squad-every", type=int, default=3, help="take each so-manieth public question")
    chosen = parser.parse_args(arguments)
    documents, questions = write_corpus(read_training_set(chosen.squad), chosen.to, squad_every=chosen.squad_every)
    print(f"{documents} documents, {questions} questions in {chosen.to}")  # noqa: T201 - a script's result
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
