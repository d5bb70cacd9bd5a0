"""The quicker engine in processes of its own: nothing is sent, and with kept graphs torch is not loaded."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(find_spec("openvino") is None, reason="openvino is not installed"),
]
ROOT = Path(__file__).parents[2]
# The first three make telemetry refuse by itself; the last one makes other packages warn of their own files.
LEFT_OUT = {"CI", "TF_BUILD", "JENKINS_URL", "PYTHONWARNDEFAULTENCODING"}

# Run by every Python process at its start: openvino's telemetry sends from a child of its own. What is tried is refused
# and written down in a file, since such a child has no other way to tell.
REFUSING = """
import os, socket

def refuse(*arguments, **settings):
    with open(os.environ["TRIED"], "a", encoding="utf-8") as tried:
        tried.write(f"{arguments[-1]}\\n")
    raise OSError("no connection here")

socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = refuse
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = refuse
"""

PROGRAM = """
import json, os, sys, threading
from pathlib import Path

def tried():
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(timeout=5)  # telemetry gives up after 3 s
    return Path(os.environ["TRIED"]).read_text(encoding="utf-8").splitlines()

theirs = []
if sys.argv[1:] == ["theirs"]:  # as a program does that Wenju is a part of
    import openvino
    theirs = tried()
from qa.answer.reader import open_reader

reader = open_reader("openvino")
reading = reader.read("防洪墙全长多少公里?", [("防洪墙加固", "防洪墙全长22.2公里。总投资6.35亿元。")])[0]
print(json.dumps({
    "theirs": theirs,
    "ours": tried()[len(theirs):],
    "torch": "torch" in sys.modules,
    "answerable": reading.answerable,
    "span": [reading.spans[0].start, reading.spans[0].end],
}))
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a folder with a cache without graphs, an empty home, and what refuses connections."""
    from embeddings.bundled import bundled_folder

    for name in ("cache", "home", "start"):
        (tmp_path / name).mkdir()
    (tmp_path / "cache" / "models").symlink_to(bundled_folder().parent)  # not unpacked again
    (tmp_path / "start" / "sitecustomize.py").write_text(REFUSING, encoding="utf-8")
    (tmp_path / "tried").touch()
    return tmp_path


def _run(place: Path, *arguments: str) -> dict[str, Any]:
    """Read in a fresh process, and hand on what it says."""
    kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    given = {
        "HOME": str(place / "home"),  # where a refusal of telemetry would stand
        "PYTHONPATH": str(place / "start"),
        "TRIED": str(place / "tried"),
        "WENJU_CACHE": str(place / "cache"),
    }
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        cwd=ROOT,
        env={**kept, **given},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    assert run.stderr == ""
    said: dict[str, Any] = json.loads(run.stdout)
    return said


def test_converting_sends_nothing_and_says_nothing_and_what_is_kept_needs_no_torch(place: Path) -> None:
    converting = _run(place)
    reading = _run(place)
    damaged = next((place / "cache" / "graphs").glob("*/upper.bin"))
    damaged.write_bytes(damaged.read_bytes()[:-100])
    again = _run(place)

    assert (place / "tried").read_text(encoding="utf-8") == ""
    assert [said["torch"] for said in (converting, reading, again)] == [True, False, True]
    assert converting["span"] == reading["span"] == again["span"]
    assert reading["answerable"] == pytest.approx(converting["answerable"], abs=1e-5)
    assert list((place / "home").iterdir()) == []  # nor a number for this machine, or a count of its runs


def test_nothing_is_sent_either_where_openvino_was_imported_before(place: Path) -> None:
    """That import does try to send, which also shows that these tests would notice."""
    said = _run(place, "theirs")

    assert said["theirs"] != []
    assert said["torch"]  # it converted
    assert said["ours"] == []
