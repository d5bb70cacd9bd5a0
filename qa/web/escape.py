"""The functions of `qa.escape` under the name that the pages know them by."""

from qa.escape import clean, escape_html, escape_markdown

__all__ = ["clean", "escape_html", "escape_markdown"]
