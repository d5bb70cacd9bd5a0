"""Cut question and passage into the token windows that the reader's network takes, and find characters again.

Does not run the network. Positions are code points of the passage's own text.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from qa.retrieval.tokens import in_simplified

_BEGIN, _END = 0, 2  # <s> and </s> of the e5 family
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")  # as broken JSON can hold; tokenizers refuse them
_QUESTION, _PASSAGE = "query: ", "passage: "


@dataclass(frozen=True, slots=True)
class Window:
    """A piece of a passage as the network reads it, its context in front.

    Attributes:
        ids: Token ids with <s> and </s>.
        first: Index of the first token that belongs to the text itself; the last one belongs to </s>.
        ranges: Of each token of the text, start and end in the passage.
    """

    ids: tuple[int, ...]
    first: int
    ranges: tuple[tuple[int, int], ...]


class Windows:
    """Cuts texts with the encoder's own tokenizer.

    Args:
        tokenizer_file: `tokenizer.json` of the encoder.
        question_tokens: The most tokens of a question, with its marks; see `NetworkShape`.
        passage_tokens: The most tokens of a window, with its marks.
        context_tokens: The most tokens of the context in front of a window.
    """

    def __init__(self, tokenizer_file: Path, *, question_tokens: int, passage_tokens: int, context_tokens: int) -> None:
        self._tokenizer = Tokenizer.from_file(str(tokenizer_file))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._question_tokens = question_tokens
        self._passage_tokens = passage_tokens
        self._context_tokens = context_tokens
        self._passage_prompt = self._tokens(_PASSAGE.rstrip())

    def question(self, text: str) -> tuple[int, ...]:
        """Return the token ids of a question; what is too long loses its middle."""
        ids = self._tokens(_QUESTION + _simplified(text))
        room = self._question_tokens - 2
        if len(ids) > room:
            ids = ids[: room // 2] + ids[-(room - room // 2) :]
        return (_BEGIN, *ids, _END)

    def passage(self, context: str, text: str, *, room: int | None = None, overlap: float = 0.4) -> list[Window]:
        """Return the windows of a passage, in order; a short passage has one, an empty one none.

        Args:
            context: Title, place and the like; cut to its share of the window.
            text: Of the passage.
            room: Tokens of text in one window, where less than the most is wanted.
            overlap: Share of a window that the next one repeats.
        """
        front = [_BEGIN, *self._passage_prompt, *self._tokens(_simplified(context))[: self._context_tokens]]
        room = min(room or self._passage_tokens, self._passage_tokens) - len(front) - 1
        encoded = self._tokenizer.encode(_simplified(text), add_special_tokens=False)
        ids, ranges = encoded.ids, [_without_blanks(text, span) for span in encoded.offsets]
        starts = [0]
        while starts[-1] + room < len(ids):
            starts.append(min(starts[-1] + max(1, int(room * (1 - overlap))), len(ids) - room))
        return [
            Window((*front, *ids[start : start + room], _END), len(front), tuple(ranges[start : start + room]))
            for start in starts
            if ids
        ]

    def _tokens(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids


def _simplified(text: str) -> str:
    """Return the text in Simplified characters, of the same length; Japanese stays as it is, half characters do not."""
    return in_simplified(_LONE_SURROGATES.sub("\ufffd", text))


def _without_blanks(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Return a token's range without the blank in front that some tokens carry."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    return start, end
