"""Keep files that are costly to make in the cache folder: make them once, find damage, make them again.

Knows nothing of what is in them. A folder is made beside its final place and renamed, under a file lock; a process that
was killed half-way leaves nothing that another one would take for whole.
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

MANIFEST = "manifest.json"
LOCK_SECONDS = 300.0  # converting takes about ten seconds; five minutes on a machine that swaps


def kept_folder(target: Path, make: Callable[[Path], None]) -> Path:
    """Return `target`, made anew where it is not there or any file in it is not as it was made.

    Args:
        target: Its name must change with whatever `make` depends on.
        make: Writes the files into an empty folder.

    Raises:
        OSError: The files cannot be written.
        filelock.Timeout: Another process has been making them for five minutes; an OSError as well.
    """
    if _is_whole(target):
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{target}.lock", timeout=LOCK_SECONDS):
        if _is_whole(target):  # another process was first
            return target
        for left_over in target.parent.glob(f"{target.name}.tmp-*"):  # of a process that was killed
            shutil.rmtree(left_over)
        building = Path(tempfile.mkdtemp(prefix=f"{target.name}.tmp-", dir=target.parent))
        try:
            make(building)
            digests = {path.name: digest(path) for path in sorted(building.iterdir())}
            (building / MANIFEST).write_text(json.dumps(digests, indent=1), encoding="utf-8")
            if target.exists():  # damaged: a rename cannot replace a folder that is not empty
                shutil.rmtree(target)
            building.rename(target)
        finally:
            shutil.rmtree(building, ignore_errors=True)
    return target


def digest(path: Path) -> str:
    """Return the sha256 of a file in hexadecimal; 45 MB take about 30 ms."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_whole(folder: Path) -> bool:
    """Say whether every file is the one that was made; a file that was cut by a power failure is not."""
    try:
        digests = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return bool(digests) and all(digest(folder / name) == expected for name, expected in digests.items())
    except (OSError, ValueError, AttributeError):
        return False
