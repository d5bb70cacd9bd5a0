"""Search: one question through all legs to ranked hits. Reads a snapshot of the store; answers nothing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import numpy as np

from embeddings.encoder import Encoder, Vectors
from embeddings.faiss_store import FaissStore
from qa.corpus.credits import Work, credits_in
from qa.retrieval.authorship import Inquiry, inquiry_in
from qa.retrieval.dense import DenseIndex, DenseMatch
from qa.retrieval.fuse import FusionWeights, fuse, weights_for
from qa.retrieval.keyword import KeywordIndex
from qa.retrieval.reprints import Reprints
from qa.retrieval.selection import Selector
from qa.retrieval.titles import QUOTATION, Titles
from qa.retrieval.tokens import holds_han, in_simplified, shared_words
from qa.retrieval.translate import Translator
from qa.store.rows import Contents, StoredPassage
from qa.types import Article, BlockKind, Hit, Leg

_OFFICE_AND_NAME = re.compile(r"(?!.*(?:记者|通讯员|编辑|摄影|文/|图/)).{2,40}\s[\u4e00-\u9fff]{2,4}")
_DEPTH = 200  # passages taken from each leg before they are fused
_NAMED = 1.0  # fused score for a passage of an article that the question names: that of a sure find, and no word of it
ABOVE = 0.01
"""Fused score of a by-line over its article; less than what tells two articles apart."""

_OWN = 0.001  # share of its own score that a raised passage keeps, so that the best of an article's captions leads


@dataclass(frozen=True, slots=True)
class Found:
    """A hit with what the answerer needs besides: the passage's row and how its sentences score.

    Attributes:
        stored: The passage as it stands in the store, with its sentences.
        sentence_cosines: One per sentence, in order, with the query.
    """

    hit: Hit
    stored: StoredPassage
    sentence_cosines: Vectors


def context_of(article: Article, heading: str | None = None) -> str:
    """Return what travels with every passage and sentence of an article, for a paragraph seldom names its subject.

    Kicker, title, place, publisher, section heading, and the by-line where an author signs with an office: he writes
    about his own house.
    """
    office = article.byline if article.byline and _OFFICE_AND_NAME.fullmatch(article.byline) else None
    parts = [article.subtitle, article.title, article.place, office, article.publisher, heading]
    return " ".join(part for part in parts if part)


def passage_of(found: Found) -> tuple[str, str]:
    """Return context and text of a passage, as rerankers and readers take them."""
    return context_of(found.hit.article, found.hit.passage.heading), found.stored.passage.text


class Search:
    """The indexes of one generation of the store, ready to be asked. Immutable once built; share between threads."""

    def __init__(self, contents: Contents, encoder: Encoder, *, weights: FusionWeights | None = None) -> None:
        """Build the indexes.

        Args:
            contents: Of one generation.
            encoder: That made its vectors.
            weights: Of the fusion; by default those fitted to the encoder.
        """
        self.contents = contents
        self.model = encoder.name
        self._encoder = encoder
        self._weights = weights or weights_for(encoder.name)
        dimension = encoder.dimension
        self._dense = DenseIndex(contents, FaissStore(dimension), FaissStore(dimension)) if contents.passages else None
        self._passages_of: dict[str, list[StoredPassage]] = {}
        for stored in contents.passages:
            self._passages_of.setdefault(stored.passage.article_id, []).append(stored)
        self._reprints = Reprints(contents.passages, contents.articles)
        texts = [(stored.number, self.searched_text(stored)) for stored in contents.passages]
        self.keyword = KeywordIndex(texts)
        self._translator = Translator(self.keyword, [text for _, text in texts])
        self._chinese = {stored.number for stored in contents.passages if holds_han(stored.passage.text)}

    def article_of(self, stored: StoredPassage) -> Article:
        """Return the article that a passage belongs to."""
        return self.contents.articles[stored.passage.article_id]

    def searched_text(self, stored: StoredPassage) -> str:
        """Return what the keyword leg sees of a passage: its context and its text."""
        return f"{context_of(self.article_of(stored), stored.passage.heading)}\n{stored.passage.text}"

    def article_text(self, article_id: str) -> str:
        """Return all that is searched of an article: context, by-line and every passage."""
        article = self.contents.articles[article_id]
        passages = self._passages_of[article_id]
        headings = dict.fromkeys(stored.passage.heading or "" for stored in passages)
        parts = [context_of(article), article.byline or "", article.date or "", article.column or "", *headings]
        return "\n".join([*parts, *(stored.passage.text for stored in passages)])

    def encode(self, query: str) -> Vectors:
        """Return the query's vector, shape (dimension,)."""
        vector: Vectors = self._encoder.encode_queries([query])[0]
        return vector

    @cached_property
    def selector(self) -> Selector:
        """What the articles can be chosen by; made when first needed."""
        return Selector(self.contents)

    @cached_property
    def titles(self) -> Titles:
        """The titles that a question may name; made when first needed."""
        return Titles(self.contents.articles.values())

    def inquiry(self, question: str) -> Inquiry | None:
        """Return what a question asks about the maker of an article of this store; None for any other question.

        A title that no article has is that of a book or the like, of which some article may tell.
        """
        asked = inquiry_in(question)
        if asked is None or self.titles.named(question, unquoted=True):
            return asked
        return asked if asked.of_article and asked.topic and not any(one.is_title for one in asked.quoted) else None

    def search(
        self,
        query: str,
        *,
        k: int,
        vector: Vectors | None = None,
        among: frozenset[int] | None = None,
        credited: frozenset[Work] = frozenset(),
    ) -> list[Found]:
        """Return the k best passages, best first, ties by passage id; of re-prints, that of the best one.

        Args:
            query: Words or a question.
            k: How many.
            vector: The query's vector where the caller has it already.
            among: Numbers of the passages to search, as if there were no others; how rare a word is, and how it is
                translated, all passages tell. None searches all.
            credited: For a question about who made an article, what was done; the passages that name somebody for it
                are put just above the best one of their article.
        """
        if self._dense is None or (among is not None and not among):
            return []
        vector = self.encode(query) if vector is None else vector
        keyword = {match.number: match.coverage for match in self.keyword.search(query, k=_DEPTH, among=among)}
        translations = self._translator.translations(query)
        translated = self._translator.search(translations, k=_DEPTH, among=among)
        dictionary = {match.number: match.coverage for match in translated}
        named = self._named(query, among, unquoted=bool(credited))
        also = frozenset(keyword) | frozenset(dictionary) | frozenset(named)
        dense = _by_number(self._dense.search(vector, k=_DEPTH, also=also, among=among))
        in_chinese = vector
        if translations and self._weights.dictionary:
            # Meaning is told worse between languages than within one, so Chinese passages are held against a point
            # halfway to the question's words in Chinese. Evidence first of 283 English questions on the validation
            # articles: .640 without, .767 halfway, .686 with the words alone (2026-11-25).
            in_chinese = (vector + self.encode(self._translator.in_chinese(translations))) * np.float32(0.5)
            again = _by_number(self._dense.search(in_chinese, k=_DEPTH, also=frozenset(dense), among=among))
            dense |= {number: match for number, match in again.items() if number in self._chinese}
        scores = {
            number: fuse(
                self._weights,
                cosine=match.mixed(self._weights.sentence_share),
                keyword=keyword.get(number, 0.0),
                dictionary=dictionary.get(number, 0.0),
                aside=self._stored(number).passage.kind is not BlockKind.BODY,
            )
            + _NAMED * (number in named)
            for number, match in dense.items()
            if credited or self._stored(number).passage.kind is not BlockKind.IMPRINT
        }
        if credited:
            self._raise_credits(scores, credited, among, most=k)
        order = sorted(scores, key=lambda number: (-scores[number], self._stored(number).passage.id))
        best = list(islice(self._reprints.once(map(self._stored, order)), k))
        ranks = {
            "dense": _ranks({number: self._mixed(match) for number, match in dense.items()}),
            "keyword": _ranks(keyword),
            "dictionary": _ranks(dictionary),
        }
        # Passages are kept in Simplified characters: against a question in Traditional ones their sentences would seem
        # further away than they are, and the confidence rests on that. The ranking is left to the question as typed.
        simplified = in_simplified(query)
        told = in_chinese if simplified == query else self.encode(simplified)
        found = []
        for rank, stored in enumerate(best, start=1):
            number = stored.number
            text = self.searched_text(stored)
            terms = {"keyword": shared_words(query, text), "dictionary": self._translator.terms(translations, text)}
            why = {leg: Leg(*places[number], terms.get(leg, ())) for leg, places in ranks.items() if number in places}
            if number in named:
                why["title"] = Leg(1, _NAMED, (named[number],))
            elsewhere = self._reprints.also_in(stored, among)
            hit = Hit(rank, scores[number], stored.passage, self.article_of(stored), why, elsewhere)
            asked = told if number in self._chinese else vector
            found.append(Found(hit, stored, self._dense.sentence_cosines(self._dense.row(number), asked)))
        return found

    def _named(self, query: str, among: frozenset[int] | None, *, unquoted: bool) -> dict[int, str]:
        """Return the passages of the articles that a question names, by number, with their title."""
        if not unquoted and QUOTATION.search(query) is None:
            return {}  # most questions, and the titles need not be made ready
        return {
            stored.number: self.contents.articles[name].title
            for name in self.titles.named(query, unquoted=unquoted)
            for stored in self._passages_of.get(name, ())
            if among is None or stored.number in among
        }

    def _raise_credits(
        self, scores: dict[int, float], works: frozenset[Work], among: frozenset[int] | None, *, most: int
    ) -> None:
        """Put the passages that name who made an article just above the best of its passages, for the best articles.

        Who wrote an article stands in its by-line, and what the question tells of it in the other passages.
        """
        best: dict[str, float] = {}
        for number, score in scores.items():
            article = self._stored(number).passage.article_id
            best[article] = max(score, best.get(article, score))
        for article in sorted(best, key=lambda name: (-best[name], name))[:most]:
            for stored in self._passages_of[article]:
                passage, number = stored.passage, stored.number
                named = any(
                    credit.works & works
                    for credit in credits_in(passage.text, passage.kind, title=self.article_of(stored).title)
                )
                if named and (among is None or number in among):
                    scores[number] = best[article] + ABOVE + _OWN * scores.get(number, 0.0)

    def _mixed(self, match: DenseMatch) -> float:
        return match.mixed(self._weights.sentence_share)

    def _stored(self, number: int) -> StoredPassage:
        assert self._dense is not None
        return self.contents.passages[self._dense.row(number)]


def _by_number(matches: Iterable[DenseMatch]) -> dict[int, DenseMatch]:
    return {match.number: match for match in matches}


def _ranks(scores: dict[int, float]) -> dict[int, tuple[int, float]]:
    """Return rank (from 1) and score of each passage number."""
    order = sorted(scores, key=lambda number: (-scores[number], number))
    return {number: (rank, scores[number]) for rank, number in enumerate(order, start=1)}
