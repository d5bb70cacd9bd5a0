"""Parse HTML with selectolax into a tree of our own that is quick to walk, and leave out what no page shows.

The tree is a list in the order of the source, so that nothing here or in the modules that use it needs recursion,
however deep a page is nested.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from qa.corpus.limits import MAX_DEPTH, MAX_NESTED_TAGS
from qa.errors import SourceError

UNSEEN = frozenset(
    "script style noscript template iframe object embed svg canvas button select option input textarea datalist map "
    "audio video head rt rp dialog".split()
)
"""Elements whose content is not text of the page; `rt` is the reading above a character."""

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

BLOCKS = HEADINGS | frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form header "
    "hgroup hr html legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul "
    "caption".split()
)

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})(?=[\s/>])")
_NESTING = frozenset(
    "a article aside b big center code div em font form i main nav s section small span strong u".split()
)
_SELF_CLOSED = re.compile(r"<([a-zA-Z][a-zA-Z0-9]{0,20})((?:\s[^<>]{0,2000})?)/>")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())

_NO_ATTRIBUTES: dict[str, str] = {}
"""Of every element that has none: half of the memory of a large page."""

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(slots=True, eq=False)
class Element:
    """An element of a page.

    Attributes:
        tag: In lower case.
        attributes: Of those that are looked at: class, id, role and the like.
        parent: None for the root.
        at: Its place in `Page.elements`.
        end: Place behind its last descendant: `elements[at:end]` is the whole element.
        content: Texts and elements inside, in order.
    """

    tag: str
    attributes: dict[str, str]
    parent: "Element | None"
    at: int
    end: int = 0
    content: "list[str | Element]" = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page: all elements of its body in the order of the source, the body first."""

    elements: list[Element]
    parser: LexborHTMLParser


def parse(text: str) -> Page:
    """Return the page.

    Raises:
        SourceError: Its elements are nested as no page's are.
    """
    if _nested(text) > MAX_NESTED_TAGS:
        raise SourceError("The elements of the page are nested too deep.", "Save its text as UTF-8, and index that.")
    parser = LexborHTMLParser(text)
    root = Element("body", {}, None, 0)
    elements = [root]
    if parser.body is not None:
        _copy(parser.body, root, elements)
    for element in reversed(elements):
        element.end = max(element.end, element.at + 1)
        if element.parent is not None:
            element.parent.end = max(element.parent.end, element.end)
    return Page(elements, parser)


def as_html(text: str) -> str:
    """Return XHTML as HTML: `<a/>` has an end there, in HTML it would hold everything that follows."""
    return _SELF_CLOSED.sub(_opened, text)


def _opened(found: re.Match[str]) -> str:
    return found[0] if found[1].lower() in _VOID else f"<{found[1]}{found[2]}></{found[1]}>"


def _copy(body: LexborNode, root: Element, elements: list[Element]) -> None:
    """Append everything below the body that is shown; what is nested deeper than the limit loses its elements only."""
    waiting: list[tuple[LexborNode | None, Element, int]] = [(body.first_child, root, 0)]
    while waiting:
        node, above, depth = waiting.pop()
        while node is not None:
            if node.is_text_node:
                above.content.append(node.text_content or "")
            elif node.is_element_node and node.tag not in UNSEEN:
                attributes = {name: value or "" for name, value in node.attributes.items()} or _NO_ATTRIBUTES
                if not _is_hidden(attributes):
                    waiting.append((node.next, above, depth))
                    above = _append(str(node.tag), attributes, above, elements) if depth < MAX_DEPTH else above
                    node, depth = node.first_child, depth + 1
                    continue
            node = node.next


def _append(tag: str, attributes: dict[str, str], above: Element, elements: list[Element]) -> Element:
    element = Element(tag, attributes, above, len(elements))
    elements.append(element)
    above.content.append(element)
    return element


def _is_hidden(attributes: dict[str, str]) -> bool:
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or _HIDDEN.search(attributes.get("style", "")) is not None
    )


def _nested(text: str) -> int:
    """Return how deep elements that need an end are nested; browsers and parsers need quadratic time for that."""
    depth = deepest = 0
    for found in _TAG.finditer(text):
        if found[2].lower() not in _NESTING:
            continue
        depth = max(0, depth - 1) if found[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def texts(element: Element) -> Iterator[str]:
    """Yield the texts inside an element in order, blanks where blocks and lines end."""
    waiting: list[str | Element] = [element]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
        elif item.tag == "br":
            yield " "
        elif item.tag in BLOCKS:
            waiting += (" ", *reversed(item.content), " ")
        else:
            waiting += reversed(item.content)


def flat(element: Element) -> str:
    """Return the text of an element on one line."""
    return " ".join("".join(texts(element)).split())
