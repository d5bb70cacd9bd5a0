"""Find the names of places and bodies in Chinese text: what stands before 区, 镇, 水库 or another such word.

Rules on words and jieba's tags, made to rather miss a name than take a common noun for one. Knows no map, and compares
nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from qa.corpus.characters import is_han
from qa.corpus.cutter import cutter

ORDER = ("province", "city", "county", "zone", "town", "village")
"""The levels of places, the largest first."""

ZONE = (
    "(?:经济技术|高新技术产业|高新技术|城乡一体化|经济|产业|综合|先行|现代服务业)?"
    "(?:开发|高新|示范|经开|保税|自贸|试验|集聚|合作|新)区"
)
"""Inside a regular expression: a district that bears no name of its own."""

_BODIES = (
    "水库|大桥|大道|公园|医院|小学|中学|高中|大学|学院|幼儿园|公司|集团|银行|小区|花园|家园|广场|图书馆|博物馆|体育馆"
    "|机场|车站|码头|古镇|产业园|科技园|工业园|创业园|文创园|协会|基金会|研究院|研究所|合作社|法院|检察院|基地|中心"
    "|水厂|电厂|电站|大厦|商场|书店|剧院|[寺河湖桥路街](?![省市县旗区镇乡村街]|社区)"
)
# 路桥区 is a district, no bridge: of two such words in a row the last one counts.
_UNITS = "|".join(f"{unit}(?![{'省市县旗区镇乡村'.replace(unit, '')}])" for unit in "省市县旗区镇乡村盟")
_SUFFIX = re.compile(rf"自治[区州]|{ZONE}|街道|社区|{_BODIES}|{_UNITS}")
_LEVELS = {
    "省": "province", "自治区": "province", "市": "city", "自治州": "city", "盟": "city",
    "县": "county", "旗": "county", "区": "county", "镇": "town", "乡": "town", "街道": "town",
    "村": "village", "社区": "village",
}  # fmt: skip
# What may not stand before the word, for the two are then a common noun: 城区, 农村, 强镇.
_COMMON = {
    "区": "洋小社城园景校厂山地片辖市郊灾牧库林矿专特战防街新老县镇发范护假务业贸聚验心禁疫学馆站台展军游治离能住居险",
    "村": "乡农山渔古驻进入整全本该每各新老城型困点范政然庄中丽居",
    "镇": "城乡小古强大名重集市冰坐全该本各每新老",
    "乡": "城家返故老下侨水之他同全该本各还回异梦",
    "县": "强名大州市全该我本各每百富区",
    "市": "城股楼超夜门上集菜车都县全我该本各每大省海开闹",
    "省": "全我该本外节反各每行",
    "旗": "红国彩锦军党队升挂大",
    "盟": "联同加结",
    "路": "道公铁线思出一半上走铺修马网水管电油通引问环条沿筑带之退绕让同",
    "街": "大上沿逛临背主步老小条商",
    "河": "大小过沿治山江巡条护内运银",
    "湖": "大江小人",
    "桥": "大小立天架高修座危铁便牵搭建",
    "学院": "法商医文理工农林音美体",
}
_COMMON_BEFORE_BODIES = "小大老新旧子分母总本该各两类好座"
# Words that are common before 区, 村 and the like even right after the name of a larger place: 平原市旅游区.
_COMMON_STEMS = frozenset(
    """
    旅游 工业 商务 商业 居住 住宅 生活 办公 核心 中心 功能 教学 服务 物流 休闲 娱乐 试点 示范 重点 贫困 行政 自然 移民
    文明 美丽 特色 生态 产业 农业 林业 牧业 文化 安全 危险 隔离 封闭 管控 防控 风险 公共 所有 部分 其他 周边 附近 边远
    偏远 中心城 主城 老旧 城中 基层 沿海 民族 少数民族 先进 模范 典型 试验 实验 建制 中间 边缘 外围 全部 若干 多数
    """.split()
)
# A name does not hold these; where one does all the same, its part after them is taken.
_STOPS = frozenset(
    "的了着和与及或在是为于至到从由向对把被让将跟同给之等其该此这那哪某每各全本我你他她它们有无没几多少个两以并又也都就还才能"
    "可会要请问据因所内外里中上下前后时年月日号第些抓看搞么啥一"
)
_MEASURED = re.compile("[那这当每某一几两][天次个场家座条所片块帮些头年]")
_NAME_TAGS = frozenset({"nr", "ns", "nt", "nz", "nrt", "nrfg", "j", "i"})
_LOOSE_TAGS = frozenset({"t", "m", "q", "r", "p", "c", "d", "u", "uj", "ul", "v", "x", "y", "k", "zg", "f", "vn", "ad"})
_LONGEST = 4  # characters before the word, where jieba's list does not know the place
TagAt = dict[int, tuple[str, str]]
"""The words of a text with their tags, by where they start."""

_PROVINCES = frozenset(
    """
    北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南
    陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门
    """.split()
)


@dataclass(frozen=True, slots=True)
class Named:
    """A name with the word that tells what it names.

    Attributes:
        stem: What stands before the word; empty never.
        suffix: The word, 区 or 水库; empty where a city or province stands without one.
        level: One of province, city, county, zone, town, village; for a body the word itself.
        start, end: Where it stands, half-open.
    """

    stem: str
    suffix: str
    level: str
    start: int
    end: int

    @property
    def text(self) -> str:
        """The name as printed."""
        return self.stem + self.suffix

    @property
    def on_map(self) -> bool:
        """Whether it is a place, not a body."""
        return self.level in ORDER

    def stands_in(self, text: str) -> bool:
        """Return whether a folded text names it, in full or shortened."""
        if len(self.stem) == 1:
            return self.text in text
        return self.stem[-2:] in text or self.stem[:2] in text


@lru_cache(maxsize=256)
def named_in(text: str) -> tuple[Named, ...]:
    """Return the names in a folded Chinese text, in order."""
    tagged = cutter().tag(text)
    starts = [0, *accumulate(len(word) for word, _ in tagged)]
    tag_at = {start: (word, tag) for start, (word, tag) in zip(starts, tagged, strict=False)}
    found: list[Named] = []
    for match in _SUFFIX.finditer(text):
        last_end = found[-1].end if found else 0
        name = _before(text, match, tag_at, last_end)
        if name:
            found.append(name)
    found += _bare(tag_at, found)
    return tuple(sorted(found, key=lambda name: name.start))


def _before(text: str, match: re.Match[str], tag_at: TagAt, last_end: int) -> Named | None:
    """Return the name that ends with a word such as 区 or 水库, or None where the word ends none."""
    suffix, end = match.group(), match.start()
    level = _LEVELS.get(suffix) or ("zone" if re.fullmatch(ZONE, suffix) else suffix)
    start = _listed_start(match, tag_at, last_end)
    if start is not None:
        stem = text[start:end]
        common = stem[-1] in _COMMON.get(suffix, "") and not (suffix == "区" and len(stem) > 1 and stem[-1] in "城新老")
        return None if common else Named(stem, suffix, level, start, match.end())  # 城市; but 西城区
    if _is_part_of_a_word(match, tag_at) or _last_word(end, tag_at)[1].startswith("v"):
        return None  # 变成县, 离开河
    start = _first_start(text, end, tag_at, last_end)
    stem = text[start:end]
    if len(stem) < 2 or stem[-1] in _COMMON.get(suffix, "") + ("" if level in ORDER else _COMMON_BEFORE_BODIES):
        return None
    inside = start == last_end > 0 and level in ORDER[2:] and stem not in _COMMON_STEMS  # 兰州市安宁区
    return Named(stem, suffix, level, start, match.end()) if inside or not _is_ordinary(stem) else None


def _first_start(text: str, end: int, tag_at: TagAt, last_end: int) -> int:
    """Return where the name that ends at a position starts; the same position where there is none."""
    start = end
    while start > last_end and end - start < _LONGEST + 2 and is_han(text[start - 1]):
        if text[start - 1] in _STOPS:
            start += _MEASURED.match(text, start - 1) is not None  # 那天, 这次
            break
        start -= 1
    start = _after_loose_words(text, start, end, tag_at)
    if end - start > _LONGEST:
        start = next((at for at in range(end - _LONGEST, end - 1) if at in tag_at), end)
        start = _after_loose_words(text, start, end, tag_at)
    return start


def _listed_start(match: re.Match[str], tag_at: TagAt, last_end: int) -> int | None:
    """Return where the place of jieba's list starts that ends with this word, or None."""
    for start in range(match.start() - 1, max(last_end, match.start() - 6) - 1, -1):
        if start in tag_at:
            word, tag = tag_at[start]
            listed = tag == "ns" and start + len(word) == match.end()
            alone = start in (0, last_end) or not is_han(match.string[start - 1]) or match.string[start - 1] in _STOPS
            return start if listed and (alone or match.start() - start > 1) else None  # 滏南县 may be cut as 滏, 南县
    return None


def _is_part_of_a_word(match: re.Match[str], tag_at: TagAt) -> bool:
    """Return whether the word is a part of an ordinary one: 火车站, 拔河, 乡愁; 区委 and 村民 follow a name."""
    word, tag = tag_at.get(match.start(), ("", ""))
    length = len(match.group())
    if len(word) > length and tag not in _NAME_TAGS and word[length] not in "委长民城政党东西南北内外中里":
        return cutter().has_word(word)
    word, tag = tag_at.get(match.start() - 1, ("", ""))
    return len(word) > length and tag not in _NAME_TAGS and (cutter().has_word(word) or tag.startswith("v"))


def _last_word(end: int, tag_at: TagAt) -> tuple[str, str]:
    """Return the word that ends at a position, with its tag; empty where none does."""
    for start in range(end - 1, max(-1, end - 5), -1):
        if start in tag_at:
            return tag_at[start] if start + len(tag_at[start][0]) == end else ("", "")
    return "", ""


def _after_loose_words(text: str, start: int, end: int, tag_at: TagAt) -> int:
    """Return where a name may start, after verbs, times and the like that run into it."""
    while start in tag_at and tag_at[start][1] in _LOOSE_TAGS:
        after = start + len(tag_at[start][0])
        if end - after < 2 or _is_ordinary(text[after:end]):
            break
        start = after
    return start


@lru_cache(maxsize=4096)
def _is_ordinary(stem: str) -> bool:
    """Return whether a stem is made of ordinary words only: 功能, 现代农业, 三人民; 城市, a place to jieba."""
    return all(
        tag == "m"
        or (len(word) > 1 and tag not in _NAME_TAGS and cutter().has_word(word))
        or (len(word) == 2 and word[0] in _COMMON.get(word[1], ""))
        for word, tag in cutter().tag(stem)
    )


def _bare(tag_at: TagAt, found: list[Named]) -> Iterator[Named]:
    """Yield cities and provinces that stand without their word."""
    taken = {at for name in found for at in range(name.start, name.end)}
    for start, (word, tag) in tag_at.items():
        if tag == "ns" and 2 <= len(word) <= 3 and start not in taken:
            if word in _PROVINCES:
                yield Named(word, "", "province", start, start + len(word))
            elif cutter().has_word(word + "市"):
                yield Named(word, "", "city", start, start + len(word))
