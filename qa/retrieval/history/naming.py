"""Find names in a Chinese question: places, people, bodies and buildings; by their last characters and by tags.

For a question only, where a miss costs little; names in documents are found by `qa.corpus.place` and `qa.corpus.names`.
"""

import re
from collections.abc import Iterator
from typing import Literal

from qa.corpus.characters import HAN
from qa.corpus.cutter import cutter
from qa.corpus.names import COMPOUND_SURNAMES, SURNAMES
from qa.retrieval.history.proper import is_common, is_proper

NameKind = Literal["place", "person", "name"]
Name = tuple[int, int, NameKind]
"""Half-open range of code points, and what stands there."""

_Word = tuple[int, str, str]
"""Start, word, tag."""

_UNIT = re.compile(rf"[{HAN}]+(?:省|市|州|县|旗|区|镇|乡|街道|村|社区)")
_UNIT_ALONE = frozenset("省 市 州 县 旗 区 镇 乡 街道 村 社区".split())
_ZONES = frozenset("开发区 示范区 高新区 新区 经开区 集聚区 产业集聚区 园区 产业园 管理区 新城".split())
_NO_UNIT = re.compile(
    r"[全各本我该此每某这那].{0,2}|.{0,2}(?:城市|乡村|农村|超市|股市|都市|门市|上市|小区|社区|街道|地区|园区|景区|校区|片区"
    r"|市区|郊区|城区|辖区|展区|专区|特区|灾区|山区|家乡|下乡|返乡|新村|亚洲|欧洲)|市场"
)
_BODIES = frozenset(
    """
    公司 集团 学校 中学 小学 大学 学院 幼儿园 医院 银行 图书馆 博物馆 体育馆 美术馆 文化馆 科技馆 展览馆 纪念馆 体育场
    公园 动物园 植物园 大桥 水库 广场 大厦 车站 火车站 机场 码头 隧道 俱乐部 协会 基金会 研究院 研究所 工厂 商场 酒店
    剧院 书店 出版社 水厂 电厂 养老院 敬老院 法院 检察院 委员会 管委会 运动会 马拉松 联赛 队 厂 局 桥 街 路 大道 湖 站
    墙 科技 电子 电器 汽车 药业 食品 重工 股份 网络 软件 地产 航空 证券 机械 杯 奖 节 号线 洗衣机 冰箱 相机 手机 打印机
    计划 行动 项目 工程
    """.split()
)
_SORTED_BODIES = sorted(_BODIES, key=lambda ending: (-len(ending), ending))
# Nothing of a name: these begin no body, and what is left of it without them must have two characters.
_PLAIN = re.compile(
    r"(?:市|县|区|镇|村|校|省|国|新|老|旧|本|我|全|各|该|大|小|总|主|原|这|那|某|每|另|其他|当地|附近|重点|主要|全部|所有|招商|引资|招商引资"
    r"|建设|改造|投资|新建|落地|重大|民生|一个|实事|具体|产业|工业)+"
)
_NUMBERED = re.compile(
    r"第?[零一二三四五六七八九十\d]{1,3}(?:中学|小学|人民医院|医院|中(?![间心央等期小])|小(?![时区学]))"
)
_NOUN_TAGS = ("n", "j", "l", "b", "vn", "eng", "k", "zg", "s", "a", "an", "i", "g", "h")
_NO_NOUN = frozenset("一共 总共 目前 分别 以上 以下 一次 一下 什么 时候 个 名 年 月 日 人".split())
_SURNAME = re.compile(rf"(?:{COMPOUND_SURNAMES}|[{SURNAMES}])[{HAN}]{{1,2}}")
_NOT_OF_A_NAME = re.compile(r"(?<=[^，,].)[得在是的有和说为被获拿把去来任当曾于从了打赢]+$")
_FOREIGN = re.compile(rf"[{HAN}]{{1,6}}·[{HAN}]{{1,6}}?(?=[的是在和与有什哪多几得打获说进赢任来去拿踢]|[^{HAN}]|$)")


def chinese_names(text: str) -> list[Name]:
    """Return the names of a simplified text, in order; they do not overlap."""
    found: list[Name] = [(*match.span(), "person") for match in _FOREIGN.finditer(text)]
    found += [(*match.span(), "name") for match in _NUMBERED.finditer(text)]
    words = [word for word in _words(text) if not _taken(word, found)]
    found += _places(words)
    words = [word for word in words if not _taken(word, found)]
    found += _people(words)
    words = [word for word in words if not _taken(word, found)]
    found += _bodies(words, {end for _, end, kind in found if kind == "place"})
    words = [word for word in words if not _taken(word, found)]
    found += [
        (start, start + len(word), "name")
        for start, word, tag in words
        if tag[:1] == "n" and is_proper(word) and word not in _BODIES
    ]
    return sorted(found)


def _is_bare_place(word: str, tag: str) -> bool:
    """Return whether a word without 市 or 县 is a place: 焦作, which the list knows as 焦作市; 东埠段, by its tag."""
    if len(word) < 2 or word in _BODIES or _NO_UNIT.fullmatch(word):
        return False
    if tag == "ns":
        return is_proper(word) or not cutter().has_word(word) or _has_unit(word)
    return is_proper(word) and _has_unit(word)


def _has_unit(word: str) -> bool:
    return any(cutter().has_word(word + unit) for unit in ("省", "市", "县", "区"))


def _words(text: str) -> Iterator[_Word]:
    start = 0
    for word, tag in cutter().tag(text):
        yield start, word, tag
        start += len(word)


def _taken(word: _Word, found: list[Name]) -> bool:
    start, end = word[0], word[0] + len(word[1])
    return any(first < end and start < last for first, last, _ in found)


def _is_unit(word: str) -> bool:
    return _UNIT.fullmatch(word) is not None and 3 <= len(word) <= 7 and _NO_UNIT.fullmatch(word) is None


def _places(words: list[_Word]) -> Iterator[Name]:
    """Yield one place for each unit of a chain, so that the smallest can be replaced alone."""
    previous_end = -1
    for number, (start, word, tag) in enumerate(words):
        following = words[number + 1][1] if number + 1 < len(words) else ""
        end = start + len(word)
        if start < previous_end:
            continue
        unit = _unit_at_the_start(following)
        if unit and 2 <= len(word) <= 3 and tag[0] == "n" and not _NO_UNIT.fullmatch(word):
            end += len(unit)  # 云泊 / 县
        elif word in _ZONES:
            if start != previous_end:
                continue  # one of many such zones
        elif not (_is_unit(word) or (tag[0] == "n" and _is_bare_place(word, tag) and following not in _BODIES)):
            continue
        previous_end = end
        yield start, end, "place"


def _unit_at_the_start(word: str) -> str:
    """Return the unit that a word is, or that the cutter has drawn into an unknown one: 区 of 区有."""
    if word in _UNIT_ALONE:
        return word
    return word[:1] if word[:1] in _UNIT_ALONE and not cutter().has_word(word) else ""


def _people(words: list[_Word]) -> Iterator[Name]:
    for start, word, tag in words:
        name = _NOT_OF_A_NAME.sub("", word)
        if tag in {"nr", "nrfg"} and _SURNAME.fullmatch(name) and not is_common(name):
            yield start, start + len(name), "person"


def _bodies(words: list[_Word], place_ends: set[int]) -> Iterator[Name]:
    """Yield runs of nouns that end as bodies and buildings do and have a name of their own in front."""
    run: list[_Word] = []
    for word in [*words, (-1, "", "")]:
        joined = not run or run[-1][0] + len(run[-1][1]) == word[0]
        if joined and word[2].startswith(_NOUN_TAGS) and word[1] not in _NO_NOUN:
            run.append(word)
            continue
        yield from _body(run, place_ends)
        run = [word] if word[2].startswith(_NOUN_TAGS) and word[1] not in _NO_NOUN else []


def _body(run: list[_Word], place_ends: set[int]) -> Iterator[Name]:
    for number in range(len(run), 0, -1):
        start, last = run[0][0], run[number - 1]
        text = "".join(word for _, word, _ in run[:number])
        ending = next((ending for ending in _SORTED_BODIES if last[1].endswith(ending)), None)
        if ending is None:
            continue
        own = _PLAIN.sub("", text.removesuffix(ending))
        if len(own) > 1 or (start in place_ends and text not in _BODIES):
            yield start, start + len(text), "name"
            return
