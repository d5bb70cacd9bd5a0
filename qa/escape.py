"""Make text from documents, questions, file names and errors harmless to show.

Everything in the page that we did not write ourselves goes through one of these two functions. Knows no template.
"""

import html
import re

# Control characters, but for tab and newline, show nothing and confuse parsers; the replacement character keeps the
# reader aware that something stands there.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NEWLINE = re.compile(r"\r\n?|\n|[\u2028\u2029]")
# A bidirectional override in a title would turn our own words around it, too.
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
# Every ASCII character that HTML, Markdown, KaTeX or mermaid gives a meaning to, and the full stop of "1." lists.
_MEANINGFUL = re.compile(r"[&<>\"'`*_{}\[\]()#+!|~$\\:%=^.\-]")


def clean(text: str) -> str:
    """Return the text with line ends as newlines and without characters that cannot be shown."""
    return _CONTROL.sub("\ufffd", _BIDI.sub("", _NEWLINE.sub("\n", text.removeprefix("\ufeff"))))


def escape_html(text: str) -> str:
    """Return the text for an element or a quoted attribute of HTML that no Markdown engine reads."""
    return html.escape(clean(text), quote=True)


def escape_markdown(text: str) -> str:
    """Return the text, unchanged to the eye, for a page that reads Markdown and HTML.

    Each character with a meaning becomes a numeric reference; a newline becomes `<br>`, because a blank line would end
    the HTML block of our template and begin Markdown.
    """
    referenced = _MEANINGFUL.sub(lambda match: f"&#{ord(match[0])};", clean(text))
    return referenced.replace("\n", "<br>")
