"""Re-prints: articles of several documents whose text is the same, of which a question is shown one.

Only what is exactly the same counts, after repair and apart from blanks, width and Traditional characters: two meetings
with the same list of guests stay two. What is merely alike is for `wenju doctor` to suggest. Ranks nothing.
"""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256

from qa.corpus.traditional import simplify_characters
from qa.store.rows import StoredPassage
from qa.types import Article, BlockKind

SHORTEST = 30
"""Characters of text below which the title must be the same as well: a note such as 详见第二版 is not re-printed."""


def bare_text(text: str) -> str:
    """Return a text without blanks, width, case and Traditional forms."""
    return "".join(simplify_characters(unicodedata.normalize("NFKC", text)).casefold().split())


class Reprints:
    """Which articles of one generation are re-prints of which. Immutable; share between threads."""

    def __init__(self, passages: Sequence[StoredPassage], articles: Mapping[str, Article]) -> None:
        self._document_of = {name: article.document_id for name, article in articles.items()}
        self._group_of: dict[str, tuple[str, ...]] = {}
        pieces: dict[str, list[StoredPassage]] = {}
        for stored in passages:
            pieces.setdefault(stored.passage.article_id, []).append(stored)
        self._first = {name: found[0].number for name, found in pieces.items()}
        alike: dict[bytes, list[str]] = {}
        for name, found in pieces.items():
            body, _, others = _texts(found).partition("\n")
            text = body or others
            key = text if len(text) >= SHORTEST else f"{bare_text(articles[name].title)}\n{text}"
            alike.setdefault(sha256(key.encode("utf-8", "surrogatepass")).digest(), []).append(name)
        for names in alike.values():
            if len({self._document_of[name] for name in names}) > 1:
                self._group_of |= dict.fromkeys(names, tuple(names))
        self._texts = {name: _texts(pieces[name]) for name in self._group_of}

    def groups(self) -> list[tuple[str, ...]]:
        """Return the ids of the articles that are the same, a group each, in the order of the store."""
        return list(dict.fromkeys(self._group_of.values()))

    def once(self, passages: Iterable[StoredPassage]) -> Iterator[StoredPassage]:
        """Yield passages, best first, without those that another article of the same text showed before.

        The article of a group that comes first stands for it. What only another one has, such as a caption, is kept.
        """
        standing: dict[tuple[str, ...], str] = {}
        for stored in passages:
            name = stored.passage.article_id
            group = self._group_of.get(name)
            first = standing.setdefault(group, name) if group else name
            elsewhere = self._document_of[first] != self._document_of[name]
            if not (elsewhere and self._holds(first, stored)):
                yield stored

    def also_in(self, stored: StoredPassage, among: Collection[int] | None = None) -> tuple[str, ...]:
        """Return the other documents that print a passage in the same article, in the order of the alphabet.

        Args:
            stored: The passage.
            among: Numbers of the passages that may be searched; None for all.
        """
        name = stored.passage.article_id
        own = self._document_of[name]
        return tuple(
            sorted(
                {
                    self._document_of[other]
                    for other in self._group_of.get(name, ())
                    if self._document_of[other] != own
                    and (among is None or self._first[other] in among)
                    and self._holds(other, stored)
                }
            )
        )

    def _holds(self, name: str, stored: StoredPassage) -> bool:
        return bare_text(stored.passage.text) in self._texts[name]


def _texts(passages: Sequence[StoredPassage]) -> str:
    """Return the bare body of an article in one piece, however it was cut, and each of its other passages on a line."""
    body = "".join(bare_text(one.passage.text) for one in passages if one.passage.kind is BlockKind.BODY)
    return "\n".join(
        [body, *(bare_text(one.passage.text) for one in passages if one.passage.kind is not BlockKind.BODY)]
    )
