"""Read sentences with their quotations out of what a model writes, as it arrives.

Wanted are JSON objects, `{"text": "…", "quotes": [{"passage": 1, "quote": "…"}]}`, one after the other; around them may
stand what models like to add: Markdown fences, brackets of a list, chatter, thinking blocks. Prose without any object
becomes sentences without quotations. Proves nothing.
"""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from qa.corpus.sentences import split_sentences
from qa.llm.proof import MOST_QUOTATIONS, Draft

MOST_SENTENCES = 20  # of one answer; more are not read
_LONGEST_OBJECT = 20_000  # characters; what is longer is no sentence
_MOST_STARTS = 40  # braces in what never ended that are tried
_THOUGHT = re.compile(r"<(think|thinking|reasoning)>")
_SAYS, _NOTHING = re.compile(r"[^\W_]"), ("null", "None")
_TEXTS, _LISTS, _QUOTES = ("text", "sentence"), ("sentences", "answer"), ("quotes", "quotations", "citations")
_NUMBERS, _WORDS = ("passage", "number", "id"), ("quote", "text", "quotation")


class DraftReader:
    """Takes pieces of text and gives back the sentences that are complete; each is given once.

    Reads each character once, however small the pieces are.
    """

    def __init__(self) -> None:
        self._waiting = ""  # from the beginning of an object, of a thought, or of what may become one
        self._object: _ObjectScan | None = None
        self._thinking = ""
        self._prose: list[str] = []
        self._prose_length = 0
        self._seen: set[Draft] = set()

    def read(self, piece: str) -> Iterator[Draft]:
        """Yield the sentences that this piece completes."""
        self._waiting += piece
        while self._waiting:
            if self._thinking:
                if not self._thought_ends():
                    return
            elif self._object is not None:
                end = self._object.end_in(self._waiting)
                if end is None and len(self._waiting) <= _LONGEST_OBJECT:
                    return
                found = self._waiting[:end]
                self._waiting, self._object = self._waiting[len(found) :], None
                if end is not None:
                    yield from self._new(_drafts(_parsed(found)))
            elif not self._begins():
                return

    def finish(self) -> Iterator[Draft]:
        """Yield what an object that never ended holds, and prose where nothing came in the form that was asked for."""
        if self._object is not None:
            for match in islice(re.finditer("{", self._waiting), 1, _MOST_STARTS):
                yield from self._new(_drafts(_parsed(self._waiting[match.start() :], first=True)))
        elif not self._thinking:
            self._prose.append(self._waiting)
        self._waiting = ""
        if not self._seen:
            text = re.sub(r"```\w*|</\w+>", " ", "".join(self._prose))
            said = (text[start:end] for start, end in split_sentences(text))
            yield from self._new(Draft(words) for words in said if _SAYS.search(words) and words not in _NOTHING)

    def _thought_ends(self) -> bool:
        """Cut off a thought as far as it has come; tell whether it ended."""
        mark = f"</{self._thinking}>"
        _, ended, after = self._waiting.partition(mark)
        if ended:
            self._waiting, self._thinking = after, ""
        else:
            self._waiting = self._waiting[1 - len(mark) :]
        return bool(ended)

    def _begins(self) -> bool:
        """Find where an object or a thought begins, and keep what stands before it; tell whether there is one."""
        start, thought = self._waiting.find("{"), _THOUGHT.search(self._waiting)
        if thought is not None and (start < 0 or thought.start() < start):
            self._keep_prose(self._waiting[: thought.start()])
            self._waiting, self._thinking = self._waiting[thought.end() :], thought[1]
            return True
        if start >= 0:
            self._keep_prose(self._waiting[:start])
            self._waiting, self._object = self._waiting[start:], _ObjectScan()
            return True
        # The beginning of <thinking> may be all that has come of it.
        cut = self._waiting.rfind("<") if "<" in self._waiting[-len("<reasoning>") :] else len(self._waiting)
        self._keep_prose(self._waiting[:cut])
        self._waiting = self._waiting[cut:]
        return False

    def _new(self, drafts: Iterable[Draft]) -> Iterator[Draft]:
        for draft in drafts:
            if draft not in self._seen and len(self._seen) < MOST_SENTENCES:
                self._seen.add(draft)
                yield draft

    def _keep_prose(self, text: str) -> None:
        if self._prose_length < _LONGEST_OBJECT:
            self._prose.append(text)
            self._prose_length += len(text)


class _ObjectScan:
    """Finds where an object ends; goes on where it stopped."""

    def __init__(self) -> None:
        self._at = self._depth = 0
        self._inside = False

    def end_in(self, text: str) -> int | None:
        """Return where the object ends that begins at the first character, or None where it has not ended yet."""
        while self._at < len(text):
            character = text[self._at]
            if self._inside and character == "\\":
                if self._at + 1 == len(text):
                    return None
                self._at += 1
            elif character == '"':
                self._inside = not self._inside
            elif not self._inside and character in "{}":
                self._depth += 1 if character == "{" else -1
            self._at += 1
            if self._depth == 0:
                return self._at
        return None


def _parsed(text: str, *, first: bool = False) -> object:
    """Return the value of a JSON text, or of the first value in it; None for what is none."""
    try:
        decoder = json.JSONDecoder(strict=False)
        value: object = decoder.raw_decode(text)[0] if first else decoder.decode(text)
        return value
    except (ValueError, RecursionError):  # ValueError: no JSON, or a number of thousands of digits
        return None


def _drafts(value: object) -> Iterator[Draft]:
    """Yield the sentences of an object: one, or those of a list in it."""
    if not isinstance(value, dict):
        return
    for name in _LISTS:
        if isinstance(value.get(name), list):
            for item in value[name]:
                yield from _drafts(item)
            return
    text = next((value[name] for name in _TEXTS if isinstance(value.get(name), str)), None)
    if text is not None and text.strip():
        quotations: list[object] = next((value[name] for name in _QUOTES if isinstance(value.get(name), list)), [])
        yield Draft(text.strip(), tuple(_quotations(quotations)))


def _quotations(values: list[object]) -> Iterator[tuple[int, str]]:
    """Yield the quotations that have a passage and words; one more than may be, where there are too many."""
    for value in values[: MOST_QUOTATIONS + 1]:
        if isinstance(value, dict):
            number = next((value[name] for name in _NUMBERS if name in value), None)
            words: str = next((value[name] for name in _WORDS if isinstance(value.get(name), str)), "")
            yield _number(number), words
        else:
            yield 0, ""


def _number(value: object) -> int:
    """Return the number of a passage, 0 for what is none."""
    if isinstance(value, str):
        digits = re.fullmatch(r"\s*\[?([0-9]{1,4})\]?\s*", value)
        return int(digits[1]) if digits else 0
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
