"""`wenju eval`: measure the answers on a question set, print the table, write JSON and a page; judges nothing."""

import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from embeddings.bundled import cache_root
from embeddings.encoder import Encoder, open_encoder
from qa.assistant import Assistant
from qa.config import load_settings
from qa.errors import SourceError
from qa.evaluation.measure import Figures, Outcome, by_kind, judge_all
from qa.evaluation.paragraphs import paragraph_ranks, recall, store_paragraphs
from qa.evaluation.questions import Question, read_paragraphs, read_questions
from qa.evaluation.report import write_report
from qa.library import Library
from qa.retrieval.fuse import FusionWeights, weights_for
from qa.retrieval.search import Search

_SHOWN = (
    ("questions", "n"), ("article_at_1", "article@1"), ("evidence_at_1", "evidence@1"),
    ("evidence_at_5", "evidence@5"), ("answer_in_sentence", "in sentence"), ("exact", "exact"), ("f1", "F1"),
    ("abstention_precision", "silent P"), ("abstention_recall", "silent R"), ("auroc", "AUROC"),
    ("citation_validity", "cited"), ("latency_p50", "p50 ms"), ("latency_p95", "p95 ms"),
)  # fmt: skip


def run_evaluation(
    *,
    questions: Path | None,
    squad: Path | None,
    store: Path | None,
    docs: Path | None,
    as_json: bool,
    report: Path | None,
    ablation: bool,
) -> int:
    """Measure and print; return the exit code 0.

    Args:
        questions: JSON lines to ask.
        squad: Or paragraphs and questions in SQuAD's format.
        store: Where the index is, or is to be made; by default that of the settings.
        docs: Folder to index first, into `store` or a temporary one.
        as_json: Print JSON instead of a table.
        report: Page to write.
        ablation: Also measure the search with parts left out.

    Raises:
        SourceError: No question set is named, or one cannot be read.
    """
    if questions is None and squad is None:
        raise SourceError("No question set is named.", "Name one: wenju eval FILE.jsonl, or --squad FILE")
    if squad is not None:
        result = measure_paragraphs(squad, store=store, ablation=ablation)
        _print_json(result) if as_json else _print_recall(squad.name, result["recall"])
        return 0
    assert questions is not None
    result, outcomes = measure_questions(questions, store=store, docs=docs, ablation=ablation)
    if report is not None:
        write_report(report, questions.name, by_kind(outcomes), outcomes)
        _say(f"report: {report}")
    if as_json:
        _print_json(result)
        return 0
    _print_table(questions.name, by_kind(outcomes))
    if ablation:
        _print_ablation(result["ablation"])
    return 0


def measure_questions(
    path: Path, *, store: Path | None = None, docs: Path | None = None, ablation: bool = False
) -> tuple[dict[str, Any], list[Outcome]]:
    """Ask a question set; return its figures as JSON values, and every outcome."""
    settings = load_settings()
    asked = read_questions(path)
    with _store_folder(store, docs, settings.store) as folder:
        encoder = open_encoder(settings.model)
        assistant = Assistant.open(folder, encoder=encoder, create=docs is not None)
        try:
            if docs is not None:
                indexed = assistant.index(docs)
                _say(f"{docs}: {indexed.documents} documents, {indexed.articles} articles, {indexed.passages} passages")
            assistant.warm()
            outcomes = judge_all(assistant, asked)
        finally:
            assistant.close()
        result: dict[str, Any] = {
            "questions": path.name,
            "model": encoder.name,
            "kinds": {kind: group.as_dict() for kind, group in by_kind(outcomes).items()},
        }
        if ablation:
            result["ablation"] = {
                name: by_kind(_ask_with(folder, encoder, weights, asked))["all"].as_dict()
                for name, weights in _variants(weights_for(encoder.name)).items()
            }
    return result, outcomes


def _ask_with(folder: Path, encoder: Encoder, weights: FusionWeights, questions: Sequence[Question]) -> list[Outcome]:
    assistant = Assistant.open(folder, encoder=encoder, weights=weights)
    try:
        return judge_all(assistant, questions)
    finally:
        assistant.close()


def _variants(full: FusionWeights) -> dict[str, FusionWeights]:
    """Return the search with parts left out, each adding one to the one before."""
    return {
        "keyword": replace(full, meaning=0.0, keyword=1.0, dictionary=0.0),
        "passages": replace(full, keyword=0.0, dictionary=0.0, sentence_share=0.0),
        "+ sentences": replace(full, keyword=0.0, dictionary=0.0),
        "+ keyword": replace(full, dictionary=0.0),
        "+ dictionary": full,
    }


def measure_paragraphs(path: Path, *, store: Path | None = None, ablation: bool = False) -> dict[str, Any]:
    """Look for the paragraph of each question of a set in SQuAD's format; return recall as JSON values.

    The encoded paragraphs are kept, in `store` or the cache folder, so that a second run only asks.
    """
    settings = load_settings()
    paragraphs = read_paragraphs(path)
    encoder = open_encoder(settings.model)
    digest = sha256(path.read_bytes()).hexdigest()[:12]
    library = Library.open(store or cache_root() / "eval" / f"{path.stem}-{digest}", create=True)
    try:
        with library.writing():
            store_paragraphs(library, encoder, paragraphs, tell=_tell)
        contents = library.contents()
    finally:
        library.close()
    full = weights_for(encoder.name)
    vectors = encoder.encode_queries([text for text, _ in paragraphs.questions])
    result = {}
    for name, weights in (_variants(full) if ablation else {"all": full}).items():
        search = Search(contents, encoder, weights=weights)
        result[name] = asdict(recall(paragraphs, paragraph_ranks(search, paragraphs, vectors)))
    return {"squad": path.name, "model": encoder.name, "recall": result}


def _print_recall(title: str, result: Mapping[str, Mapping[str, float | int]]) -> None:
    table = Table(title=title)
    for column in ("search", "paragraphs", "questions", "recall@1", "recall@5"):
        table.add_column(column, justify="left" if column == "search" else "right")
    for name, row in result.items():
        table.add_row(name, *(f"{value:.3f}" if isinstance(value, float) else str(value) for value in row.values()))
    _console().print(table)


@contextmanager
def _store_folder(store: Path | None, docs: Path | None, default: Path) -> Iterator[Path]:
    """Yield the store to use: the named one; a temporary one for a folder that is only measured; else the default."""
    if store is None and docs is not None:
        with tempfile.TemporaryDirectory(prefix="wenju-eval-") as folder:
            yield Path(folder) / "store"
    else:
        yield store or default


def _print_table(title: str, groups: Mapping[str, Figures]) -> None:
    table = Table(title=title)
    table.add_column("kind")
    for _, heading in _SHOWN:
        table.add_column(heading, justify="right")
    for kind, group in groups.items():
        values = group.as_dict()
        table.add_row(kind, *(_cell(values[name]) for name, _ in _SHOWN), end_section=False)
    _console().print(table)


def _print_ablation(rows: Mapping[str, Mapping[str, float | int | None]]) -> None:
    shown = [
        column for column in _SHOWN if column[0] in {"article_at_1", "evidence_at_1", "evidence_at_5", "latency_p50"}
    ]
    table = Table(title="what each part of the search adds")
    table.add_column("search")
    for _, heading in shown:
        table.add_column(heading, justify="right")
    for name, values in rows.items():
        table.add_row(name, *(_cell(values[field]) for field, _ in shown))
    _console().print(table)


def _console() -> Console:
    """Return a console that is wide enough for the table where no terminal says how wide it is."""
    return Console() if sys.stdout.isatty() else Console(width=180)


def _cell(value: float | int | None) -> str:
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.3f}" if value <= 1 else f"{value:.0f}"


def _print_json(result: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=2) + "\n")


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


def _tell(done: int, total: int) -> None:
    _say(f"{done} of {total} paragraphs encoded")
