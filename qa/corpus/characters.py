"""Classes of characters that reading, repair and segmentation share.

Knows single characters only; words and layout are judged elsewhere.
"""

import re
from functools import cache

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〇"
"""Inside of a regular expression class: Han characters."""

HAN_CHARACTER = re.compile(f"[{HAN}]")
KANA = re.compile("[\u3041-\u30ff]")
HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7af]")
_WIDE = re.compile("[\u1100-\U0010ffff]+")
_EAST_ASIAN = re.compile("[\u2e80-\U0010ffff]+")

SENTENCE_END = "。！？!?…"
CLOSING = "”’」』》）)】〕］]\"'〗〉»"
OPENING = "“‘「『《（(【〔［[〖〈«"

# The 600 commonest characters, counted over jieba's word list weighted by its frequencies.
COMMON = frozenset(
    "一是人了不在有大中国和为这上他个地年来我会以到时要出的生学说道民家子也成行下们于后就发自之对得主长可过天作分方用多你着部能市等业"
    "全里工公经本都而高政法面门动日进区事代那去心小同北定开产前其军还然起种所如现理机体表力好外与文当两实重新三么只山水关明从化平建又"
    "制南内西没此将员名手最东头者月间无安看见各城十相但已些正口通想度加第她合院物性战由位常点海意场武使次二向治因立数样身情入原问把路"
    "被并利石老教万知级量任江及应省资委务元美特期世湖回系比气汉总展电科金先声提品设或义王社很统处四首共马形己儿司太目基领队直计别女权"
    "话少流命至报米给打变果书清活几州华解议更称程今决张导术府才保交放管结师便走达族反再题色五京河接条规式县白它改风光运信受什组听布百"
    "济党指论强做取技黄神选记斯真却职号界件花类何眼兵传带空干农边据集联古广完质阳难增历史专官每住商即步认车台林必死游举线言皇土团收考"
    "求德叫近备研争非具李众连调感转笑革该持始英克士尔让拉思根格造较际亲单朝红型价校约器字段周亚深候则功属积快图火千准究往极育装许参半"
    "令吃观鱼精办像帝八复影告远群包整构料随划算象容示投势热值夫网望源息语股铁断派速怎需片爱律纪支早况病境证编越局推满且列觉服双未居除"
    "乐企引标确织初青志率项飞球节察龙响药站施均消客失轻存低甚般击曾防请离落显罗营足素视护副食创余照兴占巴虽洲村费易试星木黑左宝置跟央"
    "识维采六底宫房音环案批切斗富乡另倒若按查故突责严"
)


@cache
def is_everyday(character: str) -> bool:
    """Return whether a simplified character is among the 3,755 of GB 2312's first level (the everyday ones)."""
    try:
        code = character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7


def han_count(text: str) -> int:
    """Return how many Han characters a text holds."""
    return len(HAN_CHARACTER.findall(text))


def is_han(character: str) -> bool:
    """Return whether a character is a Han character."""
    return HAN_CHARACTER.match(character) is not None


def columns(text: str) -> int:
    """Return the printed width: two for East Asian wide characters, else one. Quick, for layout only."""
    if text.isascii():
        return len(text)
    return 2 * len(text) - len(_WIDE.sub("", text))


def units(text: str) -> float:
    """Return the length in Chinese characters: other scripts need about three letters to say as much as one."""
    if text.isascii():
        return len(text) / 3
    narrow = len(_EAST_ASIAN.sub("", text))  # five times as quick as to count character by character
    return len(text) - narrow + narrow / 3


def is_longer(text: str, limit: float) -> bool:
    """Return whether a text has more units than this; most texts are told by their number of characters."""
    return len(text) > limit and (len(text) > 3 * limit or units(text) > limit)
