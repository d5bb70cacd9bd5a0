"""Tell, without reading a file, whether it is still the one that was read: its stamp of size and times.

A stamp may say "changed" of a file that did not (it was only touched), and then the file is read and its sha256
decides. It must never say "unchanged" of one that did. Reads no file and no store.
"""

import time
from pathlib import Path

_SETTLED_NS = 2_000_000_000
"""A file that changed later than this before it was looked at gets no stamp: it may change again within the same tick
of the clock of its file system, which is 4 ms on Linux and up to 2 s on FAT."""


def stamp_of(path: Path, *, now: int | None = None) -> str:
    """Return size and times of a file as text, or the empty text where they prove nothing.

    The time of the last change of the file's entry (ctime) is part of it, for a program that copies or unpacks files
    can set the time of the last modification (mtime) back, but not this one.

    Args:
        path: Looked at before the file is read, so that a change while it is read makes another stamp.
        now: Nanoseconds since 1970; by default, read from the clock.
    """
    now = time.time_ns() if now is None else now
    try:
        status = path.lstat()
    except OSError:
        return ""
    if max(status.st_mtime_ns, status.st_ctime_ns) > now - _SETTLED_NS:
        return ""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"
