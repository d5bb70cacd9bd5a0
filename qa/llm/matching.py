"""Tell whether a sentence is nothing but clauses of a quotation, whole and in order, in other numerals or small words.

That is what keeps a right quotation from proving a wrong sentence: who did what to whom, how many of what and when stay
together, since no clause is taken apart. What may differ: script, width, case, punctuation, how a figure is written,
and the small words of two closed lists. What may be left out: whole clauses, where none of them holds sway over those
that stay. Knows no documents; `qa.llm.proof` looks the quotation up and words the reasons.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qa.answer.guard.named import named_in
from qa.corpus.names import is_name
from qa.llm.clauses import ATTRIBUTES, Clause, Sentence, Unit
from qa.llm.scope import bars_after, bars_around, bars_before, governs, is_spoken
from qa.retrieval.tokens import holds_han

# Of the source; leaving them out takes nothing back. 都 and 均 are not among them: 不都 is not 不.
_MAY_GO = frozenset("的 了 已 已经 也 还 又 就 便 则 共 一共 总共 the a an also already".split())
_MAY_GO_FIRST = frozenset("但 但是 而 而且 并 并且 且 同时 此外 另外 因此 所以 然而 不过 and but while however".split())
# Of the sentence; adding them says nothing.
_BEFORE_FIGURES = frozenset("为 是 有 共 共有 一共 总共 总计".split())
_MAY_COME = frozenset("a an the".split())
_MAY_COME_FIRST = frozenset("此外 另外 also".split())
SMALL_WORDS = _BEFORE_FIGURES | _MAY_COME | _MAY_COME_FIRST | {"的"}
"""All that a sentence may add in its place."""

_PRONOUNS = frozenset("he she it they this that these those his her its their who which".split())
_NO_TOPIC = re.compile("^(?:v|d|p|r|c|u)")
_TIMES = ("Y", "M", "D", "T")  # keys of figures
_MOST_STATES = 20_000  # of the search; a sentence that needs more is not proved


class Fault(StrEnum):
    """Why clauses that hold all the words of a sentence do not prove it."""

    LEFT_OUT = "left_out"
    SCOPE = "scope"
    SUBJECT = "subject"


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence of the source, as far as it is quoted.

    Attributes:
        sentence: The whole sentence.
        low, high: What is quoted of it first, in its folded text.
        before: All of the passage before the sentence, as it stands.
        previous, following: The sentences around it, folded; empty where there is none.
        place: Of the passage and of the sentence in it: two that follow each other differ by one in the second.
        parts: All that is quoted of it; empty stands for low and high alone.
    """

    sentence: Sentence
    low: int
    high: int
    before: str
    previous: str
    following: str
    place: tuple[int, int]
    parts: tuple[tuple[int, int], ...] = ()

    def holds(self, unit: Unit) -> bool:
        """Tell whether a unit is quoted, whole."""
        return any(low <= unit.start and unit.end <= high for low, high in self.parts or ((self.low, self.high),))


Place = tuple[int, int]
"""Number of a quoted sentence, number of a clause in it."""


def fault_of(said: Sequence[Unit], quoted: Sequence[Quoted]) -> Fault | None:
    """Return None where the clauses prove the sentence, else the nearest reason why not.

    Args:
        said: Units of the sentence.
        quoted: In the order in which the sentence quotes them.
    """
    search = _Search(said, quoted)
    return None if search.proves() else search.fault


class _Search:
    """One search through the clauses; notes the nearest that it came to a proof."""

    def __init__(self, said: Sequence[Unit], quoted: Sequence[Quoted]) -> None:
        self._said, self._quoted = said, quoted
        self._failed: set[tuple[int, Place | None]] = set()
        self._spoken = any(bars_before(unit.word) for unit in said)
        self.fault = Fault.LEFT_OUT

    def proves(self) -> bool:
        """Tell whether all of the sentence is matched."""
        return bool(self._said) and self._from(0, None)

    def _from(self, at: int, last: Place | None) -> bool:
        """Tell whether the sentence from a unit on is matched by clauses after the last one."""
        if at == len(self._said):
            return last is not None and self._may_end(last)
        if (at, last) in self._failed or len(self._failed) > _MOST_STATES:
            return False
        for place in self._places(last):
            for reached, ended in self._matched(at, place):
                if not self._may_begin(last, place):
                    self.fault = Fault.SCOPE
                elif not self._joins(last, place):
                    self.fault = Fault.SUBJECT
                elif self._from(reached, ended):
                    return True
        self._failed.add((at, last))
        return False

    def _places(self, last: Place | None) -> Iterator[Place]:
        """Yield where the next clause may stand: after the last one, in the order of the quotations."""
        for number, quoted in enumerate(self._quoted):
            for clause in range(len(quoted.sentence.clauses)):
                if last is None or (number, clause) > last:
                    yield number, clause

    def _matched(self, at: int, place: Place) -> Iterator[tuple[int, Place]]:
        """Yield how far the sentence is matched by a clause, or by its subject and a later clause that leans on it."""
        number, index = place
        quoted = self._quoted[number]
        clauses = quoted.sentence.clauses
        for reached in self._whole(at, quoted, clauses[index].units):
            yield reached, place
        for end in _subject_ends(clauses[index].units):
            for middle in self._whole(at, quoted, clauses[index].units[:end]):
                passed = [clauses[index].units[end:]]
                for later in range(index + 1, len(clauses)):
                    if not all(map(_only_measures, passed)) or clauses[later].heads:
                        break
                    if _is_attribute(clauses[later]):
                        for reached in self._whole(middle, quoted, clauses[later].units):
                            yield reached, (number, later)
                    passed.append(clauses[later].units)

    def _whole(self, at: int, quoted: Quoted, units: Sequence[Unit]) -> list[int]:
        """Return how far the sentence is matched when all these units are used up; at least one must be matched."""
        reached = {(at, False)}
        for place, unit in enumerate(units):
            after: set[tuple[int, bool]] = set()
            for position, some in reached:
                for start in self._with_added(position):
                    if start < len(self._said) and self._said[start].key == unit.key and quoted.holds(unit):
                        after.add((start + 1, True))
                if _may_go(unit, units, place):
                    after.add((position, some))
            reached = after
        ends = {end for position, some in reached if some for end in self._with_added(position)}
        return sorted(ends, reverse=True)

    def _with_added(self, position: int) -> Iterator[int]:
        """Yield a place of the sentence, and those after small words that stand there."""
        yield position
        while position < len(self._said) and self._said[position].first:
            word, tag = self._said[position].word, self._said[position].tag
            after = position + (len(word) if tag not in ("eng", "m", "") else 1)
            follower = self._said[after] if after < len(self._said) else None
            added = (
                word in _MAY_COME
                or (word in _MAY_COME_FIRST and position == 0)
                or (word in _BEFORE_FIGURES and follower is not None and follower.is_figure)
                or (word == "的" and follower is not None and follower.word in ATTRIBUTES)
            )
            if not added:
                return
            position = after
            yield position

    def _joins(self, last: Place | None, place: Place) -> bool:
        """Tell whether it stays clear of whom a clause speaks: it follows the last one, or names its own subject."""
        if last is not None and self._follows(last, place):
            return True
        quoted = self._quoted[place[0]]
        clause = quoted.sentence.clauses[place[1]]
        return _has_topic(clause) if clause.heads else _has_name(clause)

    def _follows(self, last: Place, place: Place) -> bool:
        first, second = self._quoted[last[0]], self._quoted[place[0]]
        if last[0] == place[0]:
            return place[1] == last[1] + 1
        ended = last[1] == len(first.sentence.clauses) - 1 and place[1] == 0
        return ended and second.place == (first.place[0], first.place[1] + 1)

    def _may_begin(self, last: Place | None, place: Place) -> bool:
        """Tell whether nothing that is left out before a clause, or stands around it, holds sway over it."""
        number, index = place
        quoted = self._quoted[number]
        if last is not None and not self._follows(last, place) and self._governs(last):
            return False
        if quoted.sentence.asks or bars_around(quoted.previous) or bars_around(quoted.following):
            return False
        since = last[1] + 1 if last is not None and last[0] == number else 0
        clauses = quoted.sentence.clauses
        if any(bars_before(clause.text) for clause in clauses[since:index]):
            return False
        if last is not None and last[0] != number and not self._may_end(last):
            return False
        start = clauses[index].units[0].start
        return self._spoken or not is_spoken(quoted.before + quoted.sentence.text[:start])

    def _governs(self, last: Place) -> bool:
        clause = self._quoted[last[0]].sentence.clauses[last[1]]
        return governs(clause.text, clause.follower)

    def _may_end(self, last: Place) -> bool:
        """Tell whether nothing that is left out after the last clause of a sentence takes it back."""
        clauses = self._quoted[last[0]].sentence.clauses
        fits = not any(bars_after(clause.text) for clause in clauses[last[1] + 1 :])
        if not fits:
            self.fault = Fault.SCOPE
        return fits


def _may_go(unit: Unit, units: Sequence[Unit], place: int) -> bool:
    """Tell whether a unit of the source may be left out."""
    if unit.aside:
        return not bars_before(unit.word)
    if unit.word in _MAY_GO:
        return True
    if unit.word in _MAY_GO_FIRST:
        return all(earlier.word == unit.word for earlier in units[:place])
    return unit.key.startswith("Y") and place + 1 < len(units) and units[place + 1].key.startswith("M")


def _subject_ends(units: Sequence[Unit]) -> Iterator[int]:
    """Yield after how many units the subject of a Chinese clause may end: nouns only, before a verb or what it has."""
    for at in range(1, len(units)):
        earlier, unit = units[at - 1], units[at]
        if not (earlier.last and unit.first):
            continue
        if not re.match("n|vn|j|l|b|a|q|s|x|eng", earlier.tag) or earlier.word in ATTRIBUTES:
            return
        if unit.word in ATTRIBUTES or (unit.tag.startswith(("v", "p")) and unit.tag != "vn"):
            yield at
            return


def _only_measures(units: Sequence[Unit]) -> bool:
    """Tell whether units name nobody that a later clause could speak of: 全长22.2公里."""
    figured = any(unit.is_figure for unit in units)
    words = [unit for unit in units if unit.first and not unit.is_figure]
    return figured and all(unit.word in ATTRIBUTES or re.match("q|v(?!n)|d$|u|b$|m$", unit.tag) for unit in words)


def _is_attribute(clause: Clause) -> bool:
    """Tell whether a clause begins with what something has, 总投资, and holds no 的 that would say of what else."""
    text = "".join(unit.key for unit in clause.units[clause.main :] if not unit.is_figure)
    return any(text.startswith(word) for word in ATTRIBUTES) and "的" not in text


def _has_topic(clause: Clause) -> bool:
    """Tell whether the first clause of a sentence says of whom or what it speaks, before or after what leans on it."""
    return _has_name(clause) or (
        not _is_attribute(clause) and any(_names_some(clause.units, at) for at in {0, clause.main})
    )


def _names_some(units: Sequence[Unit], at: int) -> bool:
    """Tell whether units begin with a noun, be it after a time or a word such as 但."""
    rest = [unit for unit in units[at:] if not _is_time(unit) and unit.word not in _MAY_GO_FIRST]
    if not rest or rest[0].word in _PRONOUNS:
        return False
    return not _NO_TOPIC.match(rest[0].tag) or rest[0].tag == "vn"


def _is_time(unit: Unit) -> bool:
    return unit.tag == "t" or (unit.is_figure and unit.key.startswith(_TIMES))


def _has_name(clause: Clause) -> bool:
    """Tell whether a clause inside of a sentence begins with a name: a place or body with its word, a person, Latin.

    jieba's guesses at names are not enough: it takes 惠及 for a person and 新建 for a place.
    """
    first = clause.units[clause.main]
    if not holds_han(clause.text):
        return False
    person = first.tag.startswith("nr") and len(first.word) > 2 and is_name(first.word)
    text = "".join(unit.key for unit in clause.units[clause.main :] if not unit.is_figure)
    place = any(name.start == 0 and name.suffix and len(name.text) > 2 for name in named_in(text))
    return person or place or first.tag == "eng"
