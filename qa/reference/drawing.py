"""Draw boxes with text and arrows between them as SVG, on paper of its own colour, for light and dark pages.

Knows how wide text is, roughly; knows nothing of what it says.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from unicodedata import east_asian_width

PAPER, CARD, EDGE, INK, FAINT, ACCENT, MARK = (
    "#f6f0e4", "#fffdf8", "#d9cbb2", "#2c2620", "#7a6c59", "#9b2d20", "#f6d98a",
)  # fmt: skip
_SERIF = "'Noto Serif CJK SC','Songti SC',SimSun,Georgia,serif"
_SANS = "'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',system-ui,sans-serif"
_SIZE, _LINE, _PAD = 13, 20, 14  # pixels


@dataclass(frozen=True, slots=True)
class Box:
    """A card: a title, and lines of text; what stands between ⟦ and ⟧ in a line is marked."""

    x: float
    y: float
    width: float
    title: str
    lines: Sequence[str]

    @property
    def wrapped(self) -> list[str]:
        """The lines, broken where the card ends."""
        return [piece for line in self.lines for piece in broken(line, self.width - 2 * _PAD)]

    @property
    def height(self) -> float:
        return 2 * _PAD + _LINE * (len(self.wrapped) + 1)

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def bottom(self) -> float:
        return self.y + self.height


def picture(width: float, height: float, label: str, parts: Iterable[str]) -> str:
    """Return an SVG file."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img" '
        f'aria-label="{escape(label)}" font-size="{_SIZE}">\n'
        f"<title>{escape(label)}</title>\n"
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        f'<path d="M0 0L8 4L0 8z" fill="{FAINT}"/></marker></defs>\n'
        f'<rect width="{width:g}" height="{height:g}" rx="10" fill="{PAPER}"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def card(box: Box) -> str:
    """Return a box."""
    left, top = box.x + _PAD, box.y + _PAD
    parts = [
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" rx="6" fill="{CARD}" '
        f'stroke="{EDGE}"/>',
        text(left, top + 12, box.title, colour=ACCENT, serif=True),
    ]
    inside = False
    for number, line in enumerate(box.wrapped, start=1):
        y, before = top + 12 + _LINE * number, left
        for piece, turns in _pieces(line):
            if piece and inside:
                parts.append(
                    f'<rect x="{before - 1:g}" y="{y - 13:g}" width="{wide(piece) + 2:g}" height="17" fill="{MARK}"/>'
                )
            parts.append(text(before, y, piece) if piece else "")
            before += wide(piece)
            inside = inside != turns
    return "".join(parts)


def text(x: float, y: float, said: str, *, colour: str = INK, serif: bool = False, anchor: str = "start") -> str:
    """Return a line of text; as wide as it is reckoned, whatever the font, so that marks stay below their words."""
    family, size = (_SERIF, 15) if serif else (_SANS, _SIZE)
    fitted = "" if serif else f' textLength="{wide(said):g}" lengthAdjust="spacingAndGlyphs"'
    return (
        f'<text x="{x:g}" y="{y:g}" fill="{colour}" font-family="{family}" font-size="{size}" '
        f'text-anchor="{anchor}" xml:space="preserve"{fitted}>{escape(said)}</text>'
    )


def arrow(x1: float, y1: float, x2: float, y2: float) -> str:
    """Return a line with a tip at its end."""
    return (
        f'<path d="M{x1:g} {y1:g}L{x2:g} {y2:g}" stroke="{FAINT}" stroke-width="1.4" fill="none" '
        'marker-end="url(#tip)"/>'
    )


def wide(said: str) -> float:
    """Return about how many pixels a text takes."""
    return sum(_SIZE if east_asian_width(sign) in "WFA" else _SIZE * 0.54 for sign in said)


def broken(line: str, width: float) -> list[str]:
    """Break a line where it is too wide: at a blank where one is near, else anywhere, as Chinese is."""
    lines, rest = [], line
    while wide(rest.replace("⟦", "").replace("⟧", "")) > width:
        end = next(n for n in range(1, len(rest) + 1) if wide(rest[:n].replace("⟦", "").replace("⟧", "")) > width) - 1
        blank = rest.rfind(" ", max(0, end - 14), end)
        end = blank + 1 if blank > 0 else end
        lines.append(rest[:end].rstrip())
        rest = rest[end:]
    return [*lines, rest]


def _pieces(line: str) -> list[tuple[str, bool]]:
    """Return the pieces of a line between marks, each with whether a mark follows it."""
    pieces = line.replace("⟧", "⟦").split("⟦")
    return [(piece, number < len(pieces) - 1) for number, piece in enumerate(pieces)]
