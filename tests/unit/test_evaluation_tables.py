"""The Markdown of `make eval`, and two sets joined into one, over answers judged by hand."""

from evaluation_fakes import outcome

from qa.evaluation.sets import Measured, joined
from qa.evaluation.tables import tables

PLAIN = (outcome(kind="paraphrase"), outcome(), outcome(answerable=False, silent=True, confidence=0.1))
HARD = (
    outcome(kind="paraphrase", right=False),
    outcome(answerable=False, trap="wrong_year", confidence=0.4),
)


def measured(name: str, outcomes: tuple, **ablation: tuple) -> Measured:
    return Measured(name, "hashing-256", "none", "sentence", outcomes, ablation)


def rows(text: str) -> dict[str, list[str]]:
    """Return the cells of each row by its first one."""
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.split("\n") if line.startswith("|")]
    return {row[0]: row[1:] for row in cells}


def test_two_sets_become_one_without_asking_again() -> None:
    """All outcomes in order, and of the ablation what both have."""
    one, other = measured("a", PLAIN, keyword=PLAIN, passages=PLAIN), measured("b", HARD, keyword=HARD)

    both = joined("both", [one, other])

    assert both.outcomes == (*PLAIN, *HARD)
    assert dict(both.ablation) == {"keyword": (*PLAIN, *HARD)}
    assert both.as_dict()["kinds"]["all"]["questions"] == 5
    assert both.as_dict()["kinds"]["paraphrase"]["evidence_at_1"] == 0.5


def test_a_set_as_json_says_what_it_was_measured_with() -> None:
    """And how far its confidence is from what was right."""
    values = measured("a", HARD).as_dict()

    assert (values["questions"], values["model"], values["reranker"], values["answerer"]) == (
        "a", "hashing-256", "none", "sentence",
    )  # fmt: skip
    assert values["calibration"]["answers"] == 2
    assert values["calibration"]["error_of_answers"] == (0.9 + 0.4) / 2
    assert "ablation" not in values


def test_figures_stand_with_their_intervals_and_kinds_with_their_number() -> None:
    """One column a set; a kind that a set does not have is a dash, and a row of dashes is left out."""
    sets = {
        "plain": measured("a", PLAIN).as_dict(),
        "both": joined("both", [measured("a", PLAIN), measured("b", HARD)]),
    }
    sets["both"] = sets["both"].as_dict()

    found = rows(tables({"sets": sets, "paragraphs": {}}, heading="Measured today."))

    assert found["over all questions"] == ["plain", "both"]
    assert found["questions"] == ["3", "5"]
    assert found["evidence first"] == ["1.000 [1.000, 1.000]", "0.667 [0.000, 1.000]"]
    assert found["· paraphrased questions: evidence first"] == [
        "1.000 [1.000, 1.000] of 1",
        "0.500 [0.000, 1.000] of 2",
    ]
    assert found["ms a question, median"] == ["20", "20"]
    assert "· follow-up questions: evidence first" not in found


def test_the_traps_are_those_of_the_last_set() -> None:
    """With what became of them."""
    text = tables({"sets": {"hard": measured("b", HARD).as_dict()}, "paragraphs": {}}, heading="Measured today.")

    assert text.startswith("Measured today. In brackets the 95 % interval")
    assert rows(text)["wrong_year"] == ["1", "0.000 [0.000, 0.000]", "0.400 [0.400, 0.400]"]
    assert rows(text)["answerable"][0] == "1"
    assert "each part adds" not in text


def test_public_sets_have_a_column_for_all_and_one_for_what_was_held_out() -> None:
    """A variant that was only measured on one of them is a dash in the other."""
    figure = {"questions": 9, "recall_at_1": 0.9, "intervals": {"recall_at_1": [0.8, 1.0]}}
    ranked = {"questions": 2, "recall_at_1": 1.0, "intervals": {"recall_at_1": [1.0, 1.0]}}
    spans = {"questions": 2, "f1": 0.75, "exact": 0.5, "intervals": {"f1": [0.5, 1.0], "exact": [0.0, 1.0]}}
    held_out = {"articles": 1, "questions": 2, "recall": {"all": ranked, "+ rerank": ranked}, "spans": spans}
    results = {
        "sets": {"plain": measured("a", PLAIN, keyword=PLAIN).as_dict()},
        "paragraphs": {"cmrc": {"recall": {"all": figure}, "held_out": held_out}},
    }

    found = rows(tables(results, heading="Measured today."))

    assert found["search"] == ["cmrc, 9 questions", "held out, 2"]
    assert found["all"] == ["0.900 [0.800, 1.000]", "1.000 [1.000, 1.000]"]
    assert found["+ rerank"] == ["–", "1.000 [1.000, 1.000]"]
    assert found["span, character F1"] == ["–", "0.750 [0.500, 1.000]"]
    assert found["keyword"][0] == "1.000 [1.000, 1.000]"
