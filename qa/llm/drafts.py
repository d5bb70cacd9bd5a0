"""Read sentences with their quotations out of what a model writes, as it arrives.

Wanted are JSON objects, `{"text": "…", "quotes": [{"passage": 1, "quote": "…"}]}`, one after the other; around them may
stand what models like to add: Markdown fences, brackets of a list, chatter, thinking blocks. Prose without any object
becomes sentences without quotations. Proves nothing.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from qa.corpus.sentences import split_sentences
from qa.llm.proof import MOST_QUOTATIONS, Draft

MOST_SENTENCES = 20  # of one answer; more are not read
_LONGEST_OBJECT = 20_000  # characters; what is longer is no sentence
_THOUGHT = re.compile(r"<(think|thinking|reasoning)>")
_TEXTS, _LISTS, _QUOTES = ("text", "sentence"), ("sentences", "answer"), ("quotes", "quotations", "citations")
_NUMBERS, _WORDS = ("passage", "number", "id"), ("quote", "text", "quotation")


class DraftReader:
    """Takes pieces of text and gives back the sentences that are complete; each is given once."""

    def __init__(self) -> None:
        self._waiting = ""
        self._prose: list[str] = []
        self._seen: set[Draft] = set()
        self._thinking = ""
        self._objects = 0

    def read(self, piece: str) -> Iterator[Draft]:
        """Yield the sentences that this piece completes."""
        self._waiting += piece
        while self._waiting:
            if self._thinking:
                before, ended, after = self._waiting.partition(f"</{self._thinking}>")
                if not ended:
                    self._waiting = before[-len(self._thinking) - 3 :]
                    return
                self._waiting, self._thinking = after, ""
            start = self._waiting.find("{")
            thought = _THOUGHT.search(self._waiting)
            if thought and (start < 0 or thought.start() < start):
                self._keep_prose(self._waiting[: thought.start()])
                self._waiting, self._thinking = self._waiting[thought.end() :], thought[1]
                continue
            if start < 0:
                # The beginning of <thinking> may be all that has come of it.
                cut = self._waiting.rfind("<") if "<" in self._waiting[-11:] else len(self._waiting)
                self._keep_prose(self._waiting[:cut])
                self._waiting = self._waiting[cut:]
                return
            self._keep_prose(self._waiting[:start])
            end = _end_of_object(self._waiting, start)
            if end is None:
                self._waiting = self._waiting[start:]
                if len(self._waiting) <= _LONGEST_OBJECT:
                    return
                self._waiting = self._waiting[1:]  # never closed: look for the next one inside
                continue
            found, self._waiting = self._waiting[start:end], self._waiting[end:]
            yield from self._new(_drafts(_parsed(found)))

    def finish(self) -> Iterator[Draft]:
        """Yield what prose says, where nothing came in the form that was asked for."""
        if self._objects:
            return
        if not self._thinking:
            self._keep_prose(self._waiting)
        text = re.sub(r"```\w*|</\w+>", " ", "".join(self._prose))
        yield from self._new(Draft(text[start:end]) for start, end in split_sentences(text))

    def _new(self, drafts: Iterator[Draft]) -> Iterator[Draft]:
        for draft in drafts:
            self._objects += 1
            if draft not in self._seen and len(self._seen) < MOST_SENTENCES:
                self._seen.add(draft)
                yield draft

    def _keep_prose(self, text: str) -> None:
        if sum(map(len, self._prose)) < _LONGEST_OBJECT:
            self._prose.append(text)


def _end_of_object(text: str, start: int) -> int | None:
    """Return where the object ends that begins at a brace, or None where it has not ended yet."""
    depth, inside, escaped = 0, False, False
    for place in range(start, len(text)):
        character = text[place]
        if inside:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                inside = False
        elif character == '"':
            inside = True
        elif character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if depth == 0:
                return place + 1
    return None


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):  # ValueError: no JSON, or a number of thousands of digits
        return None


def _drafts(value: Any) -> Iterator[Draft]:
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
        quotations = next((value[name] for name in _QUOTES if isinstance(value.get(name), list)), [])
        yield Draft(text.strip(), tuple(_quotations(quotations)))


def _quotations(values: list[Any]) -> Iterator[tuple[int, str]]:
    """Yield the quotations that have a passage and words; one more than may be, where there are too many."""
    for value in values[: MOST_QUOTATIONS + 1]:
        if isinstance(value, dict):
            number = next((value[name] for name in _NUMBERS if name in value), None)
            words = next((value[name] for name in _WORDS if isinstance(value.get(name), str)), None)
            if isinstance(number, str) and re.fullmatch(r"\s*\[?\d{1,4}\]?\s*", number):
                number = int(number.strip(" []\t\n"))
            whole = isinstance(number, int) and not isinstance(number, bool)
            yield (number if whole else 0, words or "")
        else:
            yield 0, ""
