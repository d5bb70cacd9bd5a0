"""Both languages say everything, and the browser's first language decides."""

import re
import string
from pathlib import Path

import pytest

from qa.web import words
from qa.web.words import WORDS, counted, language_of, word

WEB = Path(words.__file__).parent


def test_every_word_exists_in_both_languages() -> None:
    assert list(WORDS["zh"]) == list(WORDS["en"])
    assert all(text.strip() for language in WORDS.values() for text in language.values())


@pytest.mark.parametrize("key", list(WORDS["zh"]))
def test_both_languages_fill_in_the_same_places(key: str) -> None:
    def places(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}

    assert places(WORDS["zh"][key]) == places(WORDS["en"][key])


def test_every_word_is_used() -> None:
    """Each key, or its stem before `_one`, stands in the code as text; or its beginning does, `f"stage_{name}"`, or its
    end, `f"{name}_title"`, and then the rest stands there, too.
    """
    code = "".join(
        path.read_text(encoding="utf-8") for path in sorted(WEB.rglob("*.py")) if "wording" not in path.parts
    )
    begun = tuple(re.findall(r"""f["'](\w+_)\{""", code))
    ended = tuple(re.findall(r"""f["']\{\w+\}(_\w+)["']""", code))
    stems = {key: re.sub(f"({'|'.join(('_one', *ended))})$", "", key) for key in WORDS["zh"]}
    unused = [
        key
        for key, stem in stems.items()
        if not re.search(rf"""["'](?:{stem}|{key})["']""", code) and not key.startswith(begun)
    ]

    assert unused == []


def test_no_page_changes_the_words_of_another() -> None:
    """Pages may share a word, and then say the same."""
    said: dict[str, set[tuple[str, str]]] = {}
    for page in words.PAGES:
        for key in page["zh"]:
            said.setdefault(key, set()).add((page["zh"][key], page["en"][key]))

    assert [key for key, texts in said.items() if len(texts) > 1] == []


NAMES = re.compile(r"Wenju|Markdown|JSON|PDF|Word|Cookie|HTML|MB|KB")  # that Chinese writes as they are


def test_chinese_words_hold_no_english_and_english_words_no_chinese() -> None:
    assert not [text for text in WORDS["en"].values() if re.search(r"[\u4e00-\u9fff]", text)]
    assert not [
        text for text in WORDS["zh"].values() if re.search(r"[A-Za-z]{2}", NAMES.sub("", re.sub(r"\{\w+\}", "", text)))
    ]


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "zh"),
        ("", "zh"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("zh-Hant-TW", "zh"),
        ("en-US,en;q=0.9", "en"),
        ("en-US,en;q=0.9,zh;q=0.8", "en"),
        ("en;q=0.2, zh;q=0.7", "zh"),
        ("fr-FR", "en"),
        ("en;q=0, zh", "zh"),
        ("*", "zh"),
        ("<script>, ;;;, q=1", "zh"),
        ("en" * 5000, "zh"),
    ],
)
def test_the_first_language_of_the_browser_decides(header: str | None, language: str) -> None:
    assert language_of(header) == language


def test_one_is_singular() -> None:
    assert counted("articles", "en", 1) == "1 article"
    assert counted("articles", "en", 0) == "0 articles"
    assert counted("passages", "zh", 161) == "161 个段落"


def test_values_are_put_in_as_they_are() -> None:
    shown = word("searched_for", "en", query="{x} &#60;")

    assert shown == "Searched for “{x} &#60;”"
