"""Which column of a table is the title, the text, the date: told by the user, by its name, or by what stands in it.

Looks at names and cells only; how a row becomes an article is in `qa.corpus.formats.records`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice

from qa.corpus.characters import is_longer, units
from qa.corpus.dates import date_parts, days_of

SAMPLE_ROWS = 200
"""Rows that are looked at; their order does not matter much."""

MIN_TEXT = 30
"""Mean length, in Chinese characters, from which a column is running text."""

MAX_TITLE = 60
"""Longest mean of a column of titles, in Chinese characters."""

MOSTLY = 0.8
"""Share of the filled cells that must look alike."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of columns, or their numbers from 1; None is guessed.

    Attributes:
        title, subtitle, text, date: Of the article.
        author: Who wrote it.
        publisher: Newspaper, site or agency.
    """

    title: str | None = None
    subtitle: str | None = None
    text: str | None = None
    date: str | None = None
    author: str | None = None
    publisher: str | None = None

    def told(self) -> Mapping[str, str]:
        """Return what was told, by role."""
        return {role: name for role, name in asdict(self).items() if name is not None}


GUESSED = Columns()

_NAMES = {
    "title": "标题 题目 题名 文章标题 新闻标题 文章题目 篇名 主标题 title headline articletitle",
    "text": "正文 全文 内容 文本 文章内容 新闻内容 文章正文 正文内容 原文 text body content fulltext articletext "
    "articlebody maintext contenttext message 摘要 简介 描述 说明 abstract summary description",
    "date": "日期 发布日期 发布时间 发表日期 发表时间 刊登日期 刊发日期 出版日期 见报日期 时间 date published "
    "publisheddate datepublished publishedat publishdate publicationdate pubdate pubtime publishtime createdat created "
    "datetime time",
    "author": "作者 记者 撰稿 撰稿人 撰文 作者姓名 责任者 author authors byline writer reporter creator",
    "publisher": "来源 出处 媒体 报纸 报刊 刊物 刊名 发布单位 发布机构 出版社 稿源 网站 publisher source newspaper "
    "outlet sourcename media site website sitename",
    "subtitle": "副标题 副题 引题 肩题 subtitle subhead subheadline kicker",
}
_LISTED = {role: names.split() for role, names in _NAMES.items()}
_KNOWN = frozenset(name for names in _LISTED.values() for name in names)
_NOT_IN_NAMES = re.compile(r"[\s_\-（）()【】\[\]:：]+")
_NUMBER = re.compile(r"[-+]?[\d,，]*\.?\d+(?:[eE][-+]?\d+)?\s?[%‰]?")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+")


def is_known_name(name: str) -> bool:
    """Return whether a cell holds a name that columns often have."""
    return _bare(name) in _KNOWN


def find_columns(
    names: Sequence[str], rows: Sequence[Sequence[str]], told: Columns = GUESSED
) -> tuple[dict[str, int], list[str]]:
    """Return the column of every role that has one, by its index, and what was told and is not there.

    Args:
        names: Of the columns; empty where there is none.
        rows: Cells; all rows as long as the names.
        told: By the user.
    """
    found: dict[str, int] = {}
    missing = []
    for role, name in told.told().items():
        at = _named(names, name)
        if at is None:
            missing.append(name)
        else:
            found[role] = at
    for role, known in _LISTED.items():
        bare = [_bare(name) for name in names]
        free = (bare.index(name) for name in known if name in bare and bare.index(name) not in found.values())
        at = next(free, None)
        if role not in found and at is not None:
            found[role] = at
    cells = {at: _filled(rows, at) for at in range(len(names)) if at not in found.values()}
    _guess(found, cells)
    return found, missing


def _named(names: Sequence[str], name: str) -> int | None:
    """Return the index of a column by its name, else by its number from 1."""
    wanted = _bare(name)
    for at, other in enumerate(names):
        if _bare(other) == wanted:
            return at
    return int(name) - 1 if name.isdecimal() and 1 <= int(name) <= len(names) else None


def _bare(name: str) -> str:
    return _NOT_IN_NAMES.sub("", name).lower()


def _filled(rows: Sequence[Sequence[str]], at: int) -> list[str]:
    return [row[at].strip() for row in islice(rows, SAMPLE_ROWS) if row[at].strip()]


def _guess(found: dict[str, int], cells: dict[int, list[str]]) -> None:
    """Add the columns that their cells give away."""
    lengths = {at: sum(map(units, texts)) / len(texts) for at, texts in cells.items() if texts}
    if "text" not in found:
        longest = max(lengths, key=lambda at: (lengths[at], -at), default=None)
        if longest is not None and lengths[longest] >= MIN_TEXT and not mostly(cells[longest], is_address):
            found["text"] = longest
            del cells[longest]
    if "date" not in found:
        dated = next((at for at, texts in cells.items() if mostly(texts, is_date)), None)
        if dated is not None:
            found["date"] = dated
            del cells[dated]
    if "title" not in found and "text" in found:
        titled = next((at for at, texts in cells.items() if _are_titles(texts, lengths.get(at, 0.0))), None)
        if titled is not None:
            found["title"] = titled


def _are_titles(texts: Sequence[str], length: float) -> bool:
    """Return whether the cells of a column differ from each other as titles do, and are neither names nor figures."""
    if not 4 <= length <= MAX_TITLE or len(set(texts)) < MOSTLY * len(texts):
        return False
    return not any(mostly(texts, test) for test in (is_number, is_date, is_address))


def mostly(texts: Sequence[str], test: Callable[[str], bool]) -> bool:
    """Return whether most of the cells look so; false for none."""
    return bool(texts) and sum(map(test, texts)) >= MOSTLY * len(texts)


def is_number(text: str) -> bool:
    """Return whether a cell holds a figure."""
    return _NUMBER.fullmatch(text) is not None


def is_date(text: str) -> bool:
    """Return whether a cell holds a full date and little else."""
    parts = date_parts(text) if len(text) <= 40 and any(map(str.isdigit, text)) and not is_longer(text, 24) else None
    return parts is not None and parts[2] is not None and days_of(parts) is not None


def is_address(text: str) -> bool:
    """Return whether a cell holds an address of the web or of mail."""
    return _ADDRESS.fullmatch(text) is not None
