"""Read what a page says of its article: title, author, date and publisher, from metadata and the lines under its title.

Metadata for machines (JSON-LD, meta elements) comes first; what is printed on the page fills the gaps.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from qa.corpus import bylines, metadata
from qa.corpus.dates import iso_date
from qa.corpus.formats.extracted import clean
from qa.corpus.formats.html_tree import Page, flat
from qa.corpus.metadata import Fields

LONGEST_JSON = 500_000
"""Characters of a JSON-LD script that is read."""

LONGEST_FACT = 300
LONGEST_NAME = 60
MOST_IN_A_LINE = 20
"""Elements inside one that can be the line with source and date."""

LINES_UNDER_TITLE = 25
"""Short elements after the first heading among which the line with source and date is looked for."""

_ARTICLES = frozenset(
    "Article NewsArticle BlogPosting Report TechArticle ScholarlyArticle OpinionNewsArticle ReportageNewsArticle "
    "AnalysisNewsArticle Posting WebPage".split()
)
_TITLES = ("og:title", "articletitle", "twitter:title", "dc.title", "dcterms.title", "citation_title")
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author", "byl")
_DATES = (
    "article:published_time", "pubdate", "publishdate", "publish_date", "publish-date", "datepublished",
    "og:published_time", "firstpublishedtime", "dc.date", "dcterms.created", "dcterms.date", "dc.date.issued",
    "citation_publication_date",
    "parsely-pub-date", "sailthru.date", "date",
)  # fmt: skip
_SOURCES = ("contentsource", "source", "mediaid")
_SITES = ("og:site_name", "sitename", "application-name", "dc.publisher", "publisher", "copyright")
_AUTHOR_MARKS = frozenset(("author", "byline", "post-author", "entry-author"))
_DAY = re.compile(r"^(\d{4}-\d{2}-\d{2})[T ]\d")
_URL = re.compile(r"^(?:https?:)?//|^@")
_BY = re.compile(r"^(?:by|作者|文|记者|撰文|from)\s*[:：/ ]\s*", re.IGNORECASE)
_SUFFIX = re.compile(r"\s*[|｜_»]\s*|\s+[-–—·]\s+")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says of its article."""

    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    date: str | None = None


def read_facts(page: Page) -> Facts:
    """Return title, author, publisher and date of a page."""
    named = _named(page.parser)
    linked = next(_linked_data(page.parser), {})
    site = _first(named, _SITES)
    title = _title(page, named, linked, site)
    printed = _printed(page, title)
    source = _first(named, _SOURCES) or printed.source
    return Facts(
        title=title,
        byline=_names(linked.get("author")) or printed.author or _author(named) or _marked(page),
        publisher=source or _names(linked.get("publisher")) or site or _site(page, title),
        date=_day(_text(linked.get("datePublished")) or _first(named, _DATES) or _time(page) or printed.date),
    )


def _named(parser: LexborHTMLParser) -> dict[str, list[str]]:
    """Return the values of meta elements by name, in lower case."""
    found: dict[str, list[str]] = {}
    for meta in parser.css("meta"):
        attributes = meta.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        value = _text(attributes.get("content"))
        if name and value:
            found.setdefault(name.lower(), []).append(value)
    return found


def _first(named: Mapping[str, list[str]], wanted: tuple[str, ...]) -> str | None:
    return next((named[name][0] for name in wanted if name in named), None)


def _linked_data(parser: LexborHTMLParser) -> Iterator[dict[str, object]]:
    """Yield the JSON-LD objects that describe an article, those that say when it was published first."""
    found = []
    for script in parser.css('script[type="application/ld+json"]'):
        source = script.text()
        if len(source) > LONGEST_JSON:
            continue
        try:
            waiting: list[object] = [json.loads(source)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            item = waiting.pop()
            if isinstance(item, list):
                waiting += reversed(item)
            elif isinstance(item, dict):
                kinds = item.get("@type")
                if not _ARTICLES.isdisjoint(kinds if isinstance(kinds, list) else [kinds]):
                    found.append(item)
                waiting += (item.get("mainEntity"), item.get("@graph"))
    yield from sorted(found, key=lambda item: ("datePublished" not in item, "headline" not in item))


def _title(page: Page, named: Mapping[str, list[str]], linked: Mapping[str, object], site: str | None) -> str | None:
    """Return the title; the heading of the page where metadata agrees with it, because it is what people see."""
    given = _text(linked.get("headline")) or _first(named, _TITLES)
    title_element = page.parser.css_first("title")
    whole = given or (_text(title_element.text()) if title_element is not None else None)
    headings = [text for element in page.elements if element.tag == "h1" and (text := _text(flat(element)))]
    agreeing = next((heading for heading in headings if whole and _begins(whole, heading)), None)
    if agreeing:
        return agreeing
    if given:
        return _without_site(given, site)
    if len(headings) == 1:
        return headings[0]
    return _without_site(whole, site) if whole else None


def _site(page: Page, title: str | None) -> str | None:
    """Return the name of the site, where the title element has it behind the title."""
    element = page.parser.css_first("title")
    first, *rest = _SUFFIX.split(_text(element.text()) or "") if element is not None else [""]
    return rest[-1] or None if rest and title is not None and _bare(first) == _bare(title) else None


def _without_site(title: str, site: str | None) -> str:
    """Return a title without the name of the site and of its columns behind it."""
    if site and title.endswith(site):
        cut = title.removesuffix(site).rstrip(" |｜_»-–—·")
        title = cut or title
    first, *rest = _SUFFIX.split(title)
    return first if rest and len(first) >= max(4, *(len(part) for part in rest)) else title


def _begins(whole: str, heading: str) -> bool:
    """Return whether a title begins with a heading, or has it in the middle; at the end stands the name of the site."""
    title, part = _bare(whole), _bare(heading)
    return bool(part) and (title.startswith(part) or (part in title and not title.endswith(part)))


def _bare(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())


def _author(named: Mapping[str, list[str]]) -> str | None:
    written = [value for name in _AUTHORS for value in named.get(name, ()) if not _URL.match(value)]
    return _without_by(", ".join(dict.fromkeys(written))) if written else None


def _without_by(text: str) -> str | None:
    return _BY.sub("", text).strip() or None


def _marked(page: Page) -> str | None:
    """Return the text of the first short element that is marked as the author."""
    for element in page.elements:
        given = element.attributes
        marks = {given.get("itemprop", ""), given.get("rel", ""), *given.get("class", "").split()}
        if _AUTHOR_MARKS.isdisjoint(marks) or element.end - element.at > MOST_IN_A_LINE:
            continue
        text = _text(flat(element))
        if text and len(text) <= LONGEST_NAME:
            return _without_by(text)
    return None


def _names(value: object) -> str | None:
    """Return the names in a JSON-LD value: a text, an object with a name, or a list of such."""
    found = []
    for item in value if isinstance(value, list) else [value]:
        name = _text(item.get("name") if isinstance(item, dict) else item)
        if name and not _URL.match(name):
            found.append(name)
    return ", ".join(dict.fromkeys(found)) or None


def _time(page: Page) -> str | None:
    """Return the date of the first time element that has a complete one."""
    for element in page.elements:
        if element.tag == "time":
            for written in (element.attributes.get("datetime"), flat(element)):
                if iso_date(_day(_text(written))):
                    return _text(written)
    return None


def _printed(page: Page, title: str | None) -> Fields:
    """Return what the lines under the first heading, or under the title, say of source, author and date."""
    headings = [element for element in page.elements if element.tag == "h1"]
    heading = next(
        (element for element in headings if _text(flat(element)) == title), headings[0] if headings else None
    )
    first = heading.at if heading is not None else _at(page, title)
    source = author = date = None
    lines = 0
    for element in page.elements[first + 1 :] if first is not None else ():
        if lines >= LINES_UNDER_TITLE or (source and author and date):
            break
        line = flat(element) if element.end - element.at <= MOST_IN_A_LINE else ""
        if not line or len(line) > LONGEST_FACT:
            continue
        lines += 1
        fields = metadata.read_line(line)
        if fields is not None:
            source, author, date = source or fields.source, author or fields.author, date or fields.date
        author = author or bylines.byline(line)
    return Fields(source, author, date)


def _at(page: Page, title: str | None) -> int | None:
    """Return the place of the element that says nothing but the title."""
    for element in page.elements if title else ():
        own = "".join(item for item in element.content if isinstance(item, str))
        if _text(own) == title:
            return element.at
    return None


def _day(text: str | None) -> str | None:
    """Return a date without the time behind it."""
    found = _DAY.match(text or "")
    return found[1] if found else text


def _text(value: object) -> str | None:
    """Return a value as one clean line, None when it is no text, empty, or too long for a fact."""
    if not isinstance(value, str):
        return None
    text = " ".join(clean(value).split())
    return text if text and len(text) <= LONGEST_FACT else None
