"""`wenju eval` and `make eval` from end to end, with the hashing encoder and a reader made of rules."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from library_fixtures import WITHOUT_READER

from qa.answer.decode import ScoredSpan
from qa.answer.open import Readers
from qa.answer.read import SentenceAnswerer
from qa.answer.reader import PassageReading
from qa.errors import ModelUnavailableError, SourceError
from qa.evaluation import sets, squad, suite
from qa.evaluation.run import run_evaluation
from qa.evaluation.sets import measure_set
from qa.retrieval.fuse import GENERIC
from qa.retrieval.rerank import RerankWeights

WALL = "霁河防洪墙加固\n\n防洪墙全长22.2公里,总投资6.35亿元,计划明年5月20日前闭合。\n"
QUESTIONS = [
    {"id": "1", "question": "防洪墙全长多少公里?", "answerable": True, "kind": "number", "answer": "22.2公里"},
    {"id": "2", "question": "月亮上有多少只兔子?", "answerable": False, "kind": "unanswerable", "trap": "outside"},
]
QUESTIONS[0] |= {"evidence": "防洪墙全长22.2公里", "article_title": "霁河防洪墙加固"}
PUBLIC = {
    "data": [
        {"title": "戊", "paragraphs": [{"context": "戊河全长22公里。", "qas": []}]},  # held out
        {"title": "甲", "paragraphs": [{"context": "图书馆设座位1860个。", "qas": []}]},
    ]
}
PUBLIC["data"][0]["paragraphs"][0]["qas"] = [{"question": "戊河全长多少公里?", "answers": [{"text": "22公里"}]}]
PUBLIC["data"][1]["paragraphs"][0]["qas"] = [{"question": "图书馆设座位多少个?", "answers": [{"text": "1860个"}]}]


class RuleReader:
    """Finds the first number in a passage and thinks well of passages that begin with the question's first word."""

    name = "rules"

    def relevance(self, question: str, passages: Sequence[tuple[str, str]]) -> np.ndarray:
        return np.array([float(text[:1] == question[:1]) for _, text in passages])

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> list[PassageReading]:
        found = [re.search(r"\d+\w{1,2}", text) for _, text in passages]
        return [PassageReading(0.0, 0.0, (ScoredSpan(*match.span(), 0.0),) if match else ()) for match in found]


@pytest.fixture(autouse=True)
def hashing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fake encoder, an empty cache, no settings file."""
    monkeypatch.setenv("WENJU_MODEL", "hashing")
    monkeypatch.setenv("WENJU_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder laid out as `make eval` expects it."""
    (tmp_path / "shared/seeds").mkdir(parents=True)
    (tmp_path / "shared/eval").mkdir()
    (tmp_path / "shared/seeds/wall.txt").write_text(WALL, encoding="utf-8")
    lines = [json.dumps(question, ensure_ascii=False) for question in QUESTIONS]
    (tmp_path / "shared/eval/dev.jsonl").write_text(lines[0], encoding="utf-8")
    (tmp_path / "shared/eval/dev_hard.jsonl").write_text(lines[1], encoding="utf-8")
    (tmp_path / "shared/eval/all.jsonl").write_text("\n".join(lines), encoding="utf-8")
    for name in ("cmrc_dev.json", "drcd_dev.json"):
        (tmp_path / "shared/eval" / name).write_text(json.dumps(PUBLIC), encoding="utf-8")
    return tmp_path / "shared"


@pytest.fixture
def no_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """The trained reader's weights are not here."""

    def missing(*_: object) -> None:
        raise ModelUnavailableError("The reader's weights are not here.", "Train it.")

    monkeypatch.setattr("qa.answer.open.open_reader", missing)
    monkeypatch.setattr(squad, "open_reader", missing)


@pytest.fixture
def rule_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader of rules stands where the trained one does."""
    reader = RuleReader()
    monkeypatch.setattr("qa.answer.open.open_reader", lambda *_: reader)
    monkeypatch.setattr(squad, "open_reader", lambda *_: reader)
    monkeypatch.setattr(squad, "open_readers", lambda *_: Readers(SentenceAnswerer(), reader, RerankWeights(1.0, 1.0)))


def test_a_question_set_gives_figures_with_intervals_beside_them(shared: Path) -> None:
    """The values themselves stay numbers."""
    measured = measure_set(shared / "eval/all.jsonl", docs=shared / "seeds", **WITHOUT_READER)

    result = measured.as_dict()
    total = result["kinds"]["all"]
    assert (total["questions"], total["evidence_at_1"], total["answer_in_sentence"]) == (2, 1.0, 1.0)
    assert total["intervals"]["evidence_at_1"] == [1.0, 1.0]
    assert list(result["traps"]) == ["outside", "answerable"]
    assert (result["model"], result["reranker"], result["answerer"]) == ("hashing-256", "none", "sentence")
    assert [outcome.question.id for outcome in measured.outcomes] == ["1", "2"]


@pytest.mark.usefixtures("no_reader")
def test_the_ablation_adds_one_part_after_the_other(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What needs the trained reader is left out where it is not here, and that is said."""
    result = measure_set(shared / "eval/all.jsonl", docs=shared / "seeds", ablation=True, **WITHOUT_READER).as_dict()

    assert list(result["ablation"]) == ["keyword", "passages", "+ sentences", "+ keyword", "+ dictionary"]
    assert result["ablation"]["+ dictionary"] == result["kinds"]["all"]
    assert "“+ reader” is not measured: The reader's weights are not here. Train it." in capsys.readouterr().err


def test_each_variant_opens_an_assistant_of_its_own(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reranker comes before the reader; what is shipped is not asked twice."""
    opened = []
    open_one = sets.Assistant.open

    def noting(*place: Path, **settings: object) -> sets.Assistant:
        opened.append((settings["weights"] == GENERIC, settings["reranker"], settings["answerer"]))
        return open_one(*place, **{**settings, **WITHOUT_READER})

    monkeypatch.setattr(sets.Assistant, "open", noting)

    result = measure_set(shared / "eval/all.jsonl", docs=shared / "seeds", ablation=True).as_dict()

    assert opened[0] == (True, "bundled", "reader")
    assert opened[1:5] == [(False, "none", "sentence")] * 4
    assert opened[5:] == [(True, "none", "sentence"), (True, "bundled", "sentence")]
    assert list(result["ablation"])[-1] == "+ reader"


@pytest.mark.usefixtures("rule_reader")
def test_held_out_articles_are_ranked_and_read_by_the_reader(shared: Path) -> None:
    """One of the two questions, among both paragraphs."""
    result = squad.measure_paragraphs(shared / "eval/cmrc_dev.json")

    held_out = result["held_out"]
    assert (result["recall"]["all"]["questions"], result["recall"]["all"]["recall_at_1"]) == (2, 1.0)
    assert (held_out["articles"], held_out["questions"]) == (1, 1)
    assert (held_out["recall"]["all"]["paragraphs"], held_out["recall"]["+ rerank"]["recall_at_1"]) == (2, 1.0)
    assert (held_out["spans"]["f1"], held_out["spans"]["exact"]) == (1.0, 1.0)


def test_what_is_not_chosen_does_not_read(shared: Path) -> None:
    """Held-out articles are only searched then."""
    held_out = squad.measure_paragraphs(shared / "eval/cmrc_dev.json", **WITHOUT_READER)["held_out"]

    assert list(held_out["recall"]) == ["all"]
    assert "spans" not in held_out


@pytest.mark.usefixtures("no_reader")
def test_a_reader_that_is_not_here_is_named_once(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The search is measured all the same."""
    held_out = squad.measure_paragraphs(shared / "eval/cmrc_dev.json")["held_out"]

    assert list(held_out["recall"]) == ["all"]
    assert "searched and not read. The reader's weights are not here. Train it." in capsys.readouterr().err


def evaluate(**settings: object) -> int:
    """Run the command with nothing else named."""
    unset = {"questions": None, "squad": None, "store": None, "docs": None, "report": None}
    return run_evaluation(**{**unset, "as_json": False, "ablation": False, **WITHOUT_READER, **settings})


def test_the_command_prints_kinds_and_traps_and_writes_the_page(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The page holds the reliability diagram and the calibration error."""
    report = tmp_path / "report.html"

    assert evaluate(questions=shared / "eval/all.jsonl", docs=shared / "seeds", report=report) == 0

    printed = capsys.readouterr().out
    assert re.search(r"│ number +│ 1 │ +1\.000", printed)
    assert re.search(r"│ outside +│ 1 │", printed)
    page = report.read_text(encoding="utf-8")
    assert page.count("<svg") == page.count("</svg>") == 3
    assert "Expected calibration error, ten bins:" in page
    assert "<td>outside</td>" in page


def test_the_command_prints_json_that_can_be_read_again(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing else goes to standard output."""
    evaluate(questions=shared / "eval/all.jsonl", docs=shared / "seeds", as_json=True, ablation=False)
    questions = json.loads(capsys.readouterr().out)
    evaluate(squad=shared / "eval/cmrc_dev.json", as_json=True, ablation=True)
    recall = json.loads(capsys.readouterr().out)

    assert questions["kinds"]["number"]["questions"] == 1
    assert list(recall["recall"]) == ["keyword", "passages", "+ sentences", "+ keyword", "+ dictionary"]


@pytest.mark.usefixtures("rule_reader")
def test_the_command_prints_what_was_held_out(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Below the recall over all questions."""
    assert evaluate(squad=shared / "eval/cmrc_dev.json", reranker="bundled", answerer="reader") == 0

    printed = capsys.readouterr().out
    assert "articles held out of training: 1" in printed
    assert re.search(r"│ \+ rerank │ +2 │ +1 │ +1\.000", printed)
    assert "read in the right paragraph" in printed


def test_nothing_to_measure_names_what_to_give() -> None:
    """A question set, or a public one."""
    with pytest.raises(SourceError, match="No question set is named"):
        evaluate()


@pytest.mark.usefixtures("rule_reader")
def test_make_eval_measures_every_set_and_fills_in_the_readme(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The papers' two sets stand alone and together; figures and pages are written."""
    root = tmp_path / "root"
    (root / "tests/golden").mkdir(parents=True)
    (root / "docs/articles").mkdir(parents=True)
    (root / "docs/articles/wall.txt").write_text(WALL, encoding="utf-8")
    (root / "tests/golden/questions.jsonl").write_text(json.dumps(QUESTIONS[0]), encoding="utf-8")
    (root / "README.md").write_text(f"{suite.BEGIN}\n{suite.END}\n", encoding="utf-8")
    monkeypatch.setattr(suite, "ROOT", root)
    for name, value in WITHOUT_READER.items():
        monkeypatch.setenv(f"WENJU_{name.upper()}", value)

    assert suite.main(["--shared", str(shared)]) == 0

    readme = (root / "README.md").read_text(encoding="utf-8")
    assert "| over all questions | sample corpus | five papers | five papers, hard | both |" in readme
    assert "| questions | 1 | 1 | 1 | 2 |" in readme
    assert "| outside | 1 | " in readme
    assert "| + reader | 1.000 [1.000, 1.000] | " in readme
    assert "| search | cmrc_dev, 2 questions | held out, 1 | drcd_dev, 2 questions | held out, 1 |" in readme
    assert "| + rerank | – | 1.000 [1.000, 1.000] |" in readme
    assert sorted(path.name for path in (root / "reports").iterdir()) == [
        "eval-both.html", "eval-dev.html", "eval-dev_hard.html", "eval-questions.html", "eval.json",
    ]  # fmt: skip
