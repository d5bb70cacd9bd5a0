"""Undo mojibake: characters that an earlier program decoded wrongly, in a file whose own encoding is right.

Three kinds are known: UTF-8 read as Latin-1 and its relatives (Ã©), which ftfy recognises; UTF-8 read as GBK (鍥句功);
GBK read as Latin-1 (ÖÐ¹ú). The bytes of the first two prove themselves, those of the third must read as common Chinese.
Where bytes are lost nothing can be undone: such places are reported and stay.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import accumulate

from ftfy import TextFixerConfig, fix_encoding

from qa.corpus import align
from qa.corpus.align import Edit
from qa.corpus.repairs import Repair, RepairKind
from qa.corpus.scripts import weight
from qa.types import AlignedText, Span

MIN_COMMON = 0.7
"""Mean weight of characters, from 0 to 1, from which they read as Chinese; that of bytes read wrongly is about 0.35."""

MAX_UTF8 = 0.75
"""Share of a run that may be valid UTF-8 by chance: of five characters in GBK about 0.4, seldom more than 0.7."""

GAIN = 0.2
"""By so much the mean weight must be better than before."""

_CONFIG = TextFixerConfig(replace_lossy_sequences=False, fix_c1_controls=False)

_SPECIAL = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_REST = f"[\x80-\xbf{_SPECIAL}]"
_CYRILLIC_REST = f"[\x80-\xbfЂ-Џѐ-џ{_SPECIAL}№]"
_SEQUENCE = re.compile(f"Ã |[Â-ß]{_REST}|[à-ï]{_REST}{{2}}|[ð-ô]{_REST}{{3}}")
_LATIN_HINT = re.compile(f"[Â-ôРС](?:(?<=[Â-ô]){_REST}|(?<=Ã) |(?<=[РС]){_CYRILLIC_REST}(?:[РС]{_CYRILLIC_REST}){{2}})")
_PIECE = re.compile(r"[^\n]{1,2000}(?=[\x00-\x7f]|$)|[^\n]{1,2000}")
"""Lines, long ones in pieces that end before a plain character: ftfy judges a piece as a whole."""

_WESTERN = re.compile("[\xa0-\u017f\u2010-\u2026\u20ac\x00-\x7f]+")
_GB2312 = re.compile(f"[\xa1-\xf7](?<![\x80-\xff{_SPECIAL}].)[\xa1-\xfe]{{3,}}(?![\x80-\xff{_SPECIAL}])")
_GRAVE = ("Ã ", "Ã\xa0", "Ã")  # à, its second byte become a blank
_QUOTES = re.compile("[“”‘’„‚«»–—…·]+")
_SYLLABLE = re.compile("[\u3041-\u30ff\uac00-\ud7af]")
_RUN = re.compile("[^\x00-\x7f\ufffd]+")
_LOST_SIGNS = ("锟斤拷", "ï¿½")  # the replacement character, misread itself
_LOST = re.compile("(?:锟斤拷)+锟?|(?:ï¿½)+")


def undo(text: str) -> tuple[AlignedText, list[Repair]]:
    """Return the text with its mojibake undone, and what was changed or found to be lost."""
    page = align.whole(text)
    if text.isascii():
        return page, []
    edits, lost = _gbk_for_utf8(text)
    edits = sorted([*edits, *_gbk_for_western(text), *_latin_for_gbk(text)])
    if any(sign in text for sign in _LOST_SIGNS):
        lost += [place.span() for place in _LOST.finditer(text)]
    repairs = _records(page, edits, text)
    page = align.substitute(page, edits)
    edits = _latin_for_utf8(page.text)  # last, for ftfy would see other letters in GBK read as Latin-1
    repairs += _records(page, edits, text)
    repairs += [Repair(RepairKind.GARBLED, Span(a, b), text[a:b], text[a:b]) for a, b in sorted(lost)]
    return align.substitute(page, edits), repairs


def _records(page: AlignedText, edits: Sequence[Edit], source: str) -> list[Repair]:
    """Return the records of changes to a page."""
    records = []
    for start, end, after in _joined(edits):
        span = align.raw_span(page, start, end)
        records.append(Repair(RepairKind.MOJIBAKE, span, source[span.start : span.end], after))
    return records


def _joined(edits: Sequence[Edit]) -> Iterator[Edit]:
    """Yield the edits, neighbours as one: for people, a word is one repair."""
    start = end = 0
    after: list[str] = []
    for edit in edits:
        if after and edit[0] > end:
            yield start, end, "".join(after)
            after = []
        start = start if after else edit[0]
        end = edit[1]
        after.append(edit[2])
    if after:
        yield start, end, "".join(after)


def _gbk_for_utf8(text: str) -> tuple[list[Edit], list[tuple[int, int]]]:
    """Return what undoes UTF-8 read as GBK, and the characters whose bytes are not all there."""
    edits: list[Edit] = []
    lost: list[tuple[int, int]] = []
    done = 0
    for hint in _gbk_hint().finditer(text):
        if hint.start() < done:
            continue
        start = hint.start()
        while start > done and text[start - 1] > "\x7f" and text[start - 1] != "\ufffd":
            start -= 1
        run = _RUN.match(text, hint.start())
        done = run.end() if run else hint.end()
        for first in (start, hint.start()):  # genuine text may stand right before it
            found = _undo_run(text, first, done)
            if found:
                edits += found
                if found[-1][1] < done:
                    lost.append((found[-1][1], done))
                break
    return edits, lost


@cache
def _gbk_hint() -> re.Pattern[str]:
    """Return what finds three characters whose GBK bytes are two Chinese characters in UTF-8."""
    first, inside, last = ((0xE2, 0xF0), (0x80, 0xC0)), ((0x81, 0xC0), (0xC2, 0xF0)), ((0x81, 0xC0), (0x80, 0xC0))
    return re.compile("".join(_gbk_class(range(*leads), range(*trails)) for leads, trails in (first, inside, last)))


def _gbk_class(leads: range, trails: range) -> str:
    pairs = (bytes((lead, trail)) for lead in leads for trail in trails)
    return f"[{''.join(pair.decode('gbk', errors='ignore') for pair in pairs)}]"


def _undo_run(text: str, start: int, end: int) -> list[Edit]:
    """Return what undoes one run of characters beyond ASCII, up to the first that is not whole; nothing if genuine."""
    # Windows reads the byte 80 as the euro sign.
    codes = [b"\x80" if character == "€" else character.encode("gb18030") for character in text[start:end]]
    code = b"".join(codes)
    try:
        decoded = code.decode("utf-8")
    except UnicodeDecodeError as problem:
        if problem.reason != "unexpected end of data":
            return []
        decoded = code[: problem.start].decode("utf-8")
    if len(decoded) < 2 or _mean(decoded) < max(MIN_COMMON, GAIN + _mean(text[start:end])):
        return []
    places = {byte: place for place, byte in enumerate(accumulate(map(len, codes)), start=start + 1)}
    edits: list[Edit] = []
    place, taken, byte = start, 0, 0
    for number, character in enumerate(decoded, start=1):
        byte += len(character.encode("utf-8"))
        if byte in places:  # as short as can be: in most texts two characters for three
            edits.append((place, places[byte], decoded[taken:number]))
            place, taken = places[byte], number
    return edits


def _gbk_for_western(text: str) -> list[Edit]:
    """Return what undoes Western text in UTF-8 that was read as GBK, such as `don鈥檛`, line by line."""
    edits: list[Edit] = []
    done = 0
    while (hint := _western_hint().search(text, done)) is not None:
        start, done = max(text.rfind("\n", 0, hint.start()) + 1, done), _line_end(text, hint.end())
        found = []
        for run in _RUN.finditer(text, start, done):
            decoded = run[0].encode("gb18030").decode("utf-8", errors="replace")
            if not _WESTERN.fullmatch(decoded):
                break
            found.append((*run.span(), decoded))
        else:
            edits += found if len(found) > 1 else []
    return edits


@cache
def _western_hint() -> re.Pattern[str]:
    """Return what finds, beside a plain letter, a character whose GBK bytes are another letter or a quote in UTF-8."""
    return re.compile(f"{_gbk_class(range(0xC3, 0xC6), range(0x80, 0xC0))[:-1]}鈥](?<=[A-Za-z].)")


def _latin_for_gbk(text: str) -> list[Edit]:
    """Return what undoes GBK read as Latin-1: two letters or signs for each character."""
    edits: list[Edit] = []
    for run in _GB2312.finditer(text):
        code = run[0].encode("latin-1")
        covered = sum(len(found[0]) for found in _SEQUENCE.finditer(run[0]))
        if len(code) % 2 or len(set(code)) < 3 or covered > MAX_UTF8 * len(code):
            continue
        decoded = code.decode("gb2312", errors="replace")
        if _mean(decoded) >= MIN_COMMON and "\ufffd" not in decoded:
            start = run.start()
            edits += [(start + 2 * at, start + 2 * at + 2, character) for at, character in enumerate(decoded)]
    return edits


def _latin_for_utf8(text: str) -> list[Edit]:
    """Return what undoes UTF-8 read as Latin-1, as one of its relatives, or so more than once: what ftfy finds."""
    edits: list[Edit] = []
    done = 0
    while (hint := _LATIN_HINT.search(text, done)) is not None:
        start = max(text.rfind("\n", 0, hint.start()) + 1, done)
        for piece in _PIECE.finditer(text, start, _line_end(text, hint.end())):
            fixed = fix_encoding(piece[0], _CONFIG)
            if fixed != piece[0]:
                edits += _moved(_believable(piece[0], list(_changes(piece[0], fixed))), piece.start())
        done = _line_end(text, hint.end())
    return edits


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _changes(before: str, after: str) -> Iterator[Edit]:
    """Yield what makes one text of the other: sequence by sequence where that explains it, else by comparison."""
    sequences = [(*found.span(), _decoded(found[0])) for found in _SEQUENCE.finditer(before)]
    known = [(start, end, character) for start, end, character in sequences if character]
    if align.substitute(align.whole(before), known).text == after:
        yield from known
        return
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            yield (a, b, after[c:d]) if a < b else (max(0, a - 1), max(1, a), before[a - 1 : a] + after[c:d])


def _moved(edits: Sequence[Edit], offset: int) -> list[Edit]:
    return [(start + offset, end + offset, after) for start, end, after in edits]


def _believable(text: str, edits: Sequence[Edit]) -> list[Edit]:
    """Leave out what ftfy would change in genuine text: `ĐÃ ĐI` in Vietnamese, `café”“` where two quotations meet."""
    if all(text[start:end] in _GRAVE for start, end, _ in edits):
        return []
    kept = []
    starts, ends = {start for start, _, _ in edits}, {end for _, end, _ in edits}
    for start, end, after in edits:
        beside = start in ends or end in starts
        before = text[start - 1 : start]
        behind = text[end : end + 1]
        capitals = text[start:end] in _GRAVE and before.isupper() and not (behind.islower() or behind in "-,.;:'")
        rare = before.isalpha() or _mean(after) < MIN_COMMON
        quotes = not beside and rare and _QUOTES.fullmatch(text, start + 1, end)
        if not (capitals or quotes or "\ufffd" in after):
            kept.append((start, end, after))
    return kept


def _decoded(sequence: str) -> str:
    """Return the character that these bytes are in UTF-8, or an empty text."""
    code = sequence.replace("Ã ", "Ã\xa0").encode("sloppy-windows-1252", errors="ignore")
    try:
        return code.decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _mean(text: str) -> float:
    """Return the mean weight of the characters beyond ASCII; kana and Hangul count as common."""
    weights = [1.0 if _SYLLABLE.match(character) else weight(character) for character in text if character > "\x7f"]
    return sum(weights) / len(weights) if weights else 0.0
