"""A file's stamp: the same only as long as the file is."""

import os
import time
from pathlib import Path

import pytest

from qa.changes import stamp_of

LATER = 10_000_000_000  # nanoseconds: long after everything that a test wrote


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text("停水三小时", encoding="utf-8")
    return path


def test_a_file_that_was_left_alone_keeps_its_stamp(file: Path) -> None:
    """Size and both times, in nanoseconds."""
    now, status = time.time_ns() + LATER, file.stat()

    assert stamp_of(file, now=now) == f"15 {status.st_mtime_ns} {status.st_ctime_ns}" == stamp_of(file, now=now + 1)


def test_a_file_that_has_just_changed_has_no_stamp(file: Path) -> None:
    """It could change again within the same tick of the clock; two seconds later it has one."""
    changed = max(file.stat().st_mtime_ns, file.stat().st_ctime_ns)

    assert stamp_of(file) == ""
    assert stamp_of(file, now=changed + 1_999_999_999) == ""
    assert stamp_of(file, now=changed + 2_000_000_000) != ""


def test_a_file_from_the_future_has_no_stamp(file: Path) -> None:
    """A clock that is wrong proves nothing."""
    ahead = time.time() + 3600
    os.utime(file, (ahead, ahead))

    assert stamp_of(file, now=time.time_ns() + LATER) == ""


def test_another_text_of_the_same_length_and_time_has_another_stamp(file: Path) -> None:
    """Programs that copy or unpack set the time of the last modification back."""
    now, before = time.time_ns() + LATER, file.stat()
    stamp = stamp_of(file, now=now)
    time.sleep(0.02)  # more than a tick of the file system's clock
    file.write_text("停电三小时", encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert (file.stat().st_size, file.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert stamp_of(file, now=now) != stamp


def test_a_file_that_is_not_there_has_no_stamp(tmp_path: Path) -> None:
    """Whoever reads it next says why."""
    assert stamp_of(tmp_path / "gone.txt") == ""
