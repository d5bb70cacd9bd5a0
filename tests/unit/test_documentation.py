"""Documentation: every block of code is run or says why not; pages from the code are up to date; READMEs in step."""

import json
import re
from pathlib import Path

import pytest
from documentation import ROOT, RUN, SHOWN, Block, all_blocks, blocks, pages

from qa.config import load_settings
from qa.reference import example
from qa.reference.__main__ import outdated
from qa.reference.words import WORDS

BLOCKS = all_blocks()
# Blocks with a test of their own, by what the comment above them names.
OWN_TESTS = {"encoder contract", "reader"}
_COMMAND = re.compile(r"^\s*(?:\$ |wenju (?!.*\[OPTIONS\])|make |pip |python |curl )", re.MULTILINE)  # not usages
CHINESE = [path for path in pages() if path.name.endswith(".zh.md")]
HASHES = re.compile(r"^(#{1,6}) ", re.MULTILINE)


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_a_block_is_run_or_says_why_it_is_not(block: Block) -> None:
    """It has a language; one that no test runs has its reason; text that is only shown holds no command to type."""
    assert block.language, "say the language behind the fence"
    if block.language in SHOWN:
        assert not _COMMAND.search(block.text), "a command is sh, and run"
    elif block.run:
        assert block.run in OWN_TESTS
    elif block.language not in RUN:
        assert len(block.not_run) > 10, "add <!-- not run: REASON --> above it"


@pytest.mark.parametrize("block", [one for one in BLOCKS if one.language == "json" and not one.not_run], ids=str)
def test_json_can_be_read(block: Block) -> None:
    """JSON as a strict reader takes it: one value."""
    json.loads(block.text, parse_constant=pytest.fail)


@pytest.mark.parametrize("block", [one for one in BLOCKS if one.language == "toml" and not one.not_run], ids=str)
def test_settings_are_taken(block: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is a `wenju.toml` that the settings accept, unknown names being refused."""
    (tmp_path / "wenju.toml").write_text(block.text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert load_settings().port == 7860


def test_pages_and_pictures_are_what_the_code_says() -> None:
    """Else: python -m qa.reference."""
    assert outdated() == []


def test_the_example_answer_is_proved_by_the_sample_corpus() -> None:
    """Its quotation stands in the sample where it says, so that no page shows a quotation that could not be given."""
    answer = example.kept()
    cited = answer["citations"][0]
    text = (ROOT / "docs" / "articles" / cited["source"]).read_bytes().decode("utf-8")

    assert answer["question"] == example.QUESTION
    assert text[cited["start"] : cited["end"]] == cited["quote"]
    assert answer["answer"] in cited["quote"]


def test_both_readmes_show_the_same_pictures() -> None:
    """The Chinese one those with Chinese words, where there are such."""
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md")]
    shown = [re.findall(r"docs/images/[\w.-]+", text) for text in texts]

    assert shown[0] == [path.replace(".zh.", ".") for path in shown[1]] != []


def test_the_words_of_the_pictures_are_there_in_both_languages() -> None:
    """With the same places to fill in."""
    places = {
        language: {key: set(re.findall(r"{(\w+)", said)) for key, said in words.items()}
        for language, words in WORDS.items()
    }

    assert places["zh"] == places["en"]


@pytest.mark.parametrize("chinese", CHINESE, ids=lambda path: path.name)
def test_a_page_in_chinese_has_the_blocks_and_headings_of_the_english_one(chinese: Path) -> None:
    english = chinese.with_name(chinese.name.replace(".zh.md", ".md"))

    assert [_typed(one) for one in blocks(chinese)] == [_typed(one) for one in blocks(english)]
    assert _levels(chinese) == _levels(english)


def _levels(path: Path) -> list[str]:
    return HASHES.findall(re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL))


def _typed(block: Block) -> tuple[str, str]:
    """Return language and text of a block without its comments, which are in the language of the page."""
    return block.language, "" if block.language in SHOWN else re.sub(r" *#.*", "", block.text)
