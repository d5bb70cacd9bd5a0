"""One document opened: its facts, what was assumed, its articles, and its repairs by kind with examples. HTML only."""

from collections.abc import Sequence

from qa.corpus.account import Account
from qa.corpus.repairs import Repair, RepairKind
from qa.escape import escape_html
from qa.store.rows import Holding
from qa.types import Article
from qa.web.documents.pieces import (
    article_link,
    ask_link,
    button_html,
    encoding_of,
    kind_of,
    name_html,
    number_html,
    short_name,
    time_html,
)
from qa.web.documents.sentences import assumption_in
from qa.web.words import Language, word

MOST_ARTICLES = 60  # listed of one document
EXAMPLES = 3  # of each kind of repair
LONGEST_EXAMPLE = 60  # characters


def opened_html(
    holding: Holding, account: Account, *, language: Language, source: str, size: int | None, buttons: str
) -> str:
    """Return the document for a dialog.

    Args:
        holding: The document.
        account: Of it.
        language: To write in.
        source: Where it comes from and how it can be deleted, as HTML.
        size: Bytes of its file; None where that is not known.
        buttons: That change it, as HTML.
    """
    name = short_name(holding)
    notes = "".join(f"<li>{escape_html(assumption_in(one, language))}</li>" for one in account.document.assumptions)
    assumed = f"<h3>{word('assumed', language)}</h3><ul class='wj-notes'>{notes}</ul>" if notes else ""
    ask = f'<a class="wj-act wj-sure" href="{ask_link(holding.summary.id)}">{word("ask_document", language)}</a>'
    return (
        f'<dialog class="wj-document" aria-labelledby="wj-document-name"><div class="wj-document-head">'
        f'<h2 id="wj-document-name">{name_html(name)}</h2>'
        f"{button_html('close', '✕', title=word('close', language), kind='wj-shut')}</div>"
        f"{_facts(holding, language, source=source, size=size)}"
        f'<div class="wj-acts">{ask}{buttons}</div>{assumed}'
        f"{_articles(account.articles, language)}{_repairs(account, language)}</dialog>"
    )


def _facts(holding: Holding, language: Language, *, source: str, size: int | None) -> str:
    summary = holding.summary
    characters = word("characters", language, count=number_html(summary.characters))
    facts = {
        "collection": name_html(summary.collection) if summary.collection else word("no_collection", language),
        "kind": kind_of(summary.id),
        "encoding": escape_html(encoding_of(holding)),
        "size": characters if size is None else f"{characters} · {_bytes(size)}",
        "read": time_html(holding.read_at, language),
        "source": source,
    }
    rows = "".join(f"<dt>{word(f'fact_{key}', language)}</dt><dd>{value}</dd>" for key, value in facts.items())
    return f'<dl class="wj-facts">{rows}</dl>'


def _bytes(size: int) -> str:
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024)):,} KB"
    return f"{size / 1024 / 1024:,.1f} MB"


def _articles(articles: Sequence[Article], language: Language) -> str:
    lines = []
    for article in articles[:MOST_ARTICLES]:
        printed = [text for text in (article.byline, article.publisher, article.date) if text]
        about = f' <span class="wj-dim">{" · ".join(map(name_html, printed))}</span>' if printed else ""
        lines.append(f'<li><a href="{article_link(article)}">{name_html(article.title)}</a>{about}</li>')
    more = len(articles) - MOST_ARTICLES
    rest = f'<p class="wj-dim">{word("more_items", language, count=more)}</p>' if more > 0 else ""
    head = word("its_articles", language, count=len(articles))
    return f'<h3>{head}</h3><ol class="wj-articles">{"".join(lines)}</ol>{rest}'


def _repairs(account: Account, language: Language) -> str:
    head = f"<h3>{word('its_repairs', language, count=len(account.changes))}</h3>"
    body = _kinds(account.changes, language) or f'<p class="wj-dim">{word("no_repairs", language)}</p>'
    for key, records in (("left_as_is", account.flagged), ("left_out", account.left_out)):
        if records:
            body += f"<h3>{word(key, language, count=len(records))}</h3>{_kinds(records, language)}"
    return head + body


def _kinds(records: Sequence[Repair], language: Language) -> str:
    """Return the repairs by kind, the commonest first, each with its first examples."""
    by_kind: dict[RepairKind, list[Repair]] = {}
    for record in records:
        by_kind.setdefault(record.kind, []).append(record)
    ordered = sorted(by_kind.items(), key=lambda pair: (-len(pair[1]), pair[0].name))
    return "".join(
        f'<details class="wj-kind-of-repair"><summary>{word(f"repair_{kind.name.lower()}", language)} '
        f'<span class="wj-dim">{number_html(len(found))}</span></summary>'
        f"<ul>{''.join(_example(one, language) for one in found[:EXAMPLES])}</ul></details>"
        for kind, found in ordered
    )


def _example(record: Repair, language: Language) -> str:
    after = f"<ins>{_cut(record.after)}</ins>" if record.after else f"<span>{word('nothing', language)}</span>"
    unchanged = record.after == record.before or record.kind in (RepairKind.FIELDS, RepairKind.LEFT_OUT)
    return f"<li><del>{_cut(record.before)}</del>{'' if unchanged else f' → {after}'}</li>"


def _cut(text: str) -> str:
    """Return a text on one line, cut in the middle where it is long."""
    line = " ".join(text.split()) or "␣"
    if len(line) > LONGEST_EXAMPLE:
        line = f"{line[: LONGEST_EXAMPLE // 2]} … {line[-LONGEST_EXAMPLE // 2 :]}"
    return name_html(line)
