"""Find hard negatives: for each question, the paragraphs that the search itself would confuse with the right one.

Searches as the product does, passages only, with the same fusion of cosine and BM25; makes no groups of them.
"""

from collections.abc import Sequence

import numpy as np

from embeddings.encoder import Encoder
from qa.retrieval.fuse import fuse, weights_for
from qa.retrieval.keyword import KeywordIndex
from qa.training.data import Pair, Paragraph

_FROM_EACH = 24  # candidates of the encoder and of BM25
Ranked = list[tuple[int, float]]  # row of a paragraph and its fused score, best first, ties by row


def mine(paragraphs: Sequence[Paragraph], pairs: Sequence[Pair], encoder: Encoder, *, depth: int = 12) -> list[Ranked]:
    """Return, for each pair, the first rows by the fused score and their scores, the right row among them or not.

    Paragraphs that validate and those that are trained on are mined apart, so that none is a negative of the other.

    Args:
        paragraphs: All of them.
        pairs: Questions; `Pair.paragraph` is a row of `paragraphs`.
        encoder: Which ranks with BM25.
        depth: How many rows for each pair.
    """
    weights = weights_for(encoder.name)
    vectors = encoder.encode_passages([f"{paragraph.title}\n{paragraph.text}" for paragraph in paragraphs])
    questions = encoder.encode_queries([pair.question for pair in pairs])
    ranked: list[Ranked] = [[] for _ in pairs]
    for validates in (False, True):
        rows = [row for row, paragraph in enumerate(paragraphs) if paragraph.validates == validates]
        keyword = KeywordIndex([(row, f"{paragraphs[row].title}\n{paragraphs[row].text}") for row in rows])
        numbers = np.array(rows)
        for index, pair in enumerate(pairs):
            if paragraphs[pair.paragraph].validates != validates:
                continue
            cosines = vectors[numbers] @ questions[index]
            covered = {match.number: match.coverage for match in keyword.search(pair.question, k=_FROM_EACH)}
            near = {int(row) for row in numbers[np.argsort(-cosines)[:_FROM_EACH]]}
            scores = {
                row: fuse(weights, cosine=float(vectors[row] @ questions[index]), keyword=covered.get(row, 0.0))
                for row in near | set(covered)
            }
            ranked[index] = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:depth]
    return ranked
