"""Build, cut, join and change `AlignedText`: repaired text that knows where its characters stand in the source.

Does not decide what to repair. Positions in the repaired text are called `start` and `end`, positions in the source
raw; both are half-open ranges of code points. Nothing can be inserted that no source characters stand for.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO

from qa.corpus.runs import IN_STEP, LARGEST, WIDTH, Runs, as_runs, one_run
from qa.types import AlignedText, Span

Edit = tuple[int, int, str]
"""Range of the text and what replaces it; an empty replacement deletes."""


class _Builder:
    """Collects text and runs; neighbours that continue each other in the source become one run.

    The last run stays open as four numbers, because most additions only make it longer.
    """

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._numbers = array("i")
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
            raw_length = self.raw_end - self._raw_start if self._wide else IN_STEP
            self._numbers.extend((self._start, self._raw_start, self.length - self._start, raw_length))

    def build(self) -> AlignedText:
        self._close()
        return AlignedText("".join(self._texts), Runs(self._numbers))


def whole(text: str, raw_start: int = 0) -> AlignedText:
    """Return text that stands in the source as it is, from `raw_start` on."""
    return AlignedText(text, one_run(raw_start, len(text)) if text else ())


def cut(aligned: AlignedText, start: int, end: int) -> AlignedText:
    """Return the range with its map; a piece of a replaced run maps to all that the run replaced.

    Raises:
        ValueError: The range is outside the text.
    """
    _check(aligned, start, end)
    if (start, end) == (0, len(aligned.text)):
        return aligned
    numbers = as_runs(aligned.runs).numbers
    if len(numbers) == WIDTH and numbers[3] == IN_STEP:
        return whole(aligned.text[start:end], numbers[1] + start)
    if start == end:
        return AlignedText("", ())
    first, last = _run_at(numbers, start), _run_at(numbers, end - 1)
    kept = numbers[first : last + WIDTH]
    for at in range(0, len(kept), WIDTH):
        kept[at] -= start
    _shorten(kept, end - start)
    return AlignedText(aligned.text[start:end], Runs(kept))


def _shorten(numbers: "array[int]", length: int) -> None:
    """Cut the first and the last run of a text to begin at 0 and to end at its length; they reach over it."""
    last = len(numbers) - WIDTH
    numbers[last + 2] = length - numbers[last]
    before = -numbers[0]
    numbers[0] = 0
    numbers[2] -= before
    if numbers[3] == IN_STEP:
        numbers[1] += before


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
            gap_start, gap_end = builder.raw_end, raw_start(part)
            if gap_end <= gap_start:
                raise ValueError("nothing stands between the parts that the separator could replace")
            same = gap_end - gap_start == len(between)
            builder.add(between, gap_start, None if same else gap_end - gap_start)
        for at, raw, length, raw_length in _pieces(as_runs(part.runs).numbers, 0, len(part.text), 0):
            builder.add(part.text[at : at + length], raw, raw_length)
    return builder.build()


def substitute(aligned: AlignedText, edits: Iterable[Edit]) -> AlignedText:
    """Return the text with ranges replaced or deleted, and everything else kept.

    Args:
        aligned: The text.
        edits: In order, without overlap; each replaces at least one character. Read once.

    Raises:
        ValueError: An edit is empty, outside the text, or overlaps the one before.
    """
    if not edits:
        return aligned
    numbers = as_runs(aligned.runs).numbers
    if len(numbers) == WIDTH and numbers[3] == IN_STEP:
        return _substitute_whole(aligned.text, numbers[1], edits)
    builder = _Builder()
    done, first = 0, 0
    for start, end, replacement in edits:
        _check_edit(start, end, done, len(aligned.text))
        first = _copy(builder, aligned, done, start, first)
        if replacement:
            raw = raw_span(aligned, start, end, _first=first)
            wide = any(raw_length is not None for *_, raw_length in _pieces(numbers, start, end, first))
            same = raw.end - raw.start == len(replacement) and not wide
            builder.add(replacement, raw.start, None if same else raw.end - raw.start)
        done = end
    _copy(builder, aligned, done, len(aligned.text), first)
    return builder.build()


def _substitute_whole(text: str, raw_start: int, edits: Iterable[Edit]) -> AlignedText:
    """Do the same where one run stands in the source as it is: a damaged page has an edit every ten characters."""
    written = StringIO()  # holds no piece apart from the others: with their objects they take four times the memory
    numbers = array("i")
    at = first = done = 0  # where the open run starts in the new and in the old text, and where the rest does
    for start, end, replacement in edits:
        _check_edit(start, end, done, len(text))
        written.write(text[done:start])
        written.write(replacement)
        done = end
        if end - start == len(replacement):
            continue
        if start > first:
            numbers.extend((at, raw_start + first, start - first, IN_STEP))
            at += start - first
        if replacement:
            numbers.extend((at, raw_start + start, len(replacement), end - start))
            at += len(replacement)
        first = end
    written.write(text[done:])
    if first < len(text):
        numbers.extend((at, raw_start + first, len(text) - first, IN_STEP))
    return AlignedText(written.getvalue(), Runs(numbers))


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
    numbers = as_runs(aligned.runs).numbers
    first = _run_at(numbers, start, _first)
    last = _run_at(numbers, end - 1, first)
    raw_start, raw_end = numbers[first + 1], numbers[last + 1]
    raw_start += start - numbers[first] if numbers[first + 3] == IN_STEP else 0
    raw_end += end - numbers[last] if numbers[last + 3] == IN_STEP else numbers[last + 3]
    return Span(raw_start, raw_end)


def raw_start(aligned: AlignedText) -> int:
    """Return where the source characters of a text start; 0 for an empty text."""
    return as_runs(aligned.runs).numbers[1] if aligned.runs else 0


def raw_end(aligned: AlignedText) -> int:
    """Return where the source characters of a text end; 0 for an empty text."""
    if not aligned.runs:
        return 0
    _, last, length, raw_length = as_runs(aligned.runs).numbers[-WIDTH:]
    return last + (length if raw_length == IN_STEP else raw_length)


def is_exact(aligned: AlignedText, start: int, end: int, source_text: str) -> bool:
    """Return whether the range stands in the source exactly as it stands here."""
    raw = raw_span(aligned, start, end)
    return source_text[raw.start : raw.end] == aligned.text[start:end]


def pack_runs(aligned: AlignedText) -> bytes:
    """Return the map, without the text, as a few bytes a run: variable-length numbers, seven bits a byte."""
    packed = bytearray()
    raw_end = 0
    numbers = as_runs(aligned.runs).numbers
    for at in range(0, len(numbers), WIDTH):
        _, raw_start, length, raw_length = numbers[at : at + WIDTH]
        in_step = raw_length == IN_STEP
        _write(packed, (raw_start - raw_end) << 1 | (not in_step))
        _write(packed, length)
        if not in_step:
            _write(packed, raw_length)
        raw_end = raw_start + (length if in_step else raw_length)
    return bytes(packed)


def unpack_runs(text: str, packed: bytes) -> AlignedText:
    """Return the text with the map that `pack_runs` wrote.

    Raises:
        ValueError: The bytes are damaged or belong to another text.
    """
    found = list(_read(packed))
    numbers = array("i")
    start = raw_end = at = 0
    while at < len(found):
        wide = found[at] & 1
        if at + 2 + wide > len(found):
            raise ValueError("the packed map ends in the middle of a run")
        raw_start, length = raw_end + (found[at] >> 1), found[at + 1]
        raw_length = found[at + 2] if wide else IN_STEP
        if max(start, raw_start) + max(length, raw_length) > LARGEST:
            raise ValueError("the packed map names a place that no text has")
        numbers.extend((start, raw_start, length, raw_length))
        start, raw_end, at = start + length, raw_start + (raw_length if wide else length), at + 2 + wide
    if start != len(text):
        raise ValueError(f"the packed map covers {start} characters, the text has {len(text)}")
    return AlignedText(text, Runs(numbers))


def _check(aligned: AlignedText, start: int, end: int) -> None:
    if not 0 <= start <= end <= len(aligned.text):
        raise ValueError(f"{start}-{end} is outside a text of {len(aligned.text)} characters")


def _run_at(numbers: "array[int]", position: int, low: int = 0) -> int:
    """Return where the numbers of the run begin that holds this place of the text."""
    if len(numbers) == WIDTH:
        return 0
    starts = range(low, len(numbers), WIDTH)
    return starts[bisect_right(starts, position, key=numbers.__getitem__) - 1]


def _pieces(numbers: "array[int]", start: int, end: int, first: int) -> Iterator[tuple[int, int, int, int | None]]:
    """Yield (start in the text, raw start, length, raw length) of every run or part of one inside the range."""
    for at in range(first, len(numbers), WIDTH):
        run_start, raw_start, length, raw_length = numbers[at : at + WIDTH]
        if run_start >= end:
            return
        low, high = max(start, run_start), min(end, run_start + length)
        if low >= high:
            continue
        if raw_length == IN_STEP:
            yield low, raw_start + low - run_start, high - low, None
        else:
            yield low, raw_start, high - low, raw_length


def _copy(builder: _Builder, aligned: AlignedText, start: int, end: int, first: int) -> int:
    """Append a range; return where the numbers of the run begin to look from next."""
    numbers = as_runs(aligned.runs).numbers
    for at, raw_start, length, raw_length in _pieces(numbers, start, end, first):
        builder.add(aligned.text[at : at + length], raw_start, raw_length)
    index = first
    while index + WIDTH < len(numbers) and numbers[index + WIDTH] <= end:
        index += WIDTH
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
