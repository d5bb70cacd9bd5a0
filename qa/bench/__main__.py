"""`python -m qa.bench`: measure everything in one run, print a table, write it as JSON.

Stays small itself: what is measured runs in fresh processes. A missed target is shown; it does not fail the command.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qa.bench.machine import describe
from qa.bench.readers import readers_for

PAPERS, PAPER_QUESTIONS = Path("../shared/seeds"), Path("../shared/eval/dev.jsonl")
SAMPLES, SAMPLE_QUESTIONS = Path("docs/articles"), Path("tests/golden/questions.jsonl")
STARTS = 3  # fresh processes; the middle one is shown


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write; return 0 where everything could be measured."""
    at_hand = PAPERS.is_dir() and PAPER_QUESTIONS.is_file()
    parser = argparse.ArgumentParser(prog="python -m qa.bench", description=__doc__)
    parser.add_argument("--docs", type=Path, default=PAPERS if at_hand else SAMPLES)
    parser.add_argument("--questions", type=Path, default=PAPER_QUESTIONS if at_hand else SAMPLE_QUESTIONS)
    parser.add_argument("--model", default="bundled")
    parser.add_argument("--rounds", type=int, default=3, help="times that indexing and encoding are measured in turn")
    parser.add_argument("--output", type=Path, default=Path("reports/bench.json"))
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="wenju-bench-") as folder:
        store = Path(folder) / "store"
        costs = _run(
            "qa.bench.costs", "--docs", options.docs, "--questions", options.questions, "--store", store,
            "--model", options.model, "--rounds", options.rounds,
        )  # fmt: skip
        routes = _run("qa.bench.routes", "--json")
        question = _first_question(options.questions)
        starts = [_time_start(store, options.model, question) for _ in range(STARTS)]
        commands = [_time_command(store, options.model, question) for _ in range(STARTS)]
    result = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": "python -m qa.bench",
        "documents": options.docs.name,
        "machine": describe(),
        "costs": costs,
        "routes": routes,
        "first_answer": _middle(starts),
        "command_seconds": sorted(commands)[STARTS // 2],
    }
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(table(result))
    sys.stdout.write(f"\nwritten: {options.output}\n")
    return 0


def table(result: Mapping[str, Any]) -> str:
    """Return the figures as Markdown, one a row, with target and verdict where the figure has one."""
    costs, start = result["costs"], result["first_answer"]
    ratio, multiple, memory = (
        costs["index_to_encode_ratio"],
        costs["answer_to_encode_ratio"],
        costs["peak_memory_bytes"],
    )
    most = 12 if costs["reading"] else 4  # times encoding the question; with the trained reader, and without
    largest = sorted(start["parts"].items(), key=lambda part: (-part[1], part[0]))[:3]
    rows = [
        ("indexing", f"{costs['index_tokens_per_second']:,.0f} tokens/s", "", ""),
        (f"{costs['compared_with']}, same texts", f"{costs['encode_tokens_per_second']:,.0f} tokens/s", "", ""),
        ("indexing / encode", f"{ratio:.2f}", "≥ 0.9", _verdict(ratio >= 0.9)),
        ("indexing, share of encoding", f"{costs['index_share_of_encoding']:.0%}", "", ""),
        ("question → answer, p50 / p95", f"{costs['answer_p50_ms']:.0f} / {costs['answer_p95_ms']:.0f} ms", "", ""),
        ("encoding the question, p50 / p95", f"{costs['encode_p50_ms']:.0f} / {costs['encode_p95_ms']:.0f} ms", "", ""),
        ("answer / encode, p50", f"{multiple:.2f}", f"≤ {most}", _verdict(multiple <= most)),
        *_reading_rows(costs["reading"]),
        *_route_rows(result["routes"]),
        ("peak memory", f"{memory / 1e9:.2f} GB", "< 2.5 GB", _verdict(memory < 2.5e9)),
        ("store", f"{costs['store_bytes'] / max(1, costs['passages']) / 1000:.1f} kB a passage", "", ""),
        ("process start → first answer", f"{start['total']:.1f} s", "", ""),
        *((f"  {name}", f"{seconds:.1f} s", "", "") for name, seconds in largest),
        ("wenju ask, the whole command", f"{result['command_seconds']:.1f} s", "", ""),
    ]
    machine = result["machine"]
    heading = (
        f"{costs['model']} on {result['documents']}: {costs['passages']} passages, {costs['texts']} texts, "
        f"{costs['tokens']} tokens, {costs['questions']} questions\n"
        f"{machine['processor']}, {machine['cores']} cores, torch {machine['torch']}, {result['date']}\n\n"
    )
    lines = [f"| {name} | {value} | {target} | {verdict} |" for name, value, target, verdict in rows]
    return heading + "\n".join(["| measure | figure | target | |", "|---|---|---|---|", *lines]) + "\n"


def _reading_rows(reading: Mapping[str, Any] | None) -> list[tuple[str, str, str, str]]:
    """Return a row for each engine; none where the trained reader was left out."""
    engines = reading["engines"] if reading else {}
    return [
        (f"reading 8 passages / encode, {name}", f"{figures['ratio']:.1f} ({figures['ms']:.0f} ms)", "", "")
        for name, figures in engines.items()
    ]


def _route_rows(routes: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    plain, gradio = (f"{routes['ways'][way]['per_second']:.0f}/s" for way in ("plain", "gradio"))
    ratio = routes["ratio"]
    return [
        (
            f"POST /v1/ask / Gradio's queue, {routes['users']} users",
            f"{ratio:.1f} ({plain}, {gradio})",
            "≥ 5",
            _verdict(ratio >= 5),
        )
    ]


def _verdict(met: bool) -> str:
    return "met" if met else "missed"


def _time_start(store: Path, model: str, question: str) -> dict[str, Any]:
    return _run(
        "qa.bench.first_answer", "--store", store, "--model", model, "--question", question, "--started", time.time()
    )


def _time_command(store: Path, model: str, question: str) -> float:
    """Return the seconds of one `wenju ask`, from its start to its end; not answering is also an answer."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "qa", "ask", question, "--store", str(store), "--json"]
    done = subprocess.run(command, env=os.environ | _settings(model), stdout=subprocess.DEVNULL, check=False)
    if done.returncode not in (0, 1):
        raise subprocess.CalledProcessError(done.returncode, command)
    return time.perf_counter() - started


def _settings(model: str) -> dict[str, str]:
    """Return the variables that make `wenju` use this encoder and the readers that are measured beside it."""
    names = {"model": model, **readers_for(model)}
    return {f"WENJU_{setting.upper()}": str(name) for setting, name in names.items()}


def _run(module: str, *arguments: object) -> dict[str, Any]:
    """Run a module in a fresh process and return the JSON object that it prints."""
    command = [sys.executable, "-m", module, *(str(argument) for argument in arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    value: dict[str, Any] = json.loads(done.stdout)
    return value


def _first_question(questions: Path) -> str:
    with questions.open(encoding="utf-8") as lines:
        question: str = json.loads(next(line for line in lines if line.strip()))["question"]
    return question


def _middle(starts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return sorted(starts, key=lambda start: start["total"])[len(starts) // 2]


if __name__ == "__main__":
    sys.exit(main())
