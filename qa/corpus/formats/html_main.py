"""Find the part of a page that is the article: not its menus, side columns, comments and footers.

First what says of itself that it is something else goes, then the smallest element is taken that holds nearly all the
running text that is left. Nothing is taken out of the tree: the result is a root and what to leave out below it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.corpus.formats.html_tree import BLOCKS, HEADINGS, Element, Page

RUNNING_TEXT = 40
"""Characters of a block from which it counts as running text; so does a shorter one that ends like a sentence."""

MOST_LINKED = 0.5
"""Share of a block's text in links from which it is a menu."""

MENU_LINKED = 0.7
"""Share of the text of a list or table in links from which it is left out."""

HOLDS_NEARLY_ALL = 0.8
HOLDS_ENOUGH = 0.5
"""Share of the running text from which the search goes on inside an element; less is enough where its name speaks for
it."""

IS_THE_PAGE = 0.5
"""An element with more of the page's running text is not left out for its name."""

LEAST_ARTICLE = 0.2
"""Share of the running text that an <article> holds at least, to be the one."""

_AWAY_TAGS = frozenset(("nav", "footer", "aside", "menu"))
_AWAY_ROLES = frozenset(("navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alert"))
_AWAY_NAMES = frozenset(
    "comment comments cmt cmts commentlist commentlists disqus reply replies respond "
    "pinglun sidebar side aside widget widgets "
    "breadcrumb breadcrumbs crumb crumbs share sharing shares sharebar social sns bshare jiathis bdsharebuttonbox "
    "related relate recommend recommends recommended recommendations tuijian ranking paihang nav navbar "
    "navigation menu topnav subnav footer foot copyright advert adverts ads adsbygoogle advertisement sponsor "
    "sponsored "
    "promo popup modal cookie cookies consent gdpr newsletter subscribe signup login pagination pager toolbar taglist "
    "qrcode erweima friendlink friendlinks toc mw-editsection editsection reference-list weizhi guanggao hotnews "
    "xgnews xgwz skip-link skiplink author-bio authorbio".split()
)
_GOOD_NAMES = frozenset(
    "article articlebody content main post entry story text zoom editor body zhengwen neirong detail".split()
)
_MENU_TAGS = frozenset(("ul", "ol", "dl", "table", "div", "p", "section"))
_PART = re.compile(r"[a-z]+|[A-Z][a-z]*|\d+")
_SENTENCE = re.compile(r"[。！？]|[.!?](?:\s|$)")
_COUNTED = re.compile(r"\S")


@dataclass(frozen=True, slots=True)
class Article:
    """Where the article of a page stands.

    Attributes:
        root: The element that holds it.
        away: Elements below it that are no part of it.
    """

    root: Element
    away: frozenset[Element]


@dataclass(slots=True)
class _Weights:
    """Characters in and below each element of a page, by its place: all, in links, and in running text."""

    all: list[int]
    linked: list[int]
    running: list[int]


def find_article(page: Page) -> Article:
    """Return the article of a page; of a page without running text, the whole body."""
    weights = _weigh(page, frozenset())
    away = _away(page, weights)
    away |= _teasers(page, weights, away)
    weights = _weigh(page, away)
    root = _declared(page, weights, away) or page.elements[0]
    while (inner := _heart(root, weights)) is not None:
        root = inner
    menus: set[Element] = set()
    if weights.running[root.at]:
        menus.update(element for element in page.elements[root.at + 1 : root.end] if _is_menu(element, weights))
    return Article(root, frozenset(away | menus))


def names(element: Element) -> set[str]:
    """Return the words of an element's id and classes, in lower case; whole names and their parts."""
    written = f"{element.attributes.get('id', '')} {element.attributes.get('class', '')}".split()
    found = {name.lower() for name in written}
    for name in written:
        found.update(part.lower() for part in _PART.findall(name))
    return found


def _weigh(page: Page, away: frozenset[Element]) -> _Weights:
    """Count the characters of every element, what is left out counted nowhere."""
    size = len(page.elements)
    weights = _Weights([0] * size, [0] * size, [0] * size)
    skip_to = 0
    inside_link = [False] * size
    for element in page.elements:
        if element.at < skip_to:
            continue
        if element in away:
            skip_to = element.end
            continue
        parent = element.parent
        inside_link[element.at] = element.tag == "a" or (parent is not None and inside_link[parent.at])
        own = "".join(item for item in element.content if isinstance(item, str))
        count = len(_COUNTED.findall(own))
        weights.all[element.at] += count
        weights.linked[element.at] += count if inside_link[element.at] else 0
    for element in reversed(page.elements):
        at, parent = element.at, element.parent
        if parent is None:
            continue
        weights.all[parent.at] += weights.all[at]
        weights.linked[parent.at] += weights.linked[at]
    for element in reversed(page.elements):
        if element.tag in BLOCKS:
            weights.running[element.at] += _own_running(element, weights)
        if element.parent is not None:
            weights.running[element.parent.at] += weights.running[element.at]
    return weights


def _own_running(element: Element, weights: _Weights) -> int:
    """Return the characters of running text that stand in a block itself, not in blocks below it."""
    at = element.at
    inner = [item for item in element.content if isinstance(item, Element) and item.tag in BLOCKS]
    count = weights.all[at] - sum(weights.all[item.at] for item in inner)
    linked = weights.linked[at] - sum(weights.linked[item.at] for item in inner)
    if not count or linked > MOST_LINKED * count:
        return 0
    if count >= RUNNING_TEXT:
        return count
    own = "".join(item for item in element.content if isinstance(item, str))
    return count if _SENTENCE.search(own) else 0


def _away(page: Page, weights: _Weights) -> frozenset[Element]:
    """Return the elements that say of themselves that they are no part of the article."""
    whole = max(1, weights.running[0])
    found = set()
    skip_to = 0
    for element in page.elements[1:]:
        if element.at < skip_to or not _says_it_is_no_article(element):
            continue
        if weights.running[element.at] <= IS_THE_PAGE * whole:
            found.add(element)
            skip_to = element.end
    return frozenset(found)


def _teasers(page: Page, weights: _Weights, away: frozenset[Element]) -> frozenset[Element]:
    """Return the <article> elements that only lead to other pages, unless the page is made of them."""
    found = [element for element in page.elements if element.tag == "article" and _is_teaser(page, element, weights)]
    length = sum(weights.running[element.at] for element in found if element not in away)
    return frozenset(found) if length <= IS_THE_PAGE * weights.running[0] else frozenset()


def _is_teaser(page: Page, article: Element, weights: _Weights) -> bool:
    """Return whether the first heading of an article is a link."""
    inside = page.elements[article.at : article.end]
    heading = next((element for element in inside if element.tag in HEADINGS), None)
    return heading is not None and weights.linked[heading.at] > MENU_LINKED * weights.all[heading.at]


def _says_it_is_no_article(element: Element) -> bool:
    if element.tag in _AWAY_TAGS or element.attributes.get("role", "").lower() in _AWAY_ROLES:
        return True
    if element.tag == "header":
        return not _is_inside(element, ("article", "main"))
    return element.tag in BLOCKS | {"span", "a"} and not _AWAY_NAMES.isdisjoint(names(element))


def _is_inside(element: Element, tags: tuple[str, ...]) -> bool:
    above = element.parent
    while above is not None:
        if above.tag in tags:
            return True
        above = above.parent
    return False


def _declared(page: Page, weights: _Weights, away: frozenset[Element]) -> Element | None:
    """Return the element that the page itself calls its article, when there is one, or one is by far the largest."""
    whole = max(1, weights.running[0])
    for test in (_is_article_body, lambda element: element.tag == "article", _is_main):
        found = [element for element in page.elements if test(element) and weights.running[element.at]]
        outer = _outer(found)
        if not outer:
            continue
        largest = max(outer, key=lambda element: (weights.running[element.at], -element.at))
        rest = sum(weights.running[element.at] for element in outer) - weights.running[largest.at]
        if weights.running[largest.at] >= max(LEAST_ARTICLE * whole, 2 * rest):
            return largest
    return None


def _outer(elements: Sequence[Element]) -> list[Element]:
    """Return those elements, in order of the page, that stand in none of the others."""
    found: list[Element] = []
    for element in elements:
        if not found or element.at >= found[-1].end:
            found.append(element)
    return found


def _is_article_body(element: Element) -> bool:
    return element.attributes.get("itemprop", "").lower() == "articlebody"


def _is_main(element: Element) -> bool:
    return element.tag == "main" or element.attributes.get("role", "").lower() == "main"


def _heart(element: Element, weights: _Weights) -> Element | None:
    """Return the element directly below that holds nearly all running text of this one."""
    whole = weights.running[element.at]
    for item in element.content:
        if isinstance(item, Element) and item.tag in BLOCKS and item.tag not in ("p", "li", "blockquote", "pre"):
            enough = HOLDS_NEARLY_ALL if _GOOD_NAMES.isdisjoint(names(item)) else HOLDS_ENOUGH
            if whole and weights.running[item.at] > enough * whole:
                return item
    return None


def _is_menu(element: Element, weights: _Weights) -> bool:
    """Return whether a part of the article is a list of links to other pages."""
    at = element.at
    listed = element.tag in _MENU_TAGS and weights.all[at] > 0 and weights.running[at] == 0
    return listed and weights.linked[at] > MENU_LINKED * weights.all[at]
