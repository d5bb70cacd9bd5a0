"""Thousands of false sentences made from the sample corpus, each with a true quotation: none may be proved."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from llm_attacks import false_sentences, sentences_in, true_sentences

from qa.corpus.pipeline import articles_of
from qa.corpus.readers import find_files, read_document
from qa.llm.proof import Draft, Source, prove
from qa.types import BlockKind, Document

ARTICLES = Path(__file__).parents[2] / "docs" / "articles"


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    """Every paragraph of the sample corpus."""
    found = []
    for path in find_files(ARTICLES)[0]:
        document = read_document(ARTICLES, path)
        assert isinstance(document, Document)
        articles, passages, _ = articles_of(document)
        by_id = {article.id: article for article in articles}
        found += [Source(1, one, by_id[one.article_id]) for one in passages if one.kind is BlockKind.BODY]
    return found


def proved(
    sources: list[Source], make: Callable[[str], Iterator[tuple[str, str]]]
) -> tuple[Counter[str], Counter[str]]:
    """Return how many sentences of each kind were made, and how many of them were proved."""
    made: Counter[str] = Counter()
    good: Counter[str] = Counter()
    for source in sources:
        for sentence in sentences_in(source.passage.text):
            for kind, text in make(sentence):
                made[kind] += 1
                good[kind] += prove(Draft(text, ((1, sentence),)), [source]).reason is None
    return made, good


def test_no_false_sentence_is_proved(sources: list[Source]) -> None:
    made, good = proved(sources, false_sentences)

    assert {kind: number for kind, number in good.items() if number} == {}
    assert len(made) == 11
    assert min(made.values()) > 20
    assert sum(made.values()) > 4000


def test_most_true_sentences_are_proved(sources: list[Source]) -> None:
    """Strictness costs something: what is left are sentences that do not say of whom, and speech of others."""
    made, good = proved(sources, true_sentences)

    assert good["copied"] / made["copied"] > 0.75
    assert good["other width and script"] == good["copied"]
    assert good["a figure in Chinese"] / made["a figure in Chinese"] > 0.75
