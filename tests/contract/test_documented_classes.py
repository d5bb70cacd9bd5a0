"""The encoder and the reader of docs/howto/extend.md: they do what their protocol promises."""

from hashlib import sha256
from typing import Any

import pytest
from documentation import ROOT, blocks
from test_encoder_contract import TestEncoder

from embeddings.encoder import Encoder
from qa.errors import SourceError

PAGE = ROOT / "docs" / "howto" / "extend.md"
CUES = "1\n00:00:01,000 --> 00:00:03,000\n渡口今天关闭。\n\n2\n00:00:04,000 --> 00:00:06,000\n明年通桥。\n"


def defined(how: str) -> dict[str, Any]:
    """Return the names that the block marked `<!-- run: HOW -->` defines."""
    names: dict[str, Any] = {}
    exec(next(block.text for block in blocks(PAGE) if block.run == how), names)
    return names


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    made: Encoder = defined("encoder contract")["CountingEncoder"]()
    return made


class TestDocumentedEncoder(TestEncoder):
    """The contract of every encoder, over the one of the page."""


del TestEncoder  # is collected in its own module


def test_the_encoder_of_the_page_has_twenty_lines() -> None:
    """From `class` to its end, blank lines aside."""
    text = next(block.text for block in blocks(PAGE) if block.run == "encoder contract")
    lines = [line for line in text[text.index("class ") :].splitlines() if line.strip()]

    assert len(lines) <= 20


def test_the_reader_of_the_page_reads_what_is_spoken() -> None:
    document = defined("reader")["SubtitlesReader"]().read("ferry.srt", CUES.encode("utf-8"))

    assert document.text == "渡口今天关闭。\n明年通桥。"
    assert (document.sha256, document.encoding) == (sha256(CUES.encode("utf-8")).hexdigest(), "utf-8")


def test_the_reader_of_the_page_refuses_other_bytes_with_a_remedy() -> None:
    with pytest.raises(SourceError, match=r"not UTF-8\. Save them as UTF-8\."):
        defined("reader")["SubtitlesReader"]().read("ferry.srt", "渡口".encode("gb18030"))
