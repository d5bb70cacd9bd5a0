"""The documentation as a site: built strictly, asks no other host, in both languages, searched in Chinese."""

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from api_server import ROOT, environment

LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src", "video": "src"}
LINKS_ONLY = ("alternate", "next", "prev", "canonical")  # of <link>: named, not loaded


class Resources(HTMLParser):
    """Collects what a browser loads for a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in LOADED and values.get("rel") not in LINKS_ONLY:
            self.found.append(values.get(LOADED[tag]) or "")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(folder)]
    built = subprocess.run(
        command, cwd=ROOT, capture_output=True, check=False, timeout=120, env=environment({"NO_MKDOCS_2_WARNING": "1"})
    )
    assert built.returncode == 0, built.stderr.decode("utf-8")
    return folder


def test_no_page_loads_anything_from_another_host(site: Path) -> None:
    """Neither by an element nor by a style sheet; links that somebody may follow are another thing."""
    foreign = []
    for path in sorted(site.rglob("*.html")):
        resources = Resources()
        resources.feed(path.read_text(encoding="utf-8"))
        foreign += [f"{path.name}: {one}" for one in resources.found if re.match(r"(?:https?:)?//", one)]
    for path in sorted(site.rglob("*.css")):
        foreign += re.findall(r"(?:url\(|@import )[\"']?(?:https?:)?//[^)\"']+", path.read_text(encoding="utf-8"))

    assert foreign == []


def test_both_languages_have_every_page(site: Path) -> None:
    """A page without a translation is there in English."""
    english = {path.relative_to(site) for path in site.rglob("index.html") if "zh" not in path.parts}
    chinese = {path.relative_to(site / "zh") for path in (site / "zh").rglob("index.html")}

    assert english == chinese
    assert "五分钟得到第一个答案" in (site / "zh" / "tutorial" / "index.html").read_text(encoding="utf-8")
    assert "A first answer in five minutes" in (site / "tutorial" / "index.html").read_text(encoding="utf-8")


def test_the_sample_corpus_is_no_page(site: Path) -> None:
    assert (site / "articles" / "index.html").is_file()  # docs/articles.md
    assert list((site / "articles").rglob("*village*")) == []


def test_chinese_words_are_cut_for_the_search(site: Path) -> None:
    """The search finds words between the blanks that the cutter put in: 文件 stands by itself in the index."""
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    text = " ".join(document["text"] for document in index["docs"])

    assert "zh" in index["config"]["lang"]
    assert re.search("\u200b文件\u200b|\\b文件\\b", text)
