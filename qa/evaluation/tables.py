"""Write the figures of `make eval` as Markdown, each with its 95 % interval. Measures nothing, opens no files."""

from collections.abc import Mapping, Sequence
from typing import Any

# Kind of question, figure, label.
_ROWS = (
    ("all", "questions", "questions"),
    ("all", "article_at_1", "article first"),
    ("all", "evidence_at_1", "evidence first"),
    ("all", "evidence_at_5", "evidence among five"),
    ("paraphrase", "evidence_at_1", "· paraphrased questions: evidence first"),
    ("paraphrase", "evidence_at_5", "· paraphrased questions: among five"),
    ("crosslingual", "evidence_at_1", "· questions in another language: evidence first"),
    ("followup", "evidence_at_1", "· follow-up questions: evidence first"),
    ("all", "answer_in_sentence", "answer in its sentence"),
    ("all", "exact", "short answer exact"),
    ("all", "f1", "short answer, character F1"),
    ("all", "abstention_precision", "refusal, precision"),
    ("all", "abstention_recall", "refusal, recall"),
    ("all", "auroc", "answerable or not by confidence, AUROC"),
    ("all", "calibration_error", "calibration error of the answers given"),
    ("all", "citation_validity", "citations proved"),
    ("all", "latency_p50", "ms a question, median"),
)
_ABLATION = (
    ("evidence_at_1", "evidence first"),
    ("evidence_at_5", "among five"),
    ("answer_in_sentence", "answer in its sentence"),
    ("f1", "character F1"),
    ("auroc", "AUROC"),
)
_TRAPS = (("questions", "questions"), ("refused", "refused"), ("confidence", "mean confidence"))

Figures = Mapping[str, Any]


def tables(results: Mapping[str, Any], *, heading: str) -> str:
    """Return all figures as Markdown.

    Args:
        results: `sets` by name, each as `Measured.as_dict` gives it, and `paragraphs` by name as `measure_paragraphs`
            gives them. Traps and ablation are those of the last set.
        heading: Says when and where it was measured.
    """
    sets, public = results["sets"], results["paragraphs"]
    name, last = list(sets.items())[-1]
    blocks = [
        [f"{heading} In brackets the 95 % interval, by bootstrap over questions:"],
        _sets(sets),
        [f"Questions that nothing answers, by their trap, and answerable ones beside them ({name}):"],
        _grid("trap", _TRAPS, last["traps"]),
    ]
    if "ablation" in last:
        blocks += [[f"What each part adds ({name}):"], _grid("with", _ABLATION, last["ablation"])]
    if public:
        blocks += [
            [
                "A question's paragraph found first among all of a public set: over all questions, and over those of "
                "held-out articles, which the reader was never trained on; below, its answers in the right paragraph:"
            ],
            _public(public),
        ]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _sets(sets: Mapping[str, Figures]) -> list[str]:
    rows = []
    for kind, field, label in _ROWS:
        cells = []
        for result in sets.values():
            figures = result["kinds"].get(kind)
            of = f" of {figures['questions']}" if figures and kind != "all" else ""
            cells.append(_cell(figures, field) + of)
        if any(cell != "–" for cell in cells):
            rows.append([label, *cells])
    return _table(["over all questions", *sets], rows)


def _grid(first: str, columns: Sequence[tuple[str, str]], rows: Mapping[str, Figures]) -> list[str]:
    return _table(
        [first, *(label for _, label in columns)],
        [[name, *(_cell(figures, field) for field, _ in columns)] for name, figures in rows.items()],
    )


def _public(public: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return recall@1 by the search's variant, two columns a set: all questions, and those of held-out articles."""
    columns, variants = ["search"], dict[str, None]()
    for name, result in public.items():
        over_all = next(iter(result["recall"].values()))
        columns += [f"{name}, {over_all['questions']} questions", f"held out, {result['held_out']['questions']}"]
        variants |= dict.fromkeys([*result["recall"], *result["held_out"]["recall"]])
    rows = []
    for variant in variants:
        cells = [
            _cell(figures.get(variant), "recall_at_1")
            for result in public.values()
            for figures in (result["recall"], result["held_out"]["recall"])
        ]
        rows.append([variant, *cells])
    for field, label in (("f1", "span, character F1"), ("exact", "span, exact")):
        cells = [cell for result in public.values() for cell in ("–", _cell(result["held_out"].get("spans"), field))]
        if any(cell != "–" for cell in cells):
            rows.append([label, *cells])
    return _table(columns, rows)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = ["| " + " | ".join(columns) + " |", "|---|" + "---:|" * (len(columns) - 1)]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def _cell(figures: Figures | None, field: str) -> str:
    """Return `value [low, high]`; a dash where there is no such figure, and no brackets where it has no interval."""
    value = figures[field] if figures else None
    if figures is None or value is None:
        return "–"
    if isinstance(value, int):
        return str(value)
    bounds = figures["intervals"].get(field)
    shown = f"{value:.3f}" if value <= 1 else f"{value:.0f}"
    return f"{shown} [{bounds[0]:.3f}, {bounds[1]:.3f}]" if bounds else shown
