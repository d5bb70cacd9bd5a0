"""What was mended, and the state of the index with what should be looked at and the remedy for it."""

from collections.abc import Sequence

from qa.escape import escape_html
from qa.overview.figures import Figures
from qa.overview.health import Concern
from qa.overview.parts import Parts
from qa.types import Status
from qa.web.corpus.pieces import card, name_html, number, size_text
from qa.web.telling import for_visitor, without_places
from qa.web.words import Language, word

NAMED = 3  # documents that a finding names


def mended_html(parts: Parts, language: Language) -> str:
    """Return the card of repairs by kind; it fills while they are counted."""
    mended = parts.mended
    if mended is None:
        pending = (
            "" if parts.finished else f'<p class="wj-pending" role="status">{word("mended_pending", language)}</p>'
        )
        return card("mended", language, pending, kind="wj-names") if pending else ""
    note = ""
    if mended.looked_at < mended.documents:
        key = "mended_partly" if parts.finished else "mended_counting"
        said = word(key, language, looked_at=number(mended.looked_at), documents=number(mended.documents))
        note = f'<p class="wj-faint" role="status">{said}</p>'
    if not mended.kinds:
        return card("mended", language, note or f'<p class="wj-faint">{word("mended_none", language)}</p>')
    most = mended.kinds[0][1]
    rows = "".join(
        f'<li><div><span class="wj-bar-name">{word(f"kind_{kind}", language)}</span>'
        f'<span class="wj-length" aria-hidden="true"><i style="width:{100 * count / most:.1f}%"></i></span>'
        f'<span class="wj-bar-count">{number(count)}</span></div></li>'
        for kind, count in mended.kinds
    )
    total = word("mended_total", language, count=number(sum(count for _, count in mended.kinds)))
    return card("mended", language, f'<ul class="wj-bars">{rows}</ul>{note}', kind="wj-names", aside=total)


def index_html(status: Status, figures: Figures, parts: Parts, language: Language, *, conversations_last: bool) -> str:
    """Return the card of the index: what it is, and how it is."""
    read = figures.documents - figures.empty
    states = [word("state_read", language, count=number(read))]
    states += [word("state_empty", language, count=number(figures.empty))] if figures.empty else []
    states += [word("state_waiting", language, count=number(figures.waiting))] if figures.waiting else []
    none = word("health_none_yet", language)
    model = word(
        "health_model_of",
        language,
        model=escape_html(without_places(figures.model)),
        dimension=number(figures.dimension),
    )
    facts = {
        "model": model if figures.model else none,
        "answerer": escape_html(without_places(status.answerer)),
        "generation": word("health_generation_of", language, generation=number(figures.generation)),
        "read": _time(figures.read_at) or none,
        "size": size_text(figures.size),
        "states": " · ".join(states),
        "conversations": word("health_kept" if conversations_last else "health_not_kept", language),
    }
    rows = "".join(
        f"<div><dt>{word(f'health_{key}', language)}</dt><dd>{value}</dd></div>" for key, value in facts.items()
    )
    aside, checks = _checks(figures, parts, language)
    return card("health", language, f'<dl class="wj-facts">{rows}</dl>{checks}', kind="wj-index", aside=aside)


def _checks(figures: Figures, parts: Parts, language: Language) -> tuple[str, str]:
    """Return how it is in a word, and what was found with its remedies."""
    whole = word("health_more", language, command="<code>wenju doctor</code>")
    last = f'<p class="wj-faint">{whole}</p>'
    if parts.problem and parts.health is None:
        problem = word("health_failed", language, problem=name_html(for_visitor(parts.problem, language)))
        return "", f'<p class="wj-check wj-look" role="status">{problem}</p>{last}'
    if parts.health is None and parts.finished:  # of an empty store
        return "", last
    if parts.health is None:
        return "", f'<p class="wj-pending" role="status">{word("health_pending", language)}</p>{last}'
    flagged = parts.mended.flagged if parts.mended else ()
    found = [
        _check(kind, concerns, language)
        for kind, concerns in (
            ("damaged", parts.health.damaged),
            ("empty", parts.health.empty),
            ("assumed", parts.health.assumed),
            ("flagged", flagged),
        )
        if concerns
    ]
    if figures.waiting:
        found.append(_finding("waiting", figures.waiting, "", language))
    intact = "" if parts.health.damaged else f'<li class="wj-check">{word("check_intact", language)}</li>'
    key = "health_look" if found else "health_sound"
    kind = "wj-look" if found else "wj-sound"
    aside = f'<span class="wj-state {kind}">{word(key, language)}</span>'
    return aside, f'<ul class="wj-checks">{intact}{"".join(found)}</ul>{last}'


def _check(kind: str, concerns: Sequence[Concern], language: Language) -> str:
    names = ", ".join(name_html(one.document_id) for one in concerns[:NAMED])
    more = f" {word('and_more', language)}" if len(concerns) > NAMED else ""
    return _finding(kind, len(concerns), f'<span class="wj-named">{names}{more}</span>', language)


def _finding(kind: str, count: int, named: str, language: Language) -> str:
    command = "<code>wenju show DOCUMENT --repairs</code>"
    said = word(f"check_{kind}", language, count=number(count))
    remedy = word(f"remedy_{kind}", language, command=command)
    return f'<li class="wj-check wj-look"><strong>{said}</strong>{named}<span class="wj-remedy">{remedy}</span></li>'


def _time(read_at: str) -> str:
    """Return a time such as 2024-03-05 14:20 UTC, as a time that scripts can read."""
    if len(read_at) < len("2024-03-05T14:20"):
        return ""
    shown = read_at[:16].replace("T", " ")
    return f'<time datetime="{escape_html(read_at)}">{escape_html(shown)} UTC</time>'
