"""Make `docs/articles/tangxi-newspaper.pdf`: two pages of a paper of an invented county, in two columns.

`python tests/golden/sample_newspaper.py` writes it, from the texts below and Debian's fonts-noto-cjk (SIL Open Font
License 1.1, which lets a document carry the characters that it shows). The same versions of font and libraries give
the same bytes; the file in the repository was made with those of constraints.txt and Debian 12.
"""

import math
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase import ttfonts as reportlab_fonts
from reportlab.pdfgen.canvas import Canvas

PAPER = Path(__file__).parents[2] / "docs" / "articles" / "tangxi-newspaper.pdf"
FONTS = Path("/usr/share/fonts/opentype/noto")
SIMPLIFIED = 2
"""Place of the Simplified Chinese font in Debian's collections."""

WIDTH, HEIGHT = 694.0, 610.0
LEFT, COLUMN, BETWEEN = 48.0, 288.0, 22.0
SIZE, LEADING = 12.0, 21.5
CHARACTERS = 24
"""In a full line of a column; lines are set apart or together until they are as wide as it."""

NO_START = "，。、；：？！”）》"
INDENT = "　　"

MASTHEAD = "棠溪新报"
DATELINE = "2025年3月18日　星期二　第1版"
SECOND_HEAD = "棠溪新报　2025年3月18日　星期二　第2版"

OBSERVATORY = "雾岭天文台四月向公众开放"
OBSERVATORY_UNDER = "——周五周六夜间观星，不收门票"
DOME = "暮色里的雾岭天文台圆顶。谭小满 摄"
OBSERVATORY_TEXT = (
    "本报讯（记者江晚晴）3月15日，记者从棠溪县科协了解到，建在雾岭海拔1386米处的雾岭天文台已经完成设备调试，"
    "4月12日起在每个周五、周六的晚上向公众开放。观星不收门票，须提前三天预约，每晚限200人。",
    "天文台有两架望远镜。主望远镜口径1.2米，由省天文学会的研究人员用来寻找小行星，不对外开放；给观众用的是一架口径"
    "40厘米的望远镜，在它的目镜后面，可以看清土星的光环和月球上的环形山。试开放的两个星期里，已有1730人排队看过。",
    "为什么把天文台建在雾岭？台长温向北说，县里从2019年起连测了五年夜空，雾岭一年有213个晴夜，比县城多68个，"
    "山的北面三十公里内没有村镇的灯光。“选址的时候，我们最怕的不是山高，是路灯。”他说。",
    "为了护住这片夜空，山下的石门乡把428盏路灯换成了带罩子的暖色灯，每晚11时以后只亮一半。乡里36家民宿也签了约定："
    "观星季里，院子不开射灯。民宿主人龚秀英有十二间客房，四月的周末已经订出去九间。",
    "上山不必开车。开放的晚上，县客运公司从县城南站开出观星专线，18时30分发第一班，23时发末班下山的车，"
    "来回票价16元。天文台提醒，山顶夜里比县城低八摄氏度左右，请带厚衣服，手电筒要蒙上红布。",
)

DRONES = "棠溪县无人机送药航线开通半年"
DRONES_UNDER = "——山里的药，从天上来"
DRONES_TEXT = (
    "本报讯（通讯员鲁小禾）一箱胰岛素从县人民医院的楼顶起飞，翻过两道山梁，19分钟后落在枫坪村卫生室门口。同样的路，"
    "汽车要走1小时50分。棠溪县的无人机送药航线去年9月开通，到今年2月底一共飞了1264架次，没有丢过一箱药。",
    "航线共有四条，通到枫坪、上坳、石门、白鹤四个村的卫生室，最远的是到白鹤村的一条，有41公里。无人机一次最多带5公斤，"
    "装药的箱子里放着冰袋，温度保持在2到8摄氏度。到了地方，村医扫码签收。",
    "“以前进一次药要等每周三的班车，急的时候只能自己骑摩托去县城。”枫坪村村医沈兰香说，村里有73位老人常年用药，"
    "现在缺什么当天就能补上。棠溪县人民医院药剂科主任薛明澈介绍，无人机送一趟药的成本是38元，县财政和医院各付一半，"
    "病人不另外出钱。",
    "天气是最大的难处。风力超过六级、能见度不足800米的时候不飞，半年里因此停了27天。医院在四个卫生室各备了够用七天的"
    "常用药。薛明澈说：“天上的路再快，柜子里也得有药。”",
)

BICYCLES = "老粮站变成自行车博物馆"
BICYCLES_TEXT = (
    "本报讯（记者江晚晴）县城西街的老粮站换了新门面。3月22日，棠溪县自行车博物馆在这里开馆，展出各个年代的自行车167辆，"
    "最老的一辆造于1936年，车铃还能响。",
    "馆长游大川修了四十年车，展品里有104辆是他从废品站一辆一辆收回来、自己修好的。博物馆门票10元，学生免费，周一闭馆；"
    "院子里留了一间修车铺，街坊来补胎，照旧只收5元。",
    "开馆当天，六辆老车要由六个人骑着绕城一周，全程9公里。游大川说，车是给人骑的，锁在柜子里就成了铁。",
)


def main() -> None:
    """Write the paper."""
    everything = "".join((
        *OBSERVATORY_TEXT, *DRONES_TEXT, *BICYCLES_TEXT, DATELINE, SECOND_HEAD, OBSERVATORY, OBSERVATORY_UNDER, DOME,
        MASTHEAD, DRONES, DRONES_UNDER, BICYCLES,
    ))  # fmt: skip
    titles = MASTHEAD + OBSERVATORY + DRONES + BICYCLES
    _register("text", FONTS / "NotoSerifCJK-Regular.ttc", everything)
    _register("title", FONTS / "NotoSerifCJK-Bold.ttc", titles)
    written = BytesIO()
    canvas = Canvas(written, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1)
    canvas.setTitle(f"{MASTHEAD} 2025年3月18日")
    _first_page(canvas)
    canvas.showPage()
    _second_page(canvas)
    canvas.showPage()
    canvas.save()
    PAPER.write_bytes(written.getvalue())


def wrapped(text: str) -> list[str]:
    """Return a paragraph in lines: two blanks in front, no mark at the start of a line, a number never torn apart."""
    text = INDENT + text
    found = []
    while text:
        end, room = 0, float(CHARACTERS)
        while end < len(text) and room >= (used := _width(text[end])):
            room -= used
            end += 1
        while end < len(text) and text[end] in NO_START:
            end += 1
        while end < len(text) and text[end].isascii() and text[end - 1].isascii():
            end -= 1
        found.append(text[:end])
        text = text[end:]
    return found


def _width(character: str) -> float:
    return 0.55 if character.isascii() else 1.0


def _first_page(canvas: Canvas) -> None:
    _centred(canvas, MASTHEAD, 540, size=44, font="title")
    _centred(canvas, DATELINE, 510, size=10)
    _rule(canvas, 498)
    _centred(canvas, OBSERVATORY, 448, size=31, font="title")
    _centred(canvas, OBSERVATORY_UNDER, 416, size=15)
    lines = [line for paragraph in OBSERVATORY_TEXT for line in _set(paragraph)]
    left = (len(lines) - 9) // 2  # the picture is as high as nine lines
    _dome(canvas, LEFT, 230)
    _lines(canvas, [(DOME, False)], left=LEFT, top=212, size=10)
    _lines(canvas, lines[:left], left=LEFT, top=378 - 9 * LEADING)
    _lines(canvas, lines[left:], left=LEFT + COLUMN + BETWEEN, top=378)


def _second_page(canvas: Canvas) -> None:
    _centred(canvas, SECOND_HEAD, 566, size=10)
    _rule(canvas, 554)
    _centred(canvas, DRONES, 510, size=27, font="title")
    _centred(canvas, DRONES_UNDER, 480, size=15)
    _two_columns(canvas, DRONES_TEXT, top=444)
    _rule(canvas, 216)
    _centred(canvas, BICYCLES, 172, size=24, font="title")
    _two_columns(canvas, BICYCLES_TEXT, top=134)


def _set(paragraph: str) -> list[tuple[str, bool]]:
    """Return the lines of a paragraph, and whether each is as wide as the column: all but the last one."""
    lines = wrapped(paragraph)
    return [(line, number < len(lines)) for number, line in enumerate(lines, start=1)]


def _two_columns(canvas: Canvas, paragraphs: Sequence[str], *, top: float) -> None:
    lines = [line for paragraph in paragraphs for line in _set(paragraph)]
    half = (len(lines) + 1) // 2
    _lines(canvas, lines[:half], left=LEFT, top=top)
    _lines(canvas, lines[half:], left=LEFT + COLUMN + BETWEEN, top=top)


def _lines(canvas: Canvas, lines: Sequence[tuple[str, bool]], *, left: float, top: float, size: float = SIZE) -> None:
    canvas.setFont("text", size)
    for number, (line, full) in enumerate(lines):
        width = pdfmetrics.stringWidth(line, "text", size)
        apart = (COLUMN - width) / (len(line) - 1) if full or width > COLUMN else 0
        canvas.drawString(left, top - number * LEADING, line, charSpace=apart)


def _centred(canvas: Canvas, text: str, height: float, *, size: float, font: str = "text") -> None:
    canvas.setFont(font, size)
    canvas.drawCentredString(WIDTH / 2, height, text)


def _rule(canvas: Canvas, height: float) -> None:
    canvas.setLineWidth(0.6)
    canvas.line(LEFT, height, WIDTH - LEFT, height)


def _dome(canvas: Canvas, left: float, foot: float) -> None:
    """Draw the observatory: a dome on a ridge under a few stars, as wide as a column."""
    canvas.setFillGray(0.25)
    canvas.rect(left, foot, COLUMN, 160, stroke=0, fill=1)
    canvas.setFillGray(0.95)
    for number in range(24):
        canvas.circle(left + 8 + (97 * number) % 272, foot + 66 + (41 * number) % 88, 0.7, stroke=0, fill=1)
    canvas.setFillGray(0.8)
    canvas.wedge(left + 106, foot + 34, left + 182, foot + 110, 0, 180, stroke=0, fill=1)
    canvas.rect(left + 111, foot + 34, 66, 38, stroke=0, fill=1)
    canvas.setFillGray(0.25)
    canvas.wedge(left + 108, foot + 36, left + 180, foot + 108, 52, 14, stroke=0, fill=1)
    canvas.setFillGray(0.1)
    ridge = canvas.beginPath()
    ridge.moveTo(left, foot)
    for step in range(25):
        ridge.lineTo(left + 12 * step, foot + 30 + 7 * math.cos(step / 3) - abs(step - 12))
    ridge.lineTo(left + COLUMN, foot)
    ridge.close()
    canvas.drawPath(ridge, stroke=0, fill=1)
    canvas.setFillGray(0)


def _register(name: str, collection: Path, characters: str) -> None:
    """Give reportlab a font of these characters under a name; it reads no outlines but TrueType's, so they are made."""
    from fontTools.pens.cu2quPen import Cu2QuPen  # here, for tests read the texts only; it comes with matplotlib
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont, newTable

    font = TTFont(collection, fontNumber=SIMPLIFIED)
    subsetter = Subsetter(Options(layout_features=[], notdef_outline=True, name_IDs=[0, 1, 2, 4, 5, 6, 13, 14]))
    subsetter.populate(text=characters)
    subsetter.subset(font)
    glyphs, drawn = font.getGlyphSet(), {}
    for glyph in font.getGlyphOrder():
        pen = TTGlyphPen(glyphs)
        glyphs[glyph].draw(Cu2QuPen(pen, max_err=3.0, reverse_direction=True))
        drawn[glyph] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = newTable("glyf")
    font["glyf"].glyphOrder = font.getGlyphOrder()
    font["glyf"].glyphs = drawn
    font["maxp"].tableVersion = 0x00010000
    for value in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
                  "maxStackElements", "maxSizeOfInstructions"):  # fmt: skip
        setattr(font["maxp"], value, 1 if value == "maxZones" else 0)
    font["post"].formatType = 3.0
    for table in ("CFF ", "VORG"):
        if table in font:
            del font[table]
    font.sfntVersion = "\x00\x01\x00\x00"
    font.recalcTimestamp = False
    made = BytesIO()
    font.save(made)
    made.seek(0)
    pdfmetrics.registerFont(reportlab_fonts.TTFont(name, made))


if __name__ == "__main__":
    main()
