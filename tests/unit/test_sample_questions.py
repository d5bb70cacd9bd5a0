"""The sample questions are true of the sample corpus: read plainly here, without any code of the product.

Does not ask whether Wenju finds the answers; the golden and integration tests do.
"""

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pypinyin import Style, pinyin

ROOT = Path(__file__).parents[2]
ARTICLES = ROOT / "docs" / "articles"
QUESTIONS = ROOT / "tests" / "golden" / "questions.jsonl"
ENCODINGS = {"wanghe-opinions.txt": "gb18030"}  # every other file is UTF-8
KINDS = {"number", "date", "who", "where", "what", "list", "why/how"}
KINDS |= {"paraphrase", "crosslingual", "followup", "unanswerable"}
READING = "[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}"
INSERTED_READING = re.compile(rf"(?<=[\u4e00-\u9fff])\({READING}\)")

ROWS: list[dict[str, Any]] = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
ANSWERABLE = [row for row in ROWS if row["answerable"]]


def read_sample(name: str) -> str:
    """Return the text of one sample file: decoded, newlines as on disk; of a PDF, a line for each page."""
    if name.endswith(".pdf"):
        with pypdfium2.PdfDocument(ARTICLES / name) as opened:
            return "\n".join(squeeze(page.get_textpage().get_text_range()) for page in opened)
    return (ARTICLES / name).read_bytes().decode(ENCODINGS.get(name, "utf-8"))


def squeeze(text: str) -> str:
    """Take out inserted readings and all whitespace."""
    return re.sub(r"\s", "", INSERTED_READING.sub("", text))


def paragraphs(name: str) -> list[str]:
    """Lines, and every line with the next one, because a hard line break may cut a paragraph in two."""
    lines = [squeezed for line in read_sample(name).split("\n") if (squeezed := squeeze(line))]
    return lines + [first + second for first, second in pairwise(lines)]


def test_there_are_24_questions_with_unique_ids() -> None:
    """The ids count from sample-01 to sample-24."""
    assert [row["id"] for row in ROWS] == [f"sample-{number:02}" for number in range(1, 25)]


def test_every_kind_of_question_occurs_and_no_other() -> None:
    """The sample set covers the kinds of the development set."""
    assert {row["kind"] for row in ROWS} == KINDS


def test_four_questions_cannot_be_answered_and_bring_no_answer() -> None:
    """An unanswerable question names no file, evidence or answer."""
    unanswerable = [row for row in ROWS if not row["answerable"]]

    assert [row["kind"] for row in unanswerable] == ["unanswerable"] * 4
    for row in unanswerable:
        assert (row["file"], row["evidence"], row["answer"], row["article_title"]) == (None, None, None, None)


def test_a_followup_brings_its_history_and_no_other_question_does() -> None:
    """Earlier questions are given exactly where they are needed."""
    assert [row["id"] for row in ROWS if row.get("history")] == [row["id"] for row in ROWS if row["kind"] == "followup"]


@pytest.mark.parametrize("row", ANSWERABLE, ids=lambda row: row["id"])
def test_the_evidence_stands_in_one_paragraph_of_its_file(row: dict[str, Any]) -> None:
    """Whitespace and inserted readings do not count."""
    evidence = squeeze(row["evidence"])

    assert any(evidence in paragraph for paragraph in paragraphs(row["file"]))


@pytest.mark.parametrize("row", ANSWERABLE, ids=lambda row: row["id"])
def test_the_answer_or_a_variant_stands_in_the_evidence(row: dict[str, Any]) -> None:
    """For a Traditional source the simplified evidence is compared."""
    evidence = squeeze(row.get("evidence_simplified", row["evidence"]))

    assert any(squeeze(answer) in evidence for answer in [row["answer"], *row["answer_variants"]])


@pytest.mark.parametrize("row", ANSWERABLE, ids=lambda row: row["id"])
def test_the_article_title_stands_in_its_file(row: dict[str, Any]) -> None:
    """Titles are given in simplified characters, so the one Traditional page is folded first."""
    text = read_sample(row["file"])
    if "evidence_simplified" in row:
        from opencc import OpenCC

        text = OpenCC("t2s").convert(INSERTED_READING.sub("", text))

    assert squeeze(row["article_title"]) in squeeze(text)


def test_every_inserted_reading_is_a_reading_of_the_character_before_it() -> None:
    """Otherwise a repair that checks readings would rightly keep the bracket."""
    inserted = re.findall(rf"([\u4e00-\u9fff])\(({READING})\)", read_sample("yanxi-spring-tea.txt"))

    assert len(inserted) == 141
    wrong = [pair for pair in inserted if pair[1] not in pinyin(pair[0], style=Style.TONE, heteronym=True)[0]]
    assert wrong == []


def test_the_opinion_page_is_gb18030_and_nothing_smaller() -> None:
    """It holds characters outside GB2312, and two that GBK lacks, and is not UTF-8."""
    data = (ARTICLES / "wanghe-opinions.txt").read_bytes()

    for narrower in ("utf-8", "gb2312", "gbk", "big5"):
        with pytest.raises(UnicodeDecodeError):
            data.decode(narrower)
    assert [
        name
        for name in ("汪铭堃", "贺喆", "岑翀", "梁瑀", "黄垟村", "小䴙䴘", "㸆大虾")
        if name not in data.decode("gb18030")
    ] == []
