"""A parser that misbehaves costs its own file and nothing else; every limit holds at its figure and one above."""

import gc
import hashlib
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import hostile_parsers as parsers
import pytest

from qa.corpus import wire
from qa.corpus.limits import MIB, SANDBOX
from qa.corpus.sandbox import Parser, Sandbox
from qa.errors import SourceError
from qa.types import Section, Span

SMALL = replace(SANDBOX, cpu_seconds=1, wall_seconds=3.0, text_bytes=1000, memory_bytes=400 * MIB)
needs_limits = pytest.mark.skipif(sys.platform == "win32", reason="the system limits no process there")


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(SMALL) as opened:
        yield opened


def problem(sandbox: Sandbox, parser: Parser, data: bytes = parsers.BAD) -> str:
    with pytest.raises(SourceError) as raised:
        sandbox.read(parser, "a.pdf", data)
    return raised.value.problem


def children() -> set[int]:
    """The processes that this one started and has not waited for, ended ones included."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # ended meanwhile
            # "pid (name) state parent …"; a name may hold blanks and brackets.
            parent = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[1]
            found.update({int(stat.parent.name)} if int(parent) == os.getpid() else ())
    return found


def test_a_document_comes_back_as_the_parser_made_it(sandbox: Sandbox) -> None:
    """The hash is of the bytes that were sent, whatever the parser says."""
    document = sandbox.read(parsers.Good(), "sub/报告.pdf", "甲𠮷乙".encode())

    assert document.id == "sub/报告.pdf"
    assert document.sha256 == hashlib.sha256("甲𠮷乙".encode()).hexdigest()
    assert (document.text, document.media_type, document.encoding) == ("甲𠮷乙", "text/good", "utf-8")
    assert document.assumptions == ("It is assumed.",)
    assert document.pages == (Span(0, 1), Span(1, 3))
    assert document.sections == (Section(Span(1, 3), title="𠮷", date="2024-05-01", headings=(Span(1, 2),)),)


def test_a_parser_keeps_what_it_was_told(sandbox: Sandbox) -> None:
    assert sandbox.read(parsers.Told("标题", rows=3), "a", b"x").text == "标题 3"


@pytest.mark.parametrize(
    ("parser", "expected"),
    [
        (parsers.Refuses(), "It is encrypted."),
        (parsers.Raises(), "The parser failed on it (KeyError); the file is damaged or of another kind."),
        (parsers.Recurses(), "The parser failed on it (RecursionError); the file is damaged or of another kind."),
        (parsers.Crashes(), "The parser crashed; the file is damaged."),
        (parsers.Quits(), "The parser crashed; the file is damaged."),
        (parsers.Halves(), "The parser gave an answer that cannot be used."),
        (parsers.Oversteps(), "The parser gave an answer that cannot be used."),
        (parsers.Sleeps(), "The parser took more than 3 seconds."),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, parsers.Bad) else None,
)
def test_what_goes_wrong_has_a_reason_and_the_next_file_is_read(
    sandbox: Sandbox, parser: parsers.Bad, expected: str
) -> None:
    assert sandbox.read(parser, "first", b"one").text == "one"
    assert problem(sandbox, parser) == expected
    assert sandbox.read(parser, "next", b"two").text == "two"


@needs_limits
def test_processor_time_is_limited_for_each_file() -> None:
    with Sandbox(replace(SMALL, wall_seconds=120.0)) as sandbox:
        assert problem(sandbox, parsers.Computes()) == "The parser took more than 1 seconds of processor time."
        assert sandbox.read(parsers.Computes(), "next", b"two").text == "two"


@needs_limits
def test_memory_is_limited(sandbox: Sandbox) -> None:
    assert sandbox.read(parsers.Allocates(), "a", b"BAD200").text == str(200 * MIB)
    assert problem(sandbox, parsers.Allocates(), b"BAD400") == "The parser needed more than 400 MB of memory."
    assert sandbox.read(parsers.Allocates(), "next", b"two").text == "two"


def test_the_length_of_the_text_is_limited_at_the_limit_and_one_above() -> None:
    with Sandbox(replace(SMALL, text_bytes=MIB)) as sandbox:
        assert len(sandbox.read(parsers.Floods(), "a", f"BAD{MIB}".encode()).text) == MIB
        expected = "The file holds more than 1 MB of text; split it."
        assert problem(sandbox, parsers.Floods(), f"BAD{MIB + 1}".encode()) == expected


@needs_limits
def test_nothing_can_be_written(sandbox: Sandbox, tmp_path: Path) -> None:
    target = tmp_path / "out"

    with pytest.raises(SourceError):
        sandbox.read(parsers.Writes(), "a", parsers.BAD + str(target).encode())
    assert not target.exists() or target.stat().st_size == 0


def test_what_a_library_prints_does_not_come_between(sandbox: Sandbox) -> None:
    assert sandbox.read(parsers.Prints(), "a", b"BAD").text == "BAD"


def test_no_variable_of_this_process_reaches_the_parser(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENJU_SECRET", "s3cret")

    assert "WENJU_SECRET" not in sandbox.read(parsers.Looks(), "a", b"BAD").text


def test_nothing_is_imported_from_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder that somebody stands in may hold anything, a json.py too."""
    (tmp_path / "json.py").write_text("raise SystemExit", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    with Sandbox(SMALL) as sandbox:
        assert sandbox.read(parsers.Good(), "a", b"two").text == "two"


@pytest.mark.skipif(sys.platform != "linux", reason="counts processes in /proc")
def test_one_child_reads_many_files_and_none_is_left() -> None:
    """Also where this process is large: Linux counts its peak as the child's."""
    large = b"x" * (SMALL.memory_bytes // 2)
    before = children()
    with Sandbox(replace(SMALL, files=3)) as sandbox:
        seen = set()
        for number in range(3):
            sandbox.read(parsers.Good(), "a", f"{number}二".encode())
            seen.update(children() - before)
        assert len(seen) == 1
        assert children() == before  # it has served its number of files
        sandbox.read(parsers.Good(), "a", b"two")
        problem(sandbox, parsers.Crashes())
        problem(sandbox, parsers.Raises())
        assert children() == before

    assert children() == before
    assert large[-1] == ord("x")


def test_everything_is_given_back_when_it_is_closed() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ResourceWarning)
        with Sandbox(SMALL) as sandbox:
            sandbox.read(parsers.Good(), "a", b"two")
            problem(sandbox, parsers.Sleeps())
            sandbox.read(parsers.Good(), "a", b"two")
        sandbox.close()
        del sandbox
        gc.collect()

    assert [str(warning.message) for warning in caught] == []


def test_an_answer_that_comes_after_an_interrupt_is_not_taken_for_the_next_one(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox.read(parsers.Good(), "a", b"one")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(wire, "receive", interrupted)
        with pytest.raises(KeyboardInterrupt):
            sandbox.read(parsers.Good(), "a", b"lost")

    assert sandbox.read(parsers.Good(), "a", b"two").text == "two"


def test_a_file_is_not_blamed_for_the_memory_of_those_before(sandbox: Sandbox) -> None:
    """Whatever the first file did to its process, the second one is read as if it had come alone."""
    sandbox.read(parsers.Allocates(), "a", b"BAD150")

    assert sandbox.read(parsers.Allocates(), "b", b"BAD250").text == str(250 * MIB)
