"""`python -m qa.training.table FOLDER`: print the figures of a run's last validation as Markdown.

Reads the log only; what the figures mean stands in `validate.py`.
"""

import argparse
from collections.abc import Mapping, Sequence

from qa.training.command import print_about_run
from qa.training.log import last_figures, read_log

_SOURCES = {
    "cmrc": "CMRC 2018",
    "drcd": "DRCD",
    "news": "written news",
    "articles": "written articles",
    "questions": "written about CMRC and DRCD",
}
_KINDS = {
    "squad": "the set's own questions",
    "clause": "answered by a clause",
    "date": "date",
    "en": "in English",
    "list": "answered by a list",
    "number": "number",
    "para": "in other words",
    "trap": "not answered",
    "what": "what",
    "where": "where",
    "who": "who",
    "xx": "in other languages",
    "zh": "in Chinese, about a foreign passage",
}
_SAID, _FIRST = "said to be answerable", "first by "


def table(figures: Mapping[str, float]) -> str:
    """Return two tables, one for reading and one for ranking, and the figure over all of them.

    Args:
        figures: By name, as `validate` returns them: `source/kind: measure`, and those of the whole without a kind.
    """
    kinds: dict[str, dict[str, float]] = {}
    whole: dict[str, float] = {}
    for name, value in figures.items():
        kind, colon, measure = name.rpartition(": ")
        if colon and "/" in kind:
            kinds.setdefault(kind, {})[measure] = value
        else:
            whole[name] = value
    ways = list(dict.fromkeys(measure for found in kinds.values() for measure in found if measure.startswith(_FIRST)))
    reading = [[label(kind), _count(found), *_cells(found, (_SAID, "F1", "exact"))] for kind, found in kinds.items()]
    ranking = [[label(kind), _count(found), *_cells(found, ways)] for kind, found in kinds.items() if ways[0] in found]
    return "\n".join(
        [
            "Reading the right paragraph; of the questions that are not answered, the share said to be answerable is "
            "the share of mistakes:",
            "",
            *_markdown(["questions", "n", "said to be answerable", "character F1", "exact"], reading),
            "",
            "The right paragraph first among the eight that the search finds:",
            "",
            *_markdown(["questions", "n", *(way.removeprefix(_FIRST) for way in ways)], ranking),
            "",
            *(f"{name}: {value:.3f}" for name, value in whole.items()),
            "",
        ]
    )


def label(kind: str) -> str:
    """Return what a kind of question is called for readers: `cmrc/squad` is “CMRC 2018, the set's own questions”."""
    source, _, asked = kind.partition("/")
    return f"{_SOURCES.get(source, source)}, {_KINDS.get(asked, asked)}"


def _count(found: Mapping[str, float]) -> str:
    return f"{found['questions']:.0f}"


def _cells(found: Mapping[str, float], measures: Sequence[str]) -> list[str]:
    return [f"{found[measure]:.3f}" if measure in found else "–" for measure in measures]


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    rule = "|---|" + "---:|" * (len(head) - 1)
    return ["| " + " | ".join(head) + " |", rule, *("| " + " | ".join(row) + " |" for row in rows)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print; return 0, or 2 where there is no log or nothing was validated."""
    parser = argparse.ArgumentParser(prog="python -m qa.training.table", description=__doc__)
    return print_about_run(parser, lambda chosen: table(last_figures(read_log(chosen.folder))), arguments)


if __name__ == "__main__":
    raise SystemExit(main())
