"""Runs commands of the command line in one process for tests, and says what a refusal looks like."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PARK = """湖心公园五月一日开放

本报讯（记者 甲乙）河阳县的湖心公园将在五月一日向市民开放，全园免收门票，园内修了三公里步道。

公园占地二十公顷，去年三月动工，由河阳县园林处管理，每天早上六点开门，晚上九点关门。
"""
BRIDGE = """柳渡大桥修好通车

本报讯（记者 丙丁）柳渡大桥经过八个月的修补，昨天恢复通车，货车限重三十吨。
"""
QUESTION = "湖心公园什么时候开放？"


@dataclass(frozen=True)
class Ran:
    """What one command did."""

    code: int
    out: str
    err: str


Wenju = Callable[..., Ran]


def answer_of(wenju: Wenju) -> dict[str, Any]:
    """Return the served answer without its timings; the exit code says whether it is one."""
    ran = wenju("ask", QUESTION, "--json")
    value: dict[str, Any] = json.loads(ran.out)
    assert ran.code == (1 if value["abstained"] else 0)
    assert value["hits"][0]["source"] == "park.txt"
    del value["timings_ms"]
    return value


def assert_refused(ran: Ran, *words: str) -> None:
    """Check for exit code 2 and a last line that holds these words; nothing on standard output, no traceback."""
    said = ran.err.splitlines()[-1]
    assert (ran.code, ran.out) == (2, "")
    assert "Traceback" not in ran.err
    assert [word for word in words if word not in said] == []
    assert re.search(r"[.。] [“A-Z0-9]", said), "a problem, then its remedy"


def database_of(store: Path) -> Path:
    """Return the SQLite file of a store."""
    (found,) = [file for file in store.iterdir() if file.is_file() and file.read_bytes()[:15] == b"SQLite format 3"]
    return found
