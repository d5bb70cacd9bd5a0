"""A turn as a row of the file of conversations and back, to the last digit; sizes are checked here.

The row holds every field, not the public JSON, which rounds and leaves out; only the text of whole articles and the
maps into sources stay where they belong, in the store of documents. Opens no database.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from qa.chat.turns import Turn
from qa.errors import ConversationError
from qa.escape import clean
from qa.retrieval.tokens import fold
from qa.store.hashes import row_hash
from qa.types import AlignedText, Citation

MOST_TURNS = 500  # of one conversation; one more is refused
MOST_TITLE = 200  # characters
MOST_FIRST_TITLE = 60  # characters of a first question that become the title
MOST_QUESTION = 50_000  # characters; one that is too long to answer is kept with what was said about it
MOST_NOTE = 4_000  # characters

LOST = "The record of this question and its answer is damaged; the other ones are whole."

_TURN = TypeAdapter(Turn)
_HALF = re.compile("[\ud800-\udfff]")  # half a surrogate pair cannot be written as UTF-8


class TurnRow(NamedTuple):
    """The columns of a turn, without those that say where it stands."""

    body: str
    words: str
    rating: int
    note: str
    row_hash: bytes


def row_of(turn: Turn) -> TurnRow:
    """Return the row of a turn whose number is given."""
    body = _TURN.dump_json(replace(turn, rating=0, note=""), exclude={"damaged"}).decode("utf-8")
    return TurnRow(body, _words(turn), turn.rating, turn.note, _hash(turn.number, body, turn.rating, turn.note))


def turn_of(number: int, body: bytes, rating: int, note: bytes, stored_hash: bytes) -> Turn | None:
    """Return the turn of a row, its texts in UTF-8, or None for a row that is not what was written."""
    whole = whole_body(number, body, rating, note, stored_hash)
    try:
        return None if whole is None else replace(_read(whole), rating=rating, note=note.decode("utf-8"))
    except ValidationError:
        return None


def whole_body(number: int, body: bytes, rating: int, note: bytes, stored_hash: bytes) -> str | None:
    """Return the text of a row's turn, or None for a row that is not what was written."""
    try:
        text, said = body.decode("utf-8"), note.decode("utf-8")
    except (UnicodeDecodeError, AttributeError):  # bytes of a text, or a text itself, are lost
        return None
    return text if _hash(number, text, rating, said) == stored_hash else None


def lost_turn(number: int, _: bytes, rating: object, note: object, *, asked_at: str) -> Turn:
    """Return what stands in the place of a turn that is not what was written; it says so.

    Args:
        number: Of the turn.
        rating: As far as it can still be read.
        note: The same.
        asked_at: A moment before which it was not asked.
    """
    kept = rating if isinstance(rating, int) and rating in (-1, 0, 1) else 0
    said = note.decode("utf-8", "replace")[:MOST_NOTE] if isinstance(note, bytes) else ""
    return Turn(number, "", asked_at, None, f"{LOST} Ask it again.", rating=kept, note=said, damaged=True)


def rated_hash(number: int, body: str, rating: int, note: str) -> bytes:
    """Return the hash of a row that gets another rating and note."""
    return _hash(number, body, rating, note)


def checked(turn: Turn) -> Turn:
    """Return the turn as it can be kept: characters that no file can hold are replaced.

    Raises:
        ConversationError: The question or the note is too long, the rating is none, or a value is of another form.
    """
    if len(turn.question) > MOST_QUESTION:
        raise ConversationError(
            f"A question of {len(turn.question)} characters is not kept; {MOST_QUESTION} is the most.",
            "Ask a shorter one.",
        )
    rating, note = checked_rating(turn.rating, turn.note)
    return _readable(replace(without_maps(turn), rating=rating, note=note))


def without_maps(turn: Turn) -> Turn:
    """Return the turn without the blocks of its articles and the maps of its passages: an article is opened anew."""
    answer = turn.answer
    if answer is None:
        return turn
    written = answer.written
    if written is not None:
        written = replace(written, citations=_without_blocks(written.citations))
    hits = tuple(
        replace(
            hit,
            article=replace(hit.article, blocks=()),
            passage=replace(hit.passage, content=AlignedText(hit.passage.text, ())),
        )
        for hit in answer.hits
    )
    citations = _without_blocks(answer.citations)
    return replace(turn, answer=replace(answer, citations=citations, hits=hits, written=written))


def _without_blocks(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    return tuple(replace(one, article=replace(one.article, blocks=())) for one in citations)


def checked_rating(rating: int, note: str) -> tuple[int, str]:
    """Return what a reader said about an answer.

    Raises:
        ConversationError: The note is too long, or the rating is neither 1, 0 nor -1.
    """
    if rating not in (-1, 0, 1) or isinstance(rating, bool):
        raise ConversationError(f"{rating} is not a rating.", "Give 1 for good, -1 for bad, or 0 for neither.")
    if len(note) > MOST_NOTE:
        raise ConversationError(
            f"The note has {len(note)} characters; {MOST_NOTE} is the most.", "Say it in fewer words."
        )
    return rating, _whole(note)


def checked_title(title: str) -> str:
    """Return a title on one line.

    Raises:
        ConversationError: It is empty or too long.
    """
    line = _line(title)
    if not line:
        raise ConversationError("The title is empty.", "Type one.")
    if len(line) > MOST_TITLE:
        raise ConversationError(
            f"The title has {len(line)} characters; {MOST_TITLE} is the most.", "Type a shorter one."
        )
    return line


def title_of(question: str) -> str:
    """Return the title of a conversation that begins with this question."""
    line = _line(question)
    return line if len(line) <= MOST_FIRST_TITLE else line[: MOST_FIRST_TITLE - 1].rstrip() + "…"


def search_words(text: str) -> list[str]:
    """Return what must all be found, folded: width, case, and Traditional to Simplified."""
    return fold(_whole(text)).split()


def folded(text: str) -> str:
    """Return the text as it is searched."""
    return fold(_whole(text))


def _readable(turn: Turn) -> Turn:
    """Return the turn as it will be read again; nothing is acknowledged that could not be."""
    try:
        body = _TURN.dump_json(turn)
    except PydanticSerializationError:  # half a surrogate pair somewhere: in a question, a filter, a reason
        body = _whole(json.dumps(_TURN.dump_python(turn), ensure_ascii=False)).encode("utf-8")
    try:
        return _read(body)
    except ValidationError as error:
        raise ConversationError(
            f"This answer cannot be kept ({error.error_count()} values of another form).", "Please report it."
        ) from error


def _read(body: str | bytes) -> Turn:
    return without_maps(_TURN.validate_json(body, strict=True))


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _whole(text: str) -> str:
    return _HALF.sub("\ufffd", text)


def _words(turn: Turn) -> str:
    """Return what a turn is found by: question, answer, what a language model wrote that is proved, and quotations."""
    texts = [turn.question]
    if turn.answer is not None:
        texts += [turn.answer.answer or "", turn.answer.sentence or ""]
        if turn.answer.written is not None:
            texts += [sentence.text for sentence in turn.answer.written.sentences if sentence.proved]
        texts += [text for citation in turn.answer.all_citations for text in (citation.quote, citation.text)]
    return folded("\n".join(dict.fromkeys(filter(None, texts))))


def _hash(number: int, body: str, rating: int, note: str) -> bytes:
    return row_hash(number, body, rating, note)
