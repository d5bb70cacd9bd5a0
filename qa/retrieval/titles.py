"""Find the articles that a question names by their titles. Ranks nothing and reads no passage."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from qa.corpus.characters import HAN
from qa.retrieval.tokens import fold
from qa.types import Article

_TITLE_MARKS = re.compile("《([^《》]{2,200})》")
_OTHER_MARKS = re.compile(
    r"“([^“”\n]{2,200})”|「([^「」\n]{2,200})」|『([^『』\n]{2,200})』|\"([^\"\n]{2,200})\""
    r"|‘([^‘\n]{2,200}?)’(?!\w)|(?<!\w)'([^'\n]{2,200}(?:'\w[^'\n]*)*)'(?!\w)"
)
QUOTATION = re.compile(f"{_TITLE_MARKS.pattern}|{_OTHER_MARKS.pattern}")
"""Anything in quotation marks or the marks of titles, with the marks."""

_WORD = re.compile(rf"[{HAN}]|[^\W_{HAN}]+")
_ENOUGH = 6  # Chinese characters of a title that name it; a word of another script counts as two
_SHARE = 0.5  # of the title that other marks than 《》 must hold, for they stand around catchwords too


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a question puts in quotes.

    Attributes:
        text: Without the marks.
        marked: Whether the marks are those of titles, 《》.
    """

    text: str
    marked: bool

    @property
    def is_title(self) -> bool:
        """Whether it must be the title of something, by its marks or its length; else it may be a catchword."""
        return self.marked or _says_enough(_key(self.text))


def quoted_in(question: str) -> tuple[Quoted, ...]:
    """Return what a question puts in quotes, titles first."""
    titles = [Quoted(found[1], marked=True) for found in _TITLE_MARKS.finditer(question)]
    others = [Quoted(found[found.lastindex or 0], marked=False) for found in _OTHER_MARKS.finditer(question)]
    return (*titles, *others)


def holds(text: str, quoted: Quoted) -> bool:
    """Tell whether a text holds the words of a quotation, however they are written and marked."""
    return _key(quoted.text) in _key(text)


@dataclass(frozen=True, slots=True)
class _Title:
    """One article's title, as `_key` writes it.

    Attributes:
        forms: The title, the title with what stands above or below it, and that alone where it says enough.
        works: Titles that it quotes itself: an article `《某书》出版百年` is not the book.
    """

    article_id: str
    title: str
    forms: tuple[str, ...]
    works: tuple[str, ...]


class Titles:
    """The titles of one generation of the store. Immutable; share between threads."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._titles = [_title_of(article) for article in articles]
        self._whole: dict[str, list[str]] = {}
        for title in self._titles:
            for form in title.forms:
                self._whole.setdefault(form, []).append(title.article_id)

    def named(self, question: str, *, unquoted: bool = False) -> tuple[str, ...]:
        """Return the ids of the articles that a question names, in the order of the store.

        A quotation names the articles whose title it is, with or without their subtitle; where there is none, those of
        whose title it holds a good part, or all and more.

        Args:
            question: In any language.
            unquoted: Whether titles count, too, that stand in the question without marks.
        """
        found: dict[str, None] = {}
        for quoted in quoted_in(question):
            found |= dict.fromkeys(self._quoted(quoted))
        if unquoted and not found:
            asked = _key(question)
            found = dict.fromkeys(
                one.article_id
                for one in self._titles
                if any(form in asked and _says_enough(form) for form in one.forms)
            )
        return tuple(found)

    def _quoted(self, quoted: Quoted) -> list[str]:
        key = _key(quoted.text)
        whole = self._whole.get(key, [])
        if whole or not _says_enough(key):
            return whole
        return [one.article_id for one in self._titles if _is_part(key, one, quoted) or _is_whole(key, one)]


def _title_of(article: Article) -> _Title:
    title, above = _key(article.title), _key(article.subtitle or "")
    alone = (above,) if _says_enough(above) else ()
    forms = tuple(dict.fromkeys((title, f"{above}{title[1:]}", f"{title}{above[1:]}", *alone)))
    works = tuple(_key(found[1]) for found in _TITLE_MARKS.finditer(f"{article.title}\n{article.subtitle or ''}"))
    return _Title(article.id, title, forms, works)


def _is_part(key: str, title: _Title, quoted: Quoted) -> bool:
    """Tell whether a quotation is a good part of a title, and not of a title that this one quotes."""
    if not any(key in form for form in title.forms) or any(key in work for work in title.works):
        return False
    return quoted.marked or _weight(key) >= _SHARE * _weight(title.title)


def _is_whole(key: str, title: _Title) -> bool:
    return title.title in key and _says_enough(title.title)


def _key(text: str) -> str:
    """Return the folded words of a text, a Chinese character being one, each between blanks; marks do not count."""
    words = _WORD.findall(fold(text))
    return f" {' '.join(words)} " if words else " "


def _says_enough(key: str) -> bool:
    return _weight(key) >= _ENOUGH


def _weight(key: str) -> int:
    return sum(1 if re.match(f"[{HAN}]", word) else 2 for word in key.split())
