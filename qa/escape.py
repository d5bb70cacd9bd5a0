"""Make text from documents, questions, file names and errors harmless to show.

Everything in a page or a file that we did not write ourselves goes through one of these functions. Knows no template.
"""

import html
import re

# Control characters, but for tab and newline, show nothing and confuse parsers; the replacement character keeps the
# reader aware that something stands there.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NEWLINE = re.compile(r"\r\n?|\n|[\u2028\u2029]")
# A bidirectional override in a title would turn our own words around it, too.
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
# In a Markdown file, where the text is read as it stands as well: what starts something inside a line, an address that
# is made a link, and what a line may begin with: headings, lists, rules, tables, definitions, blocks of extensions.
_INLINE = re.compile(r"[\\`*_{}\[\]~|$^#@]|(?<=[A-Za-z]):(?=//)|(?<=[Ww]{3})\.")
_LINE_START = re.compile(r"^(?:[+=:%!?/-]|\d{1,9}(?=[.)](?:\s|$)))")
_INDENT = re.compile(r"^[ \t]+")


def clean(text: str) -> str:
    """Return the text with line ends as newlines and without characters that cannot be shown."""
    return _CONTROL.sub("\ufffd", _BIDI.sub("", _NEWLINE.sub("\n", text.removeprefix("\ufeff"))))


def escape_html(text: str) -> str:
    """Return the text for an element or a quoted attribute of HTML that no Markdown engine reads."""
    return html.escape(clean(text), quote=True)


def escape_markdown_file(text: str) -> str:
    """Return the text for a Markdown file: backslashes keep it text, and it stays readable as it stands.

    Lines are escaped one by one and stay lines; the caller puts in front of each what its place needs.
    """
    return "\n".join(_markdown_line(line) for line in clean(text).split("\n"))


def _markdown_line(line: str) -> str:
    indent = _INDENT.match(line)
    blanks = len(indent[0]) if indent else 0
    rest = html.escape(line[blanks:].rstrip(" \t"), quote=False)
    begin = _LINE_START.match(rest)
    escaped = _INLINE.sub(lambda found: f"\\{found[0]}", rest)
    if begin:
        place = 0 if not begin[0].isdecimal() else len(begin[0])
        escaped = f"{escaped[:place]}\\{escaped[place:]}"
    return "&nbsp;" * blanks + escaped if rest else ""
