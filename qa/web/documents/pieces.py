"""Small pieces of HTML that the parts of the documents page share. Every text from outside is escaped here."""

from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import quote

from qa.corpus.align import raw_span
from qa.corpus.readers import READERS
from qa.escape import escape_html
from qa.names import MAX_COLLECTION_NAME, path_of
from qa.store.rows import Holding
from qa.types import Article
from qa.web.documents.incoming import FILES_AT_ONCE, MIB
from qa.web.evidence.permalink import permalink
from qa.web.words import Language, word

_CLIP = (
    '<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M13.500 6.500l-6 6a1.400 1.400 0 0 0 2 2l6.500-6.500a3 3 0 0 '
    '0-4.200-4.200L5 10.500a4.700 4.700 0 0 0 6.600 6.600l5-5"/></svg>'
)


def name_html(name: str) -> str:
    """Return a name of a file; it cannot turn the words around it."""
    return f"<bdi>{escape_html(name)}</bdi>"


def short_name(holding: Holding) -> str:
    """Return a document's name inside its collection."""
    return path_of(holding.summary.collection, holding.summary.id)


def kind_of(name: str) -> str:
    """Return the kind of a file by its ending, in capitals."""
    return PurePosixPath(name).suffix.removeprefix(".").upper()[:8] or "–"


def encoding_of(holding: Holding) -> str:
    """Return the encoding of a text file in the usual spelling; other formats have none of their own."""
    is_text = holding.summary.media_type.startswith("text/") or "json" in holding.summary.media_type
    return holding.summary.encoding.upper().replace("_", "-") if is_text else "–"


def time_html(moment: str, language: Language) -> str:
    """Return an ISO time as a clock of the server shows it."""
    if not moment:
        return f'<span class="wj-dim">{word("unknown_time", language)}</span>'
    shown = datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M")
    return f'<time datetime="{escape_html(moment)}">{shown}</time>'


def number_html(number: int) -> str:
    """Return a number with its thousands apart."""
    return f"{number:,}"


def article_link(article: Article) -> str:
    """Return the address that opens an article at its beginning, as a value of an attribute."""
    span = article.title_span or next(
        (raw_span(block.content, 0, len(block.content.text)) for block in article.blocks if block.content.text), None
    )
    return escape_html(permalink(article.document_id, span))


def ask_link(document_id: str) -> str:
    """Return the address of a chat about one document, as a value of an attribute."""
    return escape_html(f"/?source={quote(document_id, safe='')}")


def button_html(
    do: str, label: str, *, name: str = "", confirm: str = "", kind: str = "", title: str = "", value: str | None = None
) -> str:
    """Return a button that `scripts/documents.js` works.

    Args:
        do: What it wants.
        label: On it; of our own words.
        name: Which document or collection it is about.
        confirm: Question to be asked first.
        kind: Class.
        title: Full name for screen readers, where the label alone does not say it.
        value: Text to begin with, where the question is answered by a text.
    """
    parts = [f'data-do="{do}"', f'data-name="{escape_html(name)}"']
    parts += [f'data-confirm="{escape_html(confirm)}"'] if confirm else []
    parts += [f'data-value="{escape_html(value)}"'] if value is not None else []
    parts += [f'aria-label="{escape_html(title)}"'] if title else []
    return f'<button type="button" class="wj-act {kind}" {" ".join(parts)}>{label}</button>'


def confirming_html(language: Language) -> str:
    """Return the dialog in which buttons with a question ask it."""
    return (
        '<dialog class="wj-confirm"><form method="dialog"><label><span class="wj-confirm-text"></span>'
        f'<input type="text" maxlength="{MAX_COLLECTION_NAME}" autocomplete="off" hidden></label>'
        '<p class="wj-confirm-buttons">'
        f'<button value="no" class="wj-act">{word("cancel", language)}</button>'
        f'<button value="yes" class="wj-act wj-sure">{word("confirm", language)}</button></p></form></dialog>'
    )


def notice_html(said: str, *, bad: bool = False) -> str:
    """Return a sentence, as HTML, that screen readers say at once."""
    role, kind = ("alert", "wj-bad") if bad else ("status", "wj-good")
    return f'<p class="wj-told {kind}" role="{role}">{said}</p>'


def drop_html(language: Language, *, upload_mb: int) -> str:
    """Return the place to drop files."""
    limits = word("drop_limits", language, files=FILES_AT_ONCE, most=upload_mb)
    return (
        f'<h2 class="wj-title">{word("add_title", language)}</h2>'
        f'<div class="wj-drop" {_drop_data(language, upload_mb, within=".wj-drop")}><label>{_file_input()}'
        f'<span class="wj-drop-icon" aria-hidden="true">＋</span><strong>{word("drop", language)}</strong>'
        f"<span>{word('drop_or', language)}</span><small>{word('drop_formats', language)}</small>"
        f'<small>{limits}</small></label><p class="wj-sending" role="status"></p></div>'
    )


def clip_html(language: Language, *, upload_mb: int, within: str) -> str:
    """Return the paper-clip beside the question, for files that are chosen there or dropped on a part of the page.

    Args:
        language: Of our own words.
        upload_mb: Megabytes of the largest file.
        within: Selector of that part.
    """
    label = word("bring_files", language)
    return (
        f'<div class="wj-drop wj-clip" {_drop_data(language, upload_mb, within=within)}>'
        f'<label class="wj-icon-button" title="{label}">{_file_input(label)}{_CLIP}</label>'
        f'<p class="wj-sending" role="status"></p><p class="wj-drop-here" aria-hidden="true">'
        f"<strong>{word('drop_here', language)}</strong><small>{word('drop_formats', language)}</small></p></div>"
    )


def _file_input(label: str = "") -> str:
    endings = ",".join(ending for reader in READERS for ending in reader.suffixes)
    named = f' aria-label="{label}"' if label else ""
    return f'<input type="file" multiple accept="{endings}"{named}>'


def _drop_data(language: Language, upload_mb: int, *, within: str) -> str:
    """Return what `scripts/bringing.js` says and keeps to, as attributes."""
    says = {
        "within": within,
        "largest": str(upload_mb * MIB),
        "most": str(FILES_AT_ONCE),
        "sending": word("sending", language, at="{at}", count="{count}"),
        "waiting": word("waiting_files", language, count="{count}"),
        "too-large": word("too_large", language, most=upload_mb),
        "not-sent": word("not_sent", language),
    }
    return " ".join(f'data-{name}="{escape_html(value)}"' for name, value in says.items())
