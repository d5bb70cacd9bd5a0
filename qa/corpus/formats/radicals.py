"""Turn radicals into the characters that they look like.

Fonts that share one glyph for a character and its radical often say that it stands for the radical: then a PDF seems to
hold `⼈` (U+2F08), and nobody who types `人` (U+4EBA) finds it. Radicals alone do not occur in running text.
"""

from unicodedata import normalize

_SUPPLEMENT = (
    "⺟母⺠民⺧牛⺩王⺫目⺬示⺮竹⺶羊⻁虎⻄西⻅见⻆角⻇角⻉贝⻊足⻋车⻑長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤"
    "⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
"""Of the CJK Radicals Supplement, those that are characters as they stand; Unicode's NFKC knows two of them."""

CHARACTERS: dict[int, str] = {
    **{radical: normalize("NFKC", chr(radical)) for radical in range(0x2F00, 0x2FD6)},
    **{ord(radical): character for radical, character in zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)},
}
"""For `str.translate`: one character for one."""
