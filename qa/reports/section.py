"""The part of the page that is about one file: the articles found, and its source beside the repaired text.

Long texts are cut where the page has no room left, and say so.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from qa.corpus.account import Account, Fate, Paragraph
from qa.corpus.characters import han_count
from qa.corpus.repairs import RepairKind
from qa.reports.cells import row_html, says, text_html
from qa.reports.rows import Row, rows_of
from qa.types import Article, BlockKind

MAX_ARTICLES = 200
"""Articles that the table of one file lists."""


@dataclass(frozen=True, slots=True)
class Section:
    """One file on the page.

    Attributes:
        kinds: How many records of each kind there are.
        body: Articles and text, as HTML; None where nothing was changed or left out, or where there was no room.
        cut: Whether something that should be shown is not.
    """

    document_id: str
    articles: int
    passages: int
    kinds: Counter[RepairKind]
    body: str | None
    cut: bool = False


def section_of(account: Account, room: int) -> Section:
    """Return the section of one file.

    Args:
        account: Of the file.
        room: Characters of HTML that its body may take; the last row may go over it.
    """
    kinds = Counter(record.kind for record in account.repairs)
    calm = set(kinds) <= {RepairKind.FIELDS}
    body, cut = (None, not calm) if calm or room <= 0 else _body(account, room)
    return Section(account.document.id, len(account.articles), account.passages, kinds, body, cut)


def _body(account: Account, room: int) -> tuple[str, bool]:
    """Return articles and rows, and whether rows are missing."""
    document = account.document
    about = "".join(f"<p>{escape(assumption)}</p>" for assumption in document.assumptions)
    parts = [
        f'<div class="faint">{about}<p>{escape(document.encoding)}, {len(document.text):,} characters</p></div>',
        _articles(account.articles),
        '<div class="sides"><div class="row names"><div>Source</div><div>Repaired</div></div>\n',
    ]
    used = sum(len(part) for part in parts)
    cut = False
    languages = _languages(account)
    for row, tag, starts in _tagged(account):
        if used >= room:
            cut = True
            break
        parts.append(row_html(row, document.text, tag=tag, starts=starts, languages=languages))
        used += len(parts[-1])
    parts.append("</div>")
    if cut:
        parts.append(f'<p class="faint">The rest of this file is not shown: the page is full. {_remedy(account)}</p>')
    return "".join(parts), cut


def _remedy(account: Account) -> str:
    return f"All repairs: <code>wenju show {text_html(account.document.id)} --repairs</code>"


def _articles(articles: tuple[Article, ...]) -> str:
    """Return the table of the articles found."""
    if not articles:
        return "<p>No article was found.</p>"
    rows = []
    for number, article in enumerate(articles[:MAX_ARTICLES], start=1):
        title = f"{article.title} — {article.subtitle}" if article.subtitle else article.title
        paragraphs = sum(1 for block in article.blocks if block.kind is BlockKind.BODY)
        printed = (article.byline, article.publisher, article.date)
        rows.append(
            f'<tr><td class="number">{number}</td><td><bdi>{text_html(title)}</bdi></td>'
            + "".join(f"<td><bdi>{text_html(text or '–')}</bdi></td>" for text in printed)
            + f'<td class="number">{paragraphs}</td></tr>'
        )
    more = len(articles) - MAX_ARTICLES
    rest = f'<p class="faint">and {more} more</p>' if more > 0 else ""
    return (
        '<div class="wide articles"><table><thead><tr><th class="number">#</th><th>article</th><th>by-line</th>'
        '<th>publisher</th><th>date</th><th class="number">paragraphs</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>{rest}"
    )


def _tagged(account: Account) -> Iterator[tuple[Row, str, bool]]:
    """Yield every row with what it is in our words, and whether another article starts at it."""
    current: int | None = None
    for row in rows_of(account):
        paragraph = row.paragraph
        if paragraph is None:
            yield row, "; ".join(dict.fromkeys(says(change) for change in row.changes)), False
            continue
        starts = paragraph.article not in (None, current)
        yield row, _tag(paragraph, starts=starts), starts and current is not None
        current = paragraph.article or current


def _tag(paragraph: Paragraph, *, starts: bool) -> str:
    if paragraph.reason:
        return f"{'left out' if paragraph.fate is Fate.LEFT_OUT else 'read into fields'}: {paragraph.reason}"
    named = paragraph.article and (starts or paragraph.fate is Fate.TITLE)
    number = f" of article {paragraph.article}" if named else ""
    if paragraph.fate is Fate.BODY:
        return f"article {paragraph.article}" if number else ""
    return f"{paragraph.fate.value}{number}"


def _languages(account: Account) -> tuple[str, str]:
    """Return the language attributes of both sides, so that Han characters get their own forms."""
    sample = account.document.text[:2000]
    if han_count(sample) * 5 < len(sample):
        return "", ""
    traditional = any(change.kind is RepairKind.TRADITIONAL for change in account.changes)
    return (' lang="zh-Hant"' if traditional else ' lang="zh-Hans"'), ' lang="zh-Hans"'
