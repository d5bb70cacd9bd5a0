"""The pictures of the documentation, drawn from what the code does with the sample corpus.

The way of a question shows the kept example answer, the way of a document what reading one of the samples gives, the
curve what the calibration of the confidence reached. The same code and sample give the same bytes. The words of ours
in them stand in `qa.reference.words`.
"""

import json
from collections import Counter
from importlib.resources import files
from itertools import pairwise

from qa.corpus.pipeline import articles_of
from qa.corpus.readers import document_of
from qa.corpus.repairs import RepairKind
from qa.reference import example
from qa.reference.drawing import ACCENT, EDGE, FAINT, INK, Box, arrow, card, picture, text
from qa.reference.words import WORDS, Language
from qa.types import Document, Stage
from qa.web.wording.documents import DOCUMENTS

SAMPLE = "yanxi-spring-tea.txt"
_WIDTH = 860.0
_GAP = 26.0  # between two rows of boxes
_LEGS = ("dense", "keyword", "dictionary")


def way_of_a_question(language: Language = "en") -> str:
    """Return the picture of a question on its way to a proved answer, stage by stage."""
    words = WORDS[language]
    answer = example.kept()
    cited, first = answer["citations"][0], answer["hits"][0]
    marked = answer["sentence"].replace(answer["answer"], f"⟦{answer['answer']}⟧")
    asked = Box(170, 24, 650, words["question"], [answer["question"]])
    y = asked.bottom + _GAP
    legs = {name: leg for name, leg in first["why"].items() if name in _LEGS}
    width = (650 - 16 * (len(legs) - 1)) / len(legs)
    searched = [
        Box(170 + number * (width + 16), y, width, words[name], [_leg(leg, words["rank"])])
        for number, (name, leg) in enumerate(legs.items())
    ]
    found = Box(
        170, max(box.bottom for box in searched) + _GAP, 650, words["added"],
        [f"{hit['rank']}  《{hit['title']}》 {hit['source']}:{hit['start']}-{hit['end']}" for hit in answer["hits"]],
    )  # fmt: skip
    read = Box(170, found.bottom + _GAP, 650, words["read"], [marked])
    guard = Box(170, read.bottom + _GAP, 650, words["guard"],
                [words["speaks"].format(confidence=answer["confidence"])])  # fmt: skip
    proved = Box(
        170, guard.bottom + _GAP, 650, words["proof"],
        [words["place"].format(**{**cited, "match": words[cited["match"]]}), f"“{cited['quote']}”"],
    )  # fmt: skip
    column = [asked, *searched, found, read, guard, proved]
    arrows = [arrow(box.middle, asked.bottom, box.middle, box.y) for box in searched]
    arrows += [arrow(box.middle, box.bottom, box.middle, found.y) for box in searched]
    arrows += [arrow(495, one.bottom, 495, other.y) for one, other in ((found, read), (read, guard), (guard, proved))]
    stages = {Stage.SEARCHING: (searched[0].y, found.bottom), Stage.READING: (read.y, guard.bottom),
              Stage.PROVING: (proved.y, proved.bottom)}  # fmt: skip
    bands = [_band(words[stage.value], *stages[stage]) for stage in Stage if stage in stages]  # writing needs a model
    return picture(_WIDTH, proved.bottom + 24, words["way_of_a_question"], [*bands, *map(card, column), *arrows])


def way_of_a_document(language: Language = "en") -> str:
    """Return the picture of a sample file on its way to passages."""
    words = WORDS[language]
    data = (example.DOCS / "articles" / SAMPLE).read_bytes()
    document = document_of(SAMPLE, data)
    if not isinstance(document, Document):
        raise TypeError(f"{SAMPLE} was not read: {document.reason}")
    articles, passages, repairs = articles_of(document)
    article, passage = articles[0], next(one for one in passages if one.kind.value == "body")
    kinds = Counter(repair.kind for repair in repairs)
    raw = document.text[passage.span.start : passage.span.end][:96]
    lost = next(repair for repair in repairs if repair.kind is RepairKind.LOST)
    boxes = _column(
        (words["bytes"], [words["read_bytes"].format(name=SAMPLE, count=len(data), hash=document.sha256[:12])]),
        (
            words["decoded"],
            [words["characters"].format(encoding=document.encoding, count=len(document.text)), f"{raw}…"],
        ),
        (
            words["repaired_text"],
            [f"{passage.text[:70]}…", *(f"{count} × {_kind(kind, language)}" for kind, count in kinds.most_common(4)),
             words["reads"].format(before=lost.before, start=lost.span.start, after=lost.after)],
        ),
        (words["articles"], [f"《{article.title}》 · {article.publisher} · {article.date} · {article.place}"]),
        (
            words["passages"],
            [words["first"].format(count=len(passages), id=passage.id)],
        ),
        (words["store"], [words["rows"]]),
    )  # fmt: skip
    arrows = [arrow(430, one.bottom, 430, other.y) for one, other in pairwise(boxes)]
    return picture(_WIDTH, boxes[-1].bottom + 24, words["way_of_a_document"], [*map(card, boxes), *arrows])


def confidence_curve(language: Language = "en") -> str:
    """Return refusals that were right, traps that were refused, and answerable questions silenced, by threshold."""
    words = WORDS[language]
    fit = json.loads((files("qa.answer") / "calibration.json").read_text(encoding="utf-8"))["reader"]
    by_threshold = fit["cross_fitted"]["precision_recall_silenced_by_threshold"]
    points = [(float(threshold), values) for threshold, values in by_threshold.items()]
    left, top, width, height = 70.0, 54.0, 520.0, 300.0
    low, high = points[0][0], points[-1][0]

    def place(threshold: float, share: float) -> tuple[float, float]:
        return left + (threshold - low) / (high - low) * width, top + (1 - share) * height

    parts = []
    for tenth in range(0, 11, 2):
        x, y = place(low, tenth / 10)
        parts.append(
            f'<path d="M{x:g} {y:g}h{width:g}" stroke="{EDGE}"/>'
            + text(x - 34, y + 4, f"{tenth / 10:.1f}", colour=FAINT)
        )
    for threshold, _ in points:
        x, y = place(threshold, 0)
        parts.append(text(x - 10, y + 22, f"{threshold:g}", colour=FAINT))
    lines = (
        (words["right"], ACCENT),
        (words["refused"], INK),
        (words["silenced"], "#5b7f95"),
    )
    for number, (said, colour) in enumerate(lines):
        at = [place(threshold, values[number]) for threshold, values in points]
        parts.append(
            f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in at)}" fill="none" stroke="{colour}" '
            'stroke-width="2"/>'
            + "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in at)
            + text(left + width + 14, at[-1][1] + 4, said, colour=colour)
        )
    x, _ = place(fit["threshold"], 0)
    parts.append(f'<path d="M{x:g} {top:g}v{height:g}" stroke="{FAINT}" stroke-dasharray="4 4"/>')
    parts.append(text(x + 6, top + height - 10, words["from"].format(threshold=fit["threshold"]), colour=FAINT))
    about = words["about"].format(questions=fit["cross_fitted"]["questions"])
    parts.append(text(left, top + height + 46, about, colour=FAINT))
    return picture(_WIDTH, top + height + 66, words["curve"], parts)


def _leg(leg: dict[str, object], rank: str) -> str:
    terms = leg.get("terms")
    return rank.format(rank=leg["rank"]) + (
        f": {' '.join(map(str, terms))}" if isinstance(terms, list) and terms else ""
    )


def _kind(kind: RepairKind, language: Language) -> str:
    return kind.value if language == "en" else DOCUMENTS[language][f"repair_{kind.name.lower()}"]


def _band(stage: str, top: float, bottom: float) -> str:
    """Return the name of a stage beside the boxes that belong to it."""
    line = f'<path d="M150 {top:g}V{bottom:g}" stroke="{ACCENT}" stroke-width="2"/>'
    return line + text(30, (top + bottom) / 2 + 5, stage, colour=ACCENT, serif=True)


def _column(*contents: tuple[str, list[str]]) -> list[Box]:
    boxes: list[Box] = []
    y = 24.0
    for title, lines in contents:
        boxes.append(Box(40, y, 780, title, lines))
        y = boxes[-1].bottom + _GAP
    return boxes
