"""The figures that must not fall, with the real model: on the sample corpus, and on the five papers where they are."""

from pathlib import Path

import pytest

from qa.evaluation.sets import measure_set

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
# Least values; `make eval` prints what is reached.
SAMPLE = {"article_at_1": 0.85, "evidence_at_5": 0.85, "answer_in_sentence": 0.6, "citation_validity": 1.0}
PAPERS = {
    "article_at_1": 0.96,
    "evidence_at_1": 0.9,
    "evidence_at_5": 0.96,
    "answer_in_sentence": 0.8,
    "f1": 0.72,
    "auroc": 0.87,
    "citation_validity": 1.0,
}


@pytest.mark.model
@pytest.mark.filterwarnings("ignore::EncodingWarning")
@pytest.mark.parametrize(
    ("questions", "papers", "least"),
    [
        (ROOT / "tests/golden/questions.jsonl", ROOT / "docs/articles", SAMPLE),
        (SHARED / "eval/dev.jsonl", SHARED / "seeds", PAPERS),
    ],
    ids=["sample corpus", "five papers"],
)
def test_no_figure_falls_below_what_was_promised(
    questions: Path, papers: Path, least: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over all answerable questions, follow-ups included; an unanswered one counts 0."""
    if not questions.exists() or not papers.is_dir():
        pytest.skip(f"{papers} is not beside the repository: its questions cannot be asked here")
    monkeypatch.delenv("WENJU_MODEL", raising=False)

    result = measure_set(questions, docs=papers).as_dict()

    reached = result["kinds"]["all"]
    assert {name: reached[name] for name, value in least.items() if reached[name] < value} == {}
