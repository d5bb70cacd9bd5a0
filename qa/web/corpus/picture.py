"""The map of topics as a picture: land, points with colour and shape, names of neighbourhoods; and the same as text.

Places are percentages, so that points and letters keep their size on any screen. `scripts/corpus.js` moves one link
from point to point; what it needs of the articles stands beside the picture as JSON. Pure functions.
"""

import json
from collections.abc import Sequence

from qa.escape import escape_html
from qa.overview.parts import Parts
from qa.overview.topics import Mapped, Neighbourhood, TopicMap
from qa.retrieval.tokens import holds_han
from qa.types import Span
from qa.web.chat.addressed import asking
from qa.web.corpus.legend import COLOURS, REST, Legend, legend_of, short_source
from qa.web.corpus.pieces import card, name_html, number
from qa.web.evidence.permalink import permalink
from qa.web.words import Language, word

ARTICLES = 4  # that the text names of a neighbourhood
LONGEST_ASKED = 60  # code points of a title inside of a question
_MARGIN = 5.0  # per cent of the picture that stay free around the points
_HAN_WIDTH, _LATIN_WIDTH = 1.7, 0.9  # per cent that a letter of a label takes on a desktop

# Around (0, 0), about as large to the eye as each other; the first is for the rest.
_SHAPES = (
    "M-3.6 0A3.6 3.6 0 1 0 3.6 0A3.6 3.6 0 1 0 -3.6 0Z",
    "M-4.8 0A4.8 4.8 0 1 0 4.8 0A4.8 4.8 0 1 0 -4.8 0Z",
    "M-4.3 -4.3H4.3V4.3H-4.3Z",
    "M0 -5.6L5.4 4.2H-5.4Z",
    "M0 -6.2L6.2 0L0 6.2L-6.2 0Z",
    "M0 5.6L5.4 -4.2H-5.4Z",
    "M-1.9 -5.6H1.9V-1.9H5.6V1.9H1.9V5.6H-1.9V1.9H-5.6V-1.9H-1.9Z",
    "M0 -6.4L1.7 -2.1L6.1 -2L2.7 0.9L3.8 5.2L0 2.8L-3.8 5.2L-2.7 0.9L-6.1 -2L-1.7 -2.1Z",
)


def map_html(parts: Parts, language: Language) -> str:
    """Return the card of the map; before it is drawn, one that is as large."""
    topics = parts.topics
    if topics is None:
        if parts.finished:
            said = word("map_failed", language, problem=name_html(parts.problem))
            return card("map", language, f'<p class="wj-check wj-look" role="status">{said}</p>', kind="wj-topics")
        waiting = f'<div class="wj-map wj-pending" role="status"><p>{word("map_pending", language)}</p></div>'
        return card("map", language, waiting, kind="wj-topics")
    if not topics.points:
        return card("map", language, f'<p class="wj-faint">{word("map_none", language)}</p>', kind="wj-topics")
    legend = legend_of(topics)
    shown, articles = number(len(topics.points)), number(len(topics.articles))
    sampled = len(topics.points) < topics.passages
    aside = word(
        "map_sampled" if sampled else "map_all",
        language,
        shown=shown,
        passages=number(topics.passages),
        articles=articles,
    )
    label = word("map_label", language, shown=shown)
    content = (
        f'<p class="wj-faint">{word("map_lead", language)}</p>'
        f'<div class="wj-map" role="group" aria-label="{label}">{_svg(topics, legend)}'
        f'<a class="wj-cursor" href="#" hidden></a>'
        f'<div class="wj-tip" role="status" hidden data-open="{word("map_open", language)}" '
        f'data-ask="{word("map_ask", language)}"></div>'
        f"<template>{escape_html(_data(topics, language))}</template></div>"
        f"{_legend(legend, language)}{_as_text(topics, language)}"
    )
    return card("map", language, content, kind="wj-topics", aside=aside)


def question_of(article: Mapped, language: Language) -> str:
    """Return what to ask about an article: a question that it answers, else what it says, in its own language."""
    if article.question:
        return article.question
    title = article.title if len(article.title) <= LONGEST_ASKED else article.title[:LONGEST_ASKED] + "…"
    spoken: Language = "zh" if holds_han(article.title) else "en" if article.title.isascii() else language
    return word("map_question", spoken, title=" ".join(title.split()))


def _svg(topics: TopicMap, legend: Legend) -> str:
    shapes = "".join(f'<path id="wj-dot-{place}" d="{path}"/>' for place, path in enumerate(_SHAPES[: COLOURS + 1]))
    places = [(_percent(point.x), _percent(point.y)) for point in topics.points]
    land = "".join(f'<use href="#wj-land" x="{x}%" y="{y}%"/>' for x, y in places)
    dots = "".join(
        f'<use href="#wj-dot-{legend.colours[point.article]}" class="wj-k{legend.colours[point.article]}" '
        f'x="{x}%" y="{y}%" data-a="{point.article}" data-s="{point.start}-{point.end}"/>'
        for point, (x, y) in zip(topics.points, places, strict=True)
    )
    return (
        f'<svg aria-hidden="true" focusable="false"><defs>{shapes}<circle id="wj-land" r="26"/></defs>'
        f'<g class="wj-shore">{land}</g><g class="wj-ground">{land}</g>'
        f'<g class="wj-dots">{dots}</g><g class="wj-labels">{_labels(topics)}</g></svg>'
    )


def _percent(place: float) -> str:
    return f"{_MARGIN + place * (100 - 2 * _MARGIN):.2f}"


def _labels(topics: TopicMap) -> str:
    """Return the names of the neighbourhoods, the largest first; one that would cover another moves up or down."""
    taken: list[tuple[float, float, float]] = []  # middle, height, half of the width; in per cent
    labels = []
    for number_of, one in enumerate(topics.neighbourhoods):
        if not one.words:
            continue
        half = sum(_HAN_WIDTH if holds_han(letter) else _LATIN_WIDTH for letter in " ".join(one.words)) / 2
        x = min(max(float(_percent(one.x)), half + 1), 99 - half)
        y = _above(topics, number_of)
        steps = (y + step for step in (0, -5, 5, -10, 10, -15, 15))
        y = next((moved for moved in steps if 4 < moved < 97 and _free(x, moved, half, taken)), y)
        taken.append((x, y, half))
        first, *more = (escape_html(text) for text in one.words)
        rest = "".join(f'<tspan class="wj-more"> {text}</tspan>' for text in more)
        labels.append(f'<text x="{x:.2f}%" y="{y:.2f}%"><tspan>{first}</tspan>{rest}</text>')
    return "".join(labels)


def _above(topics: TopicMap, neighbourhood: int) -> float:
    """Return the height just above the points around the middle of a neighbourhood, in per cent."""
    middle = topics.neighbourhoods[neighbourhood]
    near = [
        point.y
        for point in topics.points
        if point.neighbourhood == neighbourhood and abs(point.x - middle.x) < 0.1 and abs(point.y - middle.y) < 0.12
    ]
    return max(5.0, float(_percent(min(near, default=middle.y))) - 2.6)


def _free(x: float, y: float, half: float, taken: Sequence[tuple[float, float, float]]) -> bool:
    return all(abs(y - height) >= 5 or abs(x - middle) >= half + width for middle, height, width in taken)


def _data(topics: TopicMap, language: Language) -> str:
    """Return what the script shows of each article, and where it leads."""
    return json.dumps(
        [
            {
                "title": one.title[:300],
                "about": " · ".join(text[:80] for text in (one.publisher, one.date) if text),
                "question": question_of(one, language),
                "ask": asking(question_of(one, language)),
                "open": permalink(one.document_id),
            }
            for one in topics.articles
        ],
        ensure_ascii=False,
    )


def _legend(legend: Legend, language: Language) -> str:
    items = []
    for key in legend.keys:
        if key.colour == REST:
            name = word("map_unnamed" if legend.unnamed else "map_other", language)
        else:
            name = name_html(key.name if legend.by == "publisher" else short_source(key.name))
        items.append(
            f'<li><button type="button" class="wj-key" data-key="{key.colour}" aria-pressed="false">'
            f'<svg aria-hidden="true" viewBox="-8 -8 16 16"><path class="wj-k{key.colour}" d="{_SHAPES[key.colour]}"/>'
            f"</svg>{name}<span>{number(key.points)}</span></button></li>"
        )
    label = word(f"map_legend_{legend.by}", language)
    return f'<div class="wj-legend"><p>{label}</p><ul aria-label="{label}">{"".join(items)}</ul></div>'


def _as_text(topics: TopicMap, language: Language) -> str:
    """Return the neighbourhoods as a table, with their articles as links."""
    heads = "".join(f'<th scope="col">{word(f"map_{name}", language)}</th>' for name in ("words", "points", "articles"))
    rows = "".join(_text_row(one, topics, language) for one in topics.neighbourhoods)
    return (
        f'<details class="wj-map-text"><summary>{word("map_as_text", language)}</summary>'
        f'<div class="wj-scroll" tabindex="0" role="region" aria-label="{word("map_as_text", language)}">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div></details>"
    )


def _text_row(one: Neighbourhood, topics: TopicMap, language: Language) -> str:
    words = " · ".join(name_html(text) for text in one.words) or word("map_nameless", language)
    links = [_article_link(topics, article) for article in one.articles[:ARTICLES]]
    rest = len(one.articles) - ARTICLES
    more = f'<li class="wj-faint">{word("map_more", language, count=number(rest))}</li>' if rest > 0 else ""
    listed = "".join(f"<li>{link}</li>" for link in links)
    return f'<tr><th scope="row">{words}</th><td>{number(one.points)}</td><td><ul>{listed}{more}</ul></td></tr>'


def _article_link(topics: TopicMap, article: int) -> str:
    mapped = topics.articles[article]
    point = next(point for point in topics.points if point.article == article)
    address = escape_html(permalink(mapped.document_id, Span(point.start, point.end)))
    return f'<a href="{address}">{name_html(mapped.title)}</a>'
