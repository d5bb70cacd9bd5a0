"""Several readings become one answer with numbered evidence."""

from dataclasses import replace

from library_fixtures import ENCODER, one_article

from qa.answer.attempt import Attempt
from qa.answer.confidence import Confidence
from qa.answer.gather import answer_text, evidence_of, gather, sentence_text
from qa.answer.question import Asked
from qa.answer.read import Reading
from qa.retrieval.search import Found
from qa.store.rows import StoredPassage, StoredSentence
from qa.types import Hit

TEXT = "校长是林岚。学校有九个班。"
_, ARTICLE, (PASSAGE,) = one_article("school.txt", "学校", [TEXT])
STORED = StoredPassage(1, PASSAGE, (StoredSentence(0, 6), StoredSentence(6, 13)))
FOUND = Found(Hit(1, 1.0, PASSAGE, ARTICLE), STORED, ENCODER.encode_queries(["a", "b"])[:, 0])


def reading(sentence: tuple[int, int], answer: tuple[int, int]) -> Reading:
    return Reading(FOUND, *sentence, *answer, Asked.OTHER, holds_type=True, score=1.0)


def test_what_a_second_copy_of_an_article_says_is_not_said_again() -> None:
    """Two parts of a question may each rank another copy first; another sentence of the copy is still heard."""
    _, article, (passage,) = one_article("copy.txt", "学校", [TEXT])
    shown = replace(FOUND, hit=replace(FOUND.hit, also_in=("copy.txt",)))
    other = replace(
        FOUND, stored=replace(STORED, number=2, passage=passage), hit=Hit(1, 1.0, passage, article, {}, ("school.txt",))
    )
    first, again = replace(HEAD, found=shown), replace(HEAD, found=other)

    gathered = gather([Attempt("", (), one, SURE, {}) for one in (first, again, replace(CLASSES, found=other))])

    assert [one.found.hit.article.document_id for one in gathered.readings] == ["school.txt", "copy.txt"]
    assert [one.start for one in gathered.readings] == [0, 6]
    assert evidence_of(gathered.readings)[0].also_in == ("copy.txt",)


HEAD = reading((0, 6), (3, 5))
CLASSES = reading((6, 13), (9, 12))
SURE, UNSURE = Confidence(0.9, True, None), Confidence(0.1, False, "The documents do not say.")


def attempt(what: Reading | None, verdict: Confidence) -> Attempt:
    return Attempt("…", (FOUND,), what, verdict, {})


def test_two_parts_make_one_answer_with_two_pieces_of_evidence() -> None:
    gathered = gather([attempt(HEAD, SURE), attempt(CLASSES, Confidence(0.7, True, None))])

    assert answer_text(gathered.readings) == "林岚；九个班"
    assert sentence_text(gathered.readings) == "校长是林岚。\n学校有九个班。"
    assert [(item.start, item.end) for item in evidence_of(gathered.readings)] == [(0, 6), (6, 13)]
    assert (gathered.confidence, gathered.reason) == (0.7, None)


def test_a_part_without_an_answer_says_why_and_leaves_the_other() -> None:
    gathered = gather([attempt(HEAD, SURE), attempt(CLASSES, UNSURE)])

    assert answer_text(gathered.readings) == "林岚"
    assert (gathered.confidence, gathered.reason) == (0.9, "The documents do not say.")


def test_silence_has_no_reading_and_the_least_confidence() -> None:
    gathered = gather([attempt(None, UNSURE)])

    assert (gathered.readings, gathered.confidence, gathered.reason) == ((), 0.1, "The documents do not say.")


def test_an_article_that_answers_differently_comes_second() -> None:
    gathered = gather([attempt(replace(HEAD, rival=CLASSES), SURE)])

    assert gathered.readings == (replace(HEAD, rival=CLASSES), CLASSES)
    assert answer_text(gathered.readings) == "林岚；九个班"


def test_the_same_place_and_the_same_words_count_once() -> None:
    gathered = gather([attempt(HEAD, SURE), attempt(HEAD, SURE)])

    assert gathered.readings == (HEAD,)
    assert answer_text([HEAD, HEAD]) == "林岚"
    assert len(evidence_of([HEAD, HEAD])) == 1
