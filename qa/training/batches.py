"""Make the groups of pairs that one training step reads: a question's right window and windows that do not answer it.

Varies questions by `vary.py` and draws negatives from what `mine.py` found. Every choice comes from one random stream,
so that a seed gives the same groups. Sorts no groups into steps and runs no network.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.answer.windows import Window, Windows
from qa.training.data import Pair, Paragraph, TrainingSet
from qa.training.mine import Ranked
from qa.training.vary import Swapper, code_switched, to_traditional

_NEGATIVES = (1, 2)  # windows beside the right one in a group: one or the other
_SWITCHED, _TRADITIONAL, _SWAPPED, _OTHER_WINDOW = 0.15, 0.1, 0.3, 0.25  # chances of each variation
_BESIDE_TRAP = 0.5  # chance that a trap is read with a second passage, which does not answer it either
_SHORT_ROOMS = (88, 112, 160)  # tokens of a window, by paragraph, so that all lengths are met
_WITH_TITLE = 7  # of ten paragraphs; the others are read without, as a document may have none


@dataclass(frozen=True, slots=True)
class Row:
    """One pair as the network reads it.

    Attributes:
        question: Token ids.
        window: Piece of a passage.
        prior: Score that the search gave the passage; the ranking learns what to add to it.
        start, end: First and last token of the answer in the window; None when it does not answer.
    """

    question: tuple[int, ...]
    window: Window
    prior: float
    start: int | None = None
    end: int | None = None


Group = list[Row]  # the first row answers the question, unless none does


class Groups:
    """Makes groups without end, epoch after epoch, the same for the same seed.

    Args:
        data: Of which the pairs to train on are used.
        ranked: What the search finds for every pair of the data, in the same order.
        windows: Cuts questions and paragraphs.
        seed: Of the random stream.

    Attributes:
        left_out: Pairs passed over so far because no window holds their whole answer.
    """

    def __init__(self, data: TrainingSet, ranked: Sequence[Ranked], windows: Windows, *, seed: int) -> None:
        self._paragraphs = data.paragraphs
        self._windows = windows
        self._chance = random.Random(seed)
        self._items = [
            (pair, ranking)
            for pair, ranking in zip(data.pairs, ranked, strict=True)
            if not data.paragraphs[pair.paragraph].validates
        ]
        self._swapper = Swapper([pair.question for pair, _ in self._items])
        self.left_out = 0

    def __len__(self) -> int:
        """Return the number of groups in one epoch."""
        return len(self._items)

    def __iter__(self) -> Iterator[Group]:
        while True:
            order = list(self._items)
            self._chance.shuffle(order)
            for pair, ranking in order:
                group = self._group(pair, ranking)
                if group:
                    yield group
                else:
                    self.left_out += 1

    def _group(self, pair: Pair, ranking: Ranked) -> Group:
        """Return the rows of one pair: one for a trap, up to three else, none where no window holds the answer."""
        paragraph = self._paragraphs[pair.paragraph]
        scores = dict(ranking)
        lowest = min(scores.values(), default=0.0)
        question = self._windows.question(self._varied(pair))
        prior = scores.get(pair.paragraph, lowest)
        others = [(row, score) for row, score in ranking if row != pair.paragraph and row not in pair.also]
        if not pair.answerable:
            windows = self._cut(paragraph)
            chosen = max(windows, key=lambda window: _overlap(pair.question, paragraph.text, window))
            group = [Row(question, chosen, prior)]
            # When Wenju is silent, it has to be so about all that it found, not only about the likeliest passage.
            return self._filled(group, pair, question, others, wanted=1 + (self._chance.random() < _BESIDE_TRAP))
        holding = self._holding(paragraph, pair)
        if holding is None:
            return []
        group = [Row(question, holding[0], prior, *holding[1])]
        swapped = self._chance.random() < _SWAPPED
        changed = self._swapper.swapped(pair.question, paragraph.text, self._chance) if swapped else None
        if changed:
            group.append(Row(self._windows.question(changed), holding[0], prior))
        elif self._chance.random() < _OTHER_WINDOW:
            group += self._beside(paragraph, pair, question, prior)
        return self._filled(group, pair, question, others, wanted=1 + self._chance.choice(_NEGATIVES))

    def _filled(
        self, group: Group, pair: Pair, question: tuple[int, ...], others: list[tuple[int, float]], *, wanted: int
    ) -> Group:
        """Return the group with rows of other paragraphs that the search found, as many as are wanted in all."""
        while len(group) < wanted and others:
            # The nearer ones more often, all of them sometimes.
            row, score = others.pop(int(len(others) * self._chance.random() ** 1.5))
            group.append(Row(question, self._negative(pair.question, self._paragraphs[row]), score))
        return group

    def _varied(self, pair: Pair) -> str:
        """Return the question as it is, with words in English, or in Traditional characters."""
        if pair.kind == "squad" and self._chance.random() < _SWITCHED:
            return code_switched(pair.question, self._chance, share=self._chance.uniform(0.3, 1.0))
        if self._chance.random() < _TRADITIONAL:
            return to_traditional(pair.question)
        return pair.question

    def _cut(self, paragraph: Paragraph) -> list[Window]:
        """Return the windows of a paragraph, whose length and context hang on its key."""
        # Always the same windows of one paragraph: what the lower layers say of them is computed once.
        number = int(paragraph.key, 16)
        context = paragraph.title if number % 10 < _WITH_TITLE else ""
        room = _SHORT_ROOMS[number // 10 % len(_SHORT_ROOMS)]
        return self._windows.passage(context, paragraph.text, room=room, overlap=0.5)

    def _holding(self, paragraph: Paragraph, pair: Pair) -> tuple[Window, tuple[int, int]] | None:
        """Return a window that holds the whole answer, and its first and last token; None where no window does."""
        held = []
        for window in self._cut(paragraph):
            tokens = [i for i, (start, end) in enumerate(window.ranges) if start < pair.end and end > pair.start]
            if tokens and window.ranges[0][0] <= pair.start and window.ranges[-1][1] >= pair.end:
                held.append((window, (tokens[0], tokens[-1])))
        return self._chance.choice(held) if held else None

    def _beside(self, paragraph: Paragraph, pair: Pair, question: tuple[int, ...], prior: float) -> Group:
        """Return another window of the right paragraph, which does not hold the answer, where there is one."""
        answer = paragraph.text[pair.start : pair.end]
        apart = [
            window
            for window in self._cut(paragraph)
            if answer not in paragraph.text[window.ranges[0][0] : window.ranges[-1][1]]
            and (window.ranges[-1][1] <= pair.start or window.ranges[0][0] >= pair.end)
        ]
        return [Row(question, self._chance.choice(apart), prior)] if apart else []

    def _negative(self, question: str, paragraph: Paragraph) -> Window:
        """Return a window of another paragraph: any, or the one most like the question."""
        windows = self._cut(paragraph)
        if self._chance.random() < 0.5:
            return self._chance.choice(windows)
        return max(windows, key=lambda window: _overlap(question, paragraph.text, window))


def _overlap(question: str, text: str, window: Window) -> int:
    """Return how many of the question's pairs of characters a window holds."""
    held = text[window.ranges[0][0] : window.ranges[-1][1]]
    return sum(question[place : place + 2] in held for place in range(len(question) - 1))
