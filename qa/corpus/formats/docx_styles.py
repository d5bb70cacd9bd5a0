"""Tell what a paragraph of a Word document is by its style and its own settings: title, heading, list item, contents.

Looks at styles.xml and at the paragraph's properties only.
"""

import re
from dataclasses import dataclass, replace

from docx.oxml.ns import qn
from lxml import etree

TITLE_LEVEL = 0
"""Of a paragraph in the style "Title", which stands over all headings."""

_HEADING = re.compile(r"(?:heading|标题|überschrift|titre)\s*([1-9])$", re.IGNORECASE)
_TITLE = re.compile(r"title$|标题$|titel$|titre$", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录|contents)\s*(?:heading|\d)$", re.IGNORECASE)
_DEEPEST = 9
_NO_LIST = "0"


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph is.

    Attributes:
        level: Of a heading, from 1; 0 for a title; None for text.
        list_id: Of the list that it is an item of; None for none.
        list_level: In that list, from 0.
        contents: It is a line of a table of contents.
        new_page: It begins a page.
        ends_section: It is the last of a section, which `section_end` says how the next one begins.
    """

    level: int | None = None
    list_id: str | None = None
    list_level: int = 0
    contents: bool = False
    new_page: bool = False
    ends_section: bool = False
    section_end: str | None = None


class Styles:
    """The paragraph styles of one document."""

    def __init__(self, styles: etree._Element) -> None:
        self._elements = {style.get(qn("w:styleId"), ""): style for style in styles.findall(qn("w:style"))}
        self._read: dict[str, Style] = {}

    def of(self, paragraph: etree._Element) -> Style:
        """Return what a paragraph is: what its style says, and what it says itself on top."""
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return Style()
        style = self._style(_value(properties, "w:pStyle") or "")
        style = _with(style, properties)
        section = properties.find(qn("w:sectPr"))
        if section is None:
            return style
        return replace(style, ends_section=True, section_end=_value(section, "w:type"))

    def _style(self, name: str) -> Style:
        """Return what a style says, and those that it is based on."""
        chain = []
        at = name
        while at in self._elements and at not in self._read and at not in chain:
            chain.append(at)
            at = _value(self._elements[at], "w:basedOn") or ""
        style = self._read.get(at, Style())
        for at in reversed(chain):
            element = self._elements[at]
            properties = element.find(qn("w:pPr"))
            if properties is not None:
                style = _with(style, properties)
            style = self._read[at] = _named(style, _value(element, "w:name") or "")
        return style


def _named(style: Style, name: str) -> Style:
    heading = _HEADING.match(name)
    if heading:
        return replace(style, level=int(heading[1]))
    if _TITLE.match(name):
        return replace(style, level=TITLE_LEVEL)
    return replace(style, contents=True) if _CONTENTS.match(name) else style


def _with(style: Style, properties: etree._Element) -> Style:
    """Return a style with what these properties change."""
    level = _value(properties, "w:outlineLvl")
    if level is not None and level.isdigit():
        style = replace(style, level=int(level) + 1 if int(level) < _DEEPEST else None)
    numbered = properties.find(qn("w:numPr"))
    if numbered is not None:
        list_id = _value(numbered, "w:numId")
        depth = _value(numbered, "w:ilvl") or ""
        style = replace(
            style,
            list_id=style.list_id if list_id is None else None if list_id == _NO_LIST else list_id,
            list_level=int(depth) if depth.isdigit() else style.list_level,
        )
    new_page = properties.find(qn("w:pageBreakBefore"))
    if new_page is not None:
        style = replace(style, new_page=new_page.get(qn("w:val")) not in ("0", "false", "off"))
    return style


def _value(parent: etree._Element, tag: str) -> str | None:
    element = parent.find(qn(tag))
    return None if element is None else element.get(qn("w:val"))
