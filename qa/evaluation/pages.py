"""Score the articles found on a page against what they should be. Reads no files and repairs nothing.

A found article is that true article from which most of its body comes; each is taken once. Everything below is counted
over the truth, so that an article which was not found counts as wrong in every column.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from qa.evaluation.truth import TrueArticle, TruePage
from qa.types import Article, BlockKind

_GRAM = 4  # characters; a paragraph of another article shares next to none of that length
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"  # Han, kana, CJK and full-width marks: beside these a blank is layout
_BLANK_BESIDE_WIDE = re.compile(f"(?<=[{_WIDE}]) | (?=[{_WIDE}])")
_LABEL = re.compile(r"^(?:作者\s*[:：]\s*|by\s+)", re.IGNORECASE)

COLUMNS = ("paragraphs", "articles", "headlines", "headings", "captions", "by-lines", "sources", "dates", "columns")
"""What is counted, in order of the table.

paragraphs: body paragraphs that come out to the letter, in their article.
articles: title equal, and its body is made of just its own paragraphs, as many and in order, whatever their letters.
headlines: title and kicker or subtitle equal.
headings, captions: of these, found as such in their article.
by-lines, sources, dates, columns: articles in which that field is right, also where it is rightly empty.
"""


@dataclass(frozen=True, slots=True)
class Tally:
    """So many right of so many; tallies add up."""

    right: int = 0
    of: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.right + other.right, self.of + other.of)

    @property
    def share(self) -> float:
        return self.right / self.of if self.of else 1.0


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that is not as it should be: `article` counts from 1 in the truth, 0 stands for none."""

    page: str
    article: int
    what: str
    expected: str
    got: str


@dataclass(frozen=True, slots=True)
class PageScore:
    """What came out of one page, or the sum of several.

    Attributes:
        tallies: By the names of `COLUMNS`.
        extra: Articles, paragraphs, captions and headings that were found beyond the true ones.
        false_repairs: Paragraphs that stand whole on a line of the source and come out changed; on an undamaged page
            the number of repairs recorded, where that is larger.
        misses: In order of the articles; empty in a sum.
    """

    name: str
    tallies: dict[str, Tally] = field(default_factory=dict)
    extra: int = 0
    false_repairs: int = 0
    misses: tuple[Miss, ...] = ()


def total(name: str, scores: Iterable[PageScore]) -> PageScore:
    """Add scores up."""
    result = PageScore(name, dict.fromkeys(COLUMNS, Tally()))
    for score in scores:
        result = replace(
            result,
            tallies={column: result.tallies[column] + score.tallies[column] for column in COLUMNS},
            extra=result.extra + score.extra,
            false_repairs=result.false_repairs + score.false_repairs,
        )
    return result


def plain(text: str) -> str:
    """Fold the layout of a text: blanks beside Chinese go, others become one each. No letter changes."""
    return _BLANK_BESIDE_WIDE.sub("", " ".join(text.split()))


def score_page(page: TruePage, source: str, found: Sequence[Article], repairs: int) -> PageScore:
    """Compare what was found on a page with its truth.

    Args:
        page: The truth.
        source: Decoded text of the file.
        found: Articles in their order.
        repairs: How many repairs were recorded.
    """
    pairs = paired(page.articles, found)
    tallies = dict.fromkeys(COLUMNS, Tally())
    misses: list[Miss] = []
    for number, (_, article) in enumerate(pairs):
        for column, tally, missed in _compare(page.articles, number, article):
            tallies[column] += tally
            misses += [Miss(page.name, number + 1, column, expected, got) for expected, got in missed]
    over = _extra(pairs, found)
    misses += [Miss(page.name, 0, "extra", "", text) for text in over]
    changed = _changed(page, source, found)
    misses += [Miss(page.name, 0, "false repair", text, "") for text in changed]
    false_repairs = len(changed) if page.damage else max(len(changed), repairs)
    return PageScore(page.name, tallies, len(over), false_repairs, tuple(misses))


def paired(true: Sequence[TrueArticle], found: Sequence[Article]) -> list[tuple[TrueArticle, Article | None]]:
    """Give each true article the found one that most of its text went to, or None; no found one is given twice."""
    votes: Counter[tuple[int, int]] = Counter()
    for row, article in enumerate(found):
        body = _texts(article, BlockKind.BODY)
        for text, place in zip(body, _places(body, true), strict=True):
            if place is not None:
                votes[place[0], row] += len(text)
        for number, wanted in enumerate(true):
            if plain(article.title) == plain(wanted.title):
                votes[number, row] += 1  # decides only where no text does
    given: dict[int, int] = {}
    for (number, row), _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
        if number not in given and row not in given.values():
            given[number] = row
    return [(wanted, found[given[number]] if number in given else None) for number, wanted in enumerate(true)]


Missed = list[tuple[str, str]]


def _compare(all_true: Sequence[TrueArticle], number: int, article: Article | None) -> list[tuple[str, Tally, Missed]]:
    true = all_true[number]
    body = _texts(article, BlockKind.BODY)
    title = plain(article.title) if article else ""
    own_body = [(number, row) for row in range(len(true.body))]
    whole = title == plain(true.title) and _places(body, all_true) == own_body
    headline = title == plain(true.title) and _right(article.subtitle if article else None, true.subtitle)
    results = [
        _texts_right("paragraphs", true.body, body),
        ("articles", Tally(int(whole), 1), [] if whole else [_shape(true, article, len(body))]),
        ("headlines", Tally(int(headline), 1), [] if headline else [_headline(true, article)]),
        _texts_right("headings", true.headings, _texts(article, BlockKind.HEADING)),
        _texts_right("captions", true.captions, _texts(article, BlockKind.CAPTION)),
    ]
    fields = (
        ("by-lines", true.byline, article.byline if article else None),
        ("sources", true.publisher, article.publisher if article else None),
        ("columns", true.column, article.column if article else None),
    )
    for column, accepted, got in fields:
        right = article is not None and _right(got, accepted)
        results.append((column, Tally(int(right), 1), [] if right else [(_listed(accepted), str(got))]))
    dated = article is not None and _dated(true, article)
    got = f"{article.date} ({article.date_iso})" if article else "None"
    results.append(("dates", Tally(int(dated), 1), [] if dated else [(f"{_listed(true.date)} ({true.date_iso})", got)]))
    return results


def _texts_right(column: str, wanted: Sequence[str], got: Sequence[str]) -> tuple[str, Tally, Missed]:
    left = Counter(got)
    missed: list[str] = []
    for text in map(plain, wanted):
        if left[text]:
            left[text] -= 1
        else:
            missed.append(text)
    rest = list(left.elements())
    pairs = [(text, max(rest, key=lambda other: _shared(other, text), default="")) for text in missed]
    return column, Tally(len(wanted) - len(missed), len(wanted)), pairs


def _right(got: str | None, accepted: Sequence[str | None]) -> bool:
    return _bare(got) in {_bare(text) for text in accepted}


def _bare(text: str | None) -> str:
    return _LABEL.sub("", plain(text or ""))


def _dated(true: TrueArticle, article: Article) -> bool:
    """A year that is not printed may be completed from the page, which the truth leaves open."""
    if true.date_iso:
        return article.date_iso == true.date_iso
    return _right(article.date, true.date)


def _extra(pairs: Sequence[tuple[TrueArticle, Article | None]], found: Sequence[Article]) -> list[str]:
    taken = {article.id: true for true, article in pairs if article is not None}
    over = [f"article {article.title}" for article in found if article.id not in taken]
    for article in found:
        true = taken.get(article.id)
        if true is None:
            continue
        for kind, wanted in (
            (BlockKind.BODY, true.body),
            (BlockKind.CAPTION, true.captions),
            (BlockKind.HEADING, true.headings),
        ):
            texts = _texts(article, kind)
            strange = list((Counter(texts) - Counter(map(plain, wanted))).elements())
            over += [f"{kind}: {text}" for text in strange[: max(0, len(texts) - len(wanted))]]
    return over


def _changed(page: TruePage, source: str, found: Sequence[Article]) -> list[str]:
    lines = {plain(line) for line in source.split("\n")}
    kept = {plain(block.content.text) for article in found for block in article.blocks}
    kept |= {plain(text) for article in found for text in (article.title, article.subtitle) if text}
    whole = (plain(text) for article in page.articles for text in article.body)
    return [text for text in whole if text in lines and text not in kept]


def _places(texts: Sequence[str], true: Sequence[TrueArticle]) -> list[tuple[int, int] | None]:
    """Return (article, paragraph), from 0, that the larger half of each text comes from; None where it is none."""
    exact: dict[str, list[tuple[int, int]]] = {}
    for number, article in enumerate(true):
        for row, paragraph in enumerate(article.body):
            exact.setdefault(plain(paragraph), []).append((number, row))
    places: list[tuple[int, int] | None] = []
    for text in texts:
        equal = exact.get(text)
        if equal:
            places.append(equal.pop(0) if len(equal) > 1 else equal[0])
            continue
        share, nearest = max(((_shared(text, other), other) for other in exact), default=(0.0, ""))
        places.append(exact[nearest][0] if share > 1 / 2 else None)
    return places


def _shared(text: str, other: str) -> float:
    """Share of the four-character pieces of `text` that stand in `other`, 1 only for equal texts."""
    if text == other:
        return 1.0
    pieces = [text[start : start + _GRAM] for start in range(max(1, len(text) - _GRAM + 1))]
    return 0.999 * sum(piece in other for piece in pieces) / len(pieces)


def _texts(article: Article | None, kind: BlockKind) -> list[str]:
    return [plain(block.content.text) for block in article.blocks if block.kind is kind] if article else []


def _shape(true: TrueArticle, article: Article | None, paragraphs: int) -> tuple[str, str]:
    expected = f"{true.title} · {len(true.body)} paragraphs"
    return expected, f"{article.title} · {paragraphs} paragraphs" if article else "not found"


def _headline(true: TrueArticle, article: Article | None) -> tuple[str, str]:
    expected = f"{true.title} | {_listed(true.subtitle)}"
    return expected, f"{article.title} | {article.subtitle}" if article else "not found"


def _listed(accepted: Sequence[str | None]) -> str:
    return " or ".join(str(text) for text in accepted)
