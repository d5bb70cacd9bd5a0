"""Build, cut, join and change `AlignedText`: repaired text that knows where its characters stand in the source.

Does not decide what to repair. Positions in the repaired text are called `start` and `end`, positions in the source
raw; both are half-open ranges of code points. Nothing can be inserted that no source characters stand for.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from operator import attrgetter

from qa.types import AlignedText, Run, Span

_START = attrgetter("start")

Edit = tuple[int, int, str]
"""Range of the text and what replaces it; an empty replacement deletes."""


class _Builder:
    """Collects text and runs; neighbours that continue each other in the source become one run.

    The last run stays open as four numbers, because most additions only make it longer.
    """

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._runs: list[Run] = []
        self.length = 0
        self._start = self._raw_start = self.raw_end = 0
        self._wide = False

    def add(self, text: str, raw_start: int, raw_length: int | None) -> None:
        """Append one run; raw_length None means one source character for each character."""
        if not text:
            return
        if raw_length is None:
            raw_end, wide = raw_start + len(text), False
        else:
            raw_end, wide = raw_start + raw_length, True
        if raw_start < self.raw_end and self.length:
            if not (wide and self._wide and self._raw_start <= raw_start):
                raise ValueError(f"raw positions must grow: {raw_start} comes after {self.raw_end}")
            # Pieces of what one replacement stands for, which cannot be told apart.
            raw_end = max(self.raw_end, raw_end)
        elif wide or self._wide or raw_start != self.raw_end or not self.length:
            self._close()
            self._start, self._raw_start, self._wide = self.length, raw_start, wide
        self.raw_end = raw_end
        self._texts.append(text)
        self.length += len(text)

    def _close(self) -> None:
        """Make a run of the four numbers."""
        if self.length:
            raw_length = self.raw_end - self._raw_start if self._wide else None
            self._runs.append(Run(self._start, self._raw_start, self.length - self._start, raw_length))

    def build(self) -> AlignedText:
        self._close()
        return AlignedText("".join(self._texts), tuple(self._runs))


def whole(text: str, raw_start: int = 0) -> AlignedText:
    """Return text that stands in the source as it is, from `raw_start` on."""
    return AlignedText(text, (Run(0, raw_start, len(text)),) if text else ())


def cut(aligned: AlignedText, start: int, end: int) -> AlignedText:
    """Return the range with its map; a piece of a replaced run maps to all that the run replaced.

    Raises:
        ValueError: The range is outside the text.
    """
    _check(aligned, start, end)
    if (start, end) == (0, len(aligned.text)):
        return aligned
    if len(aligned.runs) == 1 and aligned.runs[0].raw_length is None:
        return whole(aligned.text[start:end], aligned.runs[0].raw_start + start)
    runs = []
    for at, raw_start, length, raw_length in _pieces(aligned, start, end):
        runs.append(Run(at - start, raw_start, length, raw_length))
    return AlignedText(aligned.text[start:end], tuple(runs))


def strip(aligned: AlignedText, characters: str | None = None) -> AlignedText:
    """Return the text without blanks (or these characters) at both ends."""
    text = aligned.text
    start = len(text) - len(text.lstrip(characters))
    return cut(aligned, start, max(start, len(text.rstrip(characters))))


def join(parts: Iterable[AlignedText], separator: str | Sequence[str] = "") -> AlignedText:
    """Return the parts one after the other, in the order of the source.

    Args:
        parts: Empty ones are left out, with the separator before them.
        separator: Stands for the source characters between two parts; or one for each pair of neighbours.

    Raises:
        ValueError: The parts are not in the order of the source, or a separator has nothing to stand for.
    """
    builder = _Builder()
    for number, part in enumerate(parts):
        if not part.text:
            continue
        between = separator if isinstance(separator, str) else separator[max(0, number - 1)] if separator else ""
        if between and builder.length:
            gap_start, gap_end = builder.raw_end, part.runs[0].raw_start
            if gap_end <= gap_start:
                raise ValueError("nothing stands between the parts that the separator could replace")
            same = gap_end - gap_start == len(between)
            builder.add(between, gap_start, None if same else gap_end - gap_start)
        for run in part.runs:
            builder.add(part.text[run.start : run.start + run.length], run.raw_start, run.raw_length)
    return builder.build()


def substitute(aligned: AlignedText, edits: Sequence[Edit]) -> AlignedText:
    """Return the text with ranges replaced or deleted, and everything else kept.

    Args:
        aligned: The text.
        edits: In order, without overlap; each replaces at least one character.

    Raises:
        ValueError: An edit is empty, outside the text, or overlaps the one before.
    """
    if not edits:
        return aligned
    if len(aligned.runs) == 1 and aligned.runs[0].raw_length is None:
        return _substitute_whole(aligned.text, aligned.runs[0].raw_start, edits)
    builder = _Builder()
    done, first = 0, 0
    for start, end, replacement in edits:
        _check_edit(start, end, done, len(aligned.text))
        first = _copy(builder, aligned, done, start, first)
        if replacement:
            raw = raw_span(aligned, start, end, _first=first)
            wide = any(raw_length is not None for *_, raw_length in _pieces(aligned, start, end, first))
            same = raw.end - raw.start == len(replacement) and not wide
            builder.add(replacement, raw.start, None if same else raw.end - raw.start)
        done = end
    _copy(builder, aligned, done, len(aligned.text), first)
    return builder.build()


def _substitute_whole(text: str, raw_start: int, edits: Sequence[Edit]) -> AlignedText:
    """Do the same where one run stands in the source as it is: a damaged page has an edit every ten characters."""
    written = StringIO()  # holds no piece apart from the others: with their objects they take four times the memory
    runs: list[Run] = []
    at = first = done = 0  # where the open run starts in the new and in the old text, and where the rest does
    for start, end, replacement in edits:
        _check_edit(start, end, done, len(text))
        written.write(text[done:start])
        written.write(replacement)
        done = end
        if end - start == len(replacement):
            continue
        if start > first:
            runs.append(Run(at, raw_start + first, start - first))
            at += start - first
        if replacement:
            runs.append(Run(at, raw_start + start, len(replacement), end - start))
            at += len(replacement)
        first = end
    written.write(text[done:])
    if first < len(text):
        runs.append(Run(at, raw_start + first, len(text) - first))
    return AlignedText(written.getvalue(), tuple(runs))


def _check_edit(start: int, end: int, done: int, length: int) -> None:
    if not done <= start < end <= length:
        raise ValueError(f"edit {start}-{end} is empty, out of order or outside the text")


def translate(aligned: AlignedText, mapping: Mapping[int, str]) -> AlignedText:
    """Return the text with characters replaced one for one; keys are code points, as in `str.translate`.

    Raises:
        ValueError: The mapping changes the length of the text.
    """
    return replace_text(aligned, aligned.text.translate(mapping))


def replace_text(aligned: AlignedText, text: str) -> AlignedText:
    """Return other text of the same length with the same map.

    Raises:
        ValueError: The lengths differ.
    """
    if len(text) != len(aligned.text):
        raise ValueError(f"{len(text)} characters cannot replace {len(aligned.text)} one for one")
    return AlignedText(text, aligned.runs)


def raw_span(aligned: AlignedText, start: int, end: int, *, _first: int = 0) -> Span:
    """Return the smallest range of the source that holds this range of the text.

    Raises:
        ValueError: The range is empty or outside the text.
    """
    _check(aligned, start, end)
    if start == end:
        raise ValueError("an empty range stands nowhere")
    first = aligned.runs[_run_at(aligned, start, _first)]
    last = aligned.runs[_run_at(aligned, end - 1, _first)]
    raw_start = first.raw_start + (start - first.start if first.raw_length is None else 0)
    raw_end = last.raw_start + (end - last.start if last.raw_length is None else last.raw_length)
    return Span(raw_start, raw_end)


def raw_end(aligned: AlignedText) -> int:
    """Return where the source characters of a text end; 0 for an empty text."""
    return _raw_end(aligned.runs[-1]) if aligned.runs else 0


def is_exact(aligned: AlignedText, start: int, end: int, source_text: str) -> bool:
    """Return whether the range stands in the source exactly as it stands here."""
    raw = raw_span(aligned, start, end)
    return source_text[raw.start : raw.end] == aligned.text[start:end]


def pack_runs(aligned: AlignedText) -> bytes:
    """Return the map, without the text, as a few bytes a run: variable-length numbers, seven bits a byte."""
    packed = bytearray()
    raw_end = 0
    for run in aligned.runs:
        gap = run.raw_start - raw_end
        _write(packed, gap << 1 | (run.raw_length is not None))
        _write(packed, run.length)
        if run.raw_length is not None:
            _write(packed, run.raw_length)
        raw_end = _raw_end(run)
    return bytes(packed)


def unpack_runs(text: str, packed: bytes) -> AlignedText:
    """Return the text with the map that `pack_runs` wrote.

    Raises:
        ValueError: The bytes are damaged or belong to another text.
    """
    numbers = list(_read(packed))
    runs: list[Run] = []
    start = raw_end = at = 0
    while at < len(numbers):
        wide = numbers[at] & 1
        if at + 2 + wide > len(numbers):
            raise ValueError("the packed map ends in the middle of a run")
        raw_length = numbers[at + 2] if wide else None
        run = Run(start, raw_end + (numbers[at] >> 1), numbers[at + 1], raw_length)
        runs.append(run)
        start, raw_end, at = start + run.length, _raw_end(run), at + 2 + wide
    if start != len(text):
        raise ValueError(f"the packed map covers {start} characters, the text has {len(text)}")
    return AlignedText(text, tuple(runs))


def _raw_end(run: Run) -> int:
    return run.raw_start + (run.length if run.raw_length is None else run.raw_length)


def _check(aligned: AlignedText, start: int, end: int) -> None:
    if not 0 <= start <= end <= len(aligned.text):
        raise ValueError(f"{start}-{end} is outside a text of {len(aligned.text)} characters")


def _run_at(aligned: AlignedText, position: int, low: int = 0) -> int:
    if len(aligned.runs) == 1:
        return 0
    return bisect_right(aligned.runs, position, lo=low, key=_START) - 1


def _pieces(
    aligned: AlignedText, start: int, end: int, first: int | None = None
) -> Iterator[tuple[int, int, int, int | None]]:
    """Yield (start in the text, raw start, length, raw length) of every run or part of one inside the range."""
    if start == end:
        return
    index = _run_at(aligned, start) if first is None else first
    while index < len(aligned.runs):
        run = aligned.runs[index]
        if run.start >= end:
            return
        low, high = max(start, run.start), min(end, run.start + run.length)
        if low < high:
            raw_start = run.raw_start + (low - run.start if run.raw_length is None else 0)
            yield low, raw_start, high - low, run.raw_length
        index += 1


def _copy(builder: _Builder, aligned: AlignedText, start: int, end: int, first: int) -> int:
    """Append a range; return the index of the run to look from next."""
    for at, raw_start, length, raw_length in _pieces(aligned, start, end, first):
        builder.add(aligned.text[at : at + length], raw_start, raw_length)
    index = first
    while index + 1 < len(aligned.runs) and aligned.runs[index + 1].start <= end:
        index += 1
    return index


def _write(packed: bytearray, number: int) -> None:
    while number > 0x7F:
        packed.append(number & 0x7F | 0x80)
        number >>= 7
    packed.append(number)


def _read(packed: bytes) -> Iterator[int]:
    number = shift = 0
    for byte in packed:
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield number
            number = shift = 0
    if shift:
        raise ValueError("the packed map ends in the middle of a number")
