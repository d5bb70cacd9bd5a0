"""Decide whether the lines between two texts of a page hold the head of a new article, or only a heading inside of one.

Sure signs come first: a dateline, a signature under a headline, a line that closed the article above. Plain headlines
are weighed: how they look, what the page looks like, and whether the text goes on with the same subject.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from qa.corpus import bylines, cohesion, datelines, marks, mastheads, site
from qa.corpus.characters import HAN_CHARACTER, units
from qa.corpus.roles import TEXT, Item, Role

TITLE = 3
"""Points from which a plain headline starts an article; see `with_titles`."""

NEVER = -9
"""Points for what is a heading by its own look."""

LONG_TITLE, LONG_ENGLISH_TITLE = 10, 6
SHORT_HEADING, SHORT_ENGLISH_HEADING = 7, 2
"""Chinese characters or English words: of a long line that is a title, of a short one that is a heading."""

WINDOW = 4
"""Paragraphs below a headline, and three times as many above it, whose subjects are compared."""

_COLLECTION = re.compile(
    r"(?:短讯|简讯|快讯|短波|短新闻|一句话新闻|新闻速览|简明新闻|要闻速递|更正|更正启事|致歉|讣告|寻人|寻物|招聘"
    r"|遗失声明"
    r"|读者来信|来信照登|编读往来)"
    r"|[一-鿿]{0,8}(?:通知|公告|公示|启事|预告|招领|一览表?|速查|价目表|办事指南|问答)"
    r"|(?:本周|今日|明日|昨日|一周|下周|周末|近期|本月)[一-鿿]{2,6}"
    r"|[一-鿿]{0,4}(?:帮您|帮你|帮办|信箱|服务台|公告栏|天气|行情|影讯|彩讯)[一-鿿]{0,2}"
    r"|(?:[\w’']+ ){0,3}(?:[Bb]riefs?|[Ii]n [Bb]rief|BRIEFS|IN BRIEF)|(?:Readers['’] )?[Ll]etters(?: to the [Ee]ditor)?"
    r"|LETTERS|Corrections?(?: and clarifications)?|CORRECTIONS?|Obituar(?:y|ies)|Notices?|Public [Nn]otices"
    r"|Classifieds?"
    r"|What['’]s [Oo]n|Weather|Police [Ll]og|Coming [Uu]p|(?:Fixtures|Results|Events|Calendar|Dates)(?: (?:for|in) "
    r".{3,20})?"
    r"|Births, [Mm]arriages and [Dd]eaths"
    r"|(?:[A-Z]\w+ ){1,2}(?:notices|times|listings|results|fixtures|dates|services|announcements|appointments)"
)
"""Titles of collections of small pieces, and of notices: no article has such a heading inside."""

_PHRASES = re.compile(r"[一-鿿”’》)）!！?？\d]{3,}[ 　]+[一-鿿“‘《(（\d]{3,}")
_HALVES = re.compile(r"[^,，]{4,}[,，][^,，]{4,}")


@dataclass(frozen=True, slots=True)
class Gap:
    """The lines between two neighbouring texts.

    Attributes:
        above, below: Indexes of the two texts.
        heads: Indexes of the headlines between them.
    """

    above: int
    below: int
    heads: tuple[int, ...]


def sure_start(items: Sequence[Item], above: int, below: int) -> int | None:
    """Return the first line of the article that surely begins between two texts, or None when none surely does."""
    closed = _closing(items, above, below)
    heads = [at for at in range(above + 1, below) if items[at].role is Role.HEADLINE]
    if closed is not None:
        heads = [at for at in heads if at > closed]
    reported = items[below].role is Role.DATELINE
    if reported and (heads or datelines.DATELINE.match(items[below].text)):
        return _first(items, closed, heads, below)
    if not heads:
        return None
    signed = any(items[at].role in (Role.BYLINE, Role.OFFICE, Role.META) for at in range(heads[0] + 1, below))
    if signed or closed is not None or _other_script(items, above, below):
        return _first(items, closed, heads, below)
    return None


def _closing(items: Sequence[Item], above: int, below: int) -> int | None:
    """Return the last line that closes the article above: its signature, editors, a rule, or a site's furniture."""
    closed = above if bylines.closing_byline(items[above].text) is not None else None
    headed = False
    for at in range(above + 1, below):
        role = items[at].role
        headed = headed or role is Role.HEADLINE
        if role is Role.RULE and items[at].line.blank_before == 0 and items[at - 1].role is Role.HEADLINE:
            continue  # it underlines a heading
        if role in (Role.EDITOR, Role.RULE) or (role is Role.BYLINE and not headed) or _is_edge(items[at]):
            closed = at
    return closed


def _is_edge(item: Item) -> bool:
    """Return whether a line stands between two pages of a site, or between two of a paper."""
    return item.role is Role.FURNITURE and (site.ends_page(item.text) or mastheads.read(item.text) is not None)


def _first(items: Sequence[Item], closed: int | None, heads: Sequence[int], below: int) -> int:
    """Return where the new head starts: captions and metadata under a text stay with it."""
    if closed is None or items[closed].role not in (Role.EDITOR, Role.RULE, Role.FURNITURE):
        return heads[0] if heads else below
    return closed + 1


def _other_script(items: Sequence[Item], above: int, below: int) -> bool:
    """Return whether one text is written in Chinese characters and the other one in letters."""
    scripts = [HAN_CHARACTER.search(items[at].text[:60]) is not None for at in (above, below)]
    if scripts[0] == scripts[1]:
        return False
    headed = [at for at in range(above + 1, below) if items[at].role is Role.HEADLINE]
    return any((HAN_CHARACTER.search(items[at].text) is not None) == scripts[1] for at in headed)


def with_titles(items: Sequence[Item], starts: Sequence[int], gaps: Sequence[Gap]) -> list[int]:
    """Return the starts of all articles: the sure ones, and those of plain headlines that are titles.

    A headline gets points for its look, for what the page looks like, and for a change of subject below it. On a page
    that shows no sign of several articles it is a heading, whatever it looks like.

    Args:
        items: All lines of the page.
        starts: Sure ones, in order; the first is 0.
        gaps: Those that hold headlines and no sure start, in order.
    """
    if not gaps:
        return list(starts)
    subjects = _Subjects(items)
    of_paper = _of_paper(items)
    small = [gap.heads[0] for gap in gaps if _is_collection(items, gap)]
    several = bool(small) or (len(starts) > 1 and _signed(items) > 1)
    if not several and (of_paper or HAN_CHARACTER.search(items[gaps[0].below].text)):
        several = subjects.changes(starts, gaps)
    forms = _forms(items, sorted({*starts, *small}), gaps)
    titles: list[int] = [0]
    for gap, form in zip(gaps, forms, strict=True):
        page = of_paper + (several or len(titles) > 1)
        points = form + page + _layout(items, gap)
        if not page or points + cohesion.MOST < TITLE:
            continue
        start = max(starts[bisect_right(starts, gap.above) - 1], titles[-1])
        if points + subjects.change(start, gap) >= TITLE:
            titles.append(gap.heads[0])
    return sorted({*starts, *titles})


def _form(items: Sequence[Item], gap: Gap) -> int:
    """Return points for the look of a headline."""
    texts = [items[at].text for at in gap.heads]
    numbered = next((at for at, text in enumerate(texts) if marks.is_listed(text)), len(texts))
    if numbered == 0:
        return NEVER
    if numbered < len(texts):
        return 2 if marks.FIRST_NUMBER.match(texts[numbered]) else -1
    if _is_collection(items, gap):
        return TITLE
    return _length(max(texts, key=units)) if len(texts) == 1 else 2


def _length(text: str) -> int:
    """Return points for the length of a headline: titles say more than headings; two phrases are a title's."""
    if not HAN_CHARACTER.search(text):
        words = len(text.split())
        return (words >= LONG_ENGLISH_TITLE) - (words <= SHORT_ENGLISH_HEADING)
    if _PHRASES.search(text):
        return 2
    if _HALVES.fullmatch(text):
        return 0
    return (units(text) >= LONG_TITLE) - (units(text) <= SHORT_HEADING)


def _is_collection(items: Sequence[Item], gap: Gap) -> bool:
    """Return whether a headline says that small pieces follow: such a headline stands in no article."""
    return any(_COLLECTION.fullmatch(items[at].text) for at in gap.heads)


def _forms(items: Sequence[Item], starts: Sequence[int], gaps: Sequence[Gap]) -> list[int]:
    """Return points for the looks of headlines: of their own, and beside the others of the same article.

    Headings come in sets, and those of two halves are made alike; a title may stand alone.
    """
    owners = [starts[bisect_right(starts, gap.above) - 1] for gap in gaps]
    plain = [not marks.is_listed(items[gap.heads[0]].text) and not _is_collection(items, gap) for gap in gaps]
    headings = Counter(owner for owner, counts in zip(owners, plain, strict=True) if counts)
    halved = [len(gap.heads) == 1 and _HALVES.fullmatch(items[gap.heads[0]].text) is not None for gap in gaps]
    in_brackets = [_is_heading(items[gap.heads[0]].text) for gap in gaps]
    boxed = Counter(owner for owner, box in zip(owners, in_brackets, strict=True) if box)
    alike = Counter(owner for owner, half in zip(owners, halved, strict=True) if half)
    return [
        _form(items, gap) + (headings[owner] == 1) - (half and alike[owner] > 1) + (boxed[owner] > 1) * box * NEVER
        for gap, owner, half, box in zip(gaps, owners, halved, in_brackets, strict=True)
    ]


def _layout(items: Sequence[Item], gap: Gap) -> int:
    """Return points for a headline that stands further below the text above it than the text below stands under it."""
    first, last = items[gap.heads[0]].line, items[gap.heads[-1] + 1].line
    return 2 if first.blank_before >= 2 and first.blank_before > last.blank_before else 0


def _signed(items: Sequence[Item]) -> int:
    """Return how many lines of the page are such as only papers and sites print."""
    return sum(1 for item in items if item.role in (Role.DATELINE, Role.BYLINE, Role.OFFICE, Role.META, Role.EDITOR))


def _of_paper(items: Sequence[Item]) -> bool:
    """Return whether the name of a paper stands over the page."""
    top = next((at for at, item in enumerate(items) if item.role in TEXT), 0)
    return any(items[at].role is Role.META and _names_paper(items[at].text) for at in range(top))


def _names_paper(text: str) -> bool:
    found = mastheads.read(text)
    return mastheads.paper_name(text, dated=True) is not None or (found is not None and found[0].source is not None)


_CHANGES = 5
"""Points of all plain headlines of a page together, from which it is a page of short articles."""


def _is_heading(text: str) -> bool:
    """Return whether a headline is a heading by its own look: numbered, marked or in brackets."""
    return marks.is_listed(text) or (text[0] in "【〔" and text[-1] in "】〕")


class _Subjects:
    """Content words of the page's texts, each worked out once."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        self._words: dict[int, frozenset[str]] = {}

    def change(self, start: int, gap: Gap) -> int:
        """Return points for a new subject below a gap, compared with the article above it from its first line."""
        low = max(start, gap.above - 3 * WINDOW)
        above = [at for at in range(low, gap.above + 1) if self._items[at].role in (*TEXT, Role.HEADLINE)]
        below = [*gap.heads]
        at = gap.below
        while at < len(self._items) and len(below) < len(gap.heads) + WINDOW:
            item = self._items[at]
            if item.role in TEXT or (item.role is Role.HEADLINE and _is_heading(item.text)):
                below.append(at)
            elif item.role is not Role.CAPTION:
                break
            at += 1
        return cohesion.change(map(self._of, above), map(self._of, below))

    def changes(self, starts: Sequence[int], gaps: Sequence[Gap]) -> bool:
        """Return whether one plain headline after the other starts a new subject, as on a page of short articles."""
        plain = [gap for gap in gaps if not marks.is_listed(self._items[gap.heads[0]].text)]
        return sum(self.change(starts[0], gap) for gap in plain) >= _CHANGES

    def _of(self, at: int) -> frozenset[str]:
        if at not in self._words:
            self._words[at] = cohesion.content_words(self._items[at].text)
        return self._words[at]
