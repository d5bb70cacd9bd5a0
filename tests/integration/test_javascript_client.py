"""The JavaScript client of Gradio, as a program would use it, in Node."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from api_server import ROOT, served_fake
from surfaces import differing, posted

EXAMPLE = ROOT / "tests" / "integration" / "js"


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The example with what it needs; where there is no npm, a failure in CI, a skip elsewhere."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        message = "There is no npm here. Install it: apt-get install nodejs npm"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    folder = tmp_path / "js"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("node_modules"))
    install = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run(install, check=False, capture_output=True, timeout=120, cwd=folder)
    assert done.returncode == 0, done.stderr.decode("utf-8")
    return folder


def test_the_javascript_client_gets_the_answer_the_status_and_the_sentence_of_a_mistake(
    example: Path, tmp_path: Path
) -> None:
    with served_fake(tmp_path) as running:
        question = "换了多少块石料？"
        expected = posted(f"{running.url}/v1/ask", {"question": question, "top_k": 3})[1]
        command = ["node", "ask.js", running.url, question]
        run = subprocess.run(command, check=False, capture_output=True, timeout=60, cwd=example)

    assert run.returncode == 0, run.stderr.decode("utf-8")
    printed = json.loads(run.stdout)
    assert expected["answer"] == "287块"
    assert differing(expected, printed["answer"]) == {}
    assert printed["articles"] == 2
    assert printed["mistake"].startswith("The question is empty. Type a question")
