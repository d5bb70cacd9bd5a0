"""Find the place that an article is about: a district, town or village named in its title or first lines.

A simple rule on Chinese administrative names; returns None rather than a guess, and never looks a name up.
"""

import re
from itertools import accumulate

from qa.corpus.characters import HAN
from qa.corpus.cutter import cutter

_PROVINCES = (
    "河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海"
    "|台湾"
)
# Words that run into a name but are no part of one.
_IN_NAMES = rf"(?![等的和与及了是在如何变全每各今年月日去该我他她这那有到把被让将于对由向为或又既个])[{HAN}]"
_LEVELS = (
    rf"(?:(?:{_PROVINCES})省|(?:内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔)自治区)",
    rf"(?:{_IN_NAMES}){{2,4}}?(?:市|自治州|盟)",
    rf"(?:(?:{_IN_NAMES}){{1,4}}?(?:县|旗)|(?:{_IN_NAMES}){{1,3}}?区"
    rf"|(?:{_IN_NAMES}){{0,6}}?(?:新|开发|高新|示范|经开)区)",
    rf"(?:{_IN_NAMES}){{1,4}}?(?:镇|乡|街道)",
    rf"(?:{_IN_NAMES}){{1,4}}?(?:村|社区)",
)
_ENDS = "省区市州盟县旗镇乡道村"
_STARTS = (
    "提升|加快|推进|建设|打造|围绕|支持|服务|推动|位于|地处|来到|走进|走访|深入|我省|我市|我县|我区"
    "|是|在|从|到|为|由|据|和|与|及|对|让"
)
_CHAIN = re.compile(
    # The first line says nothing that the others do not; it rules most positions out, three times as fast.
    rf"(?:(?<![{HAN}])|(?<=[在省日于到进处]))(?=[{HAN}]{{1,9}}[{_ENDS}])"
    rf"(?:(?<![{HAN}])|(?<=[在省日])|(?<=位于)|(?<=来到)|(?<=走进)|(?<=地处))(?!{_STARTS})"
    + "".join(f"(?P<p{number}>{level})?" for number, level in enumerate(_LEVELS))
)
_GENERIC = re.compile(
    rf"^(?:[返还回故家他异](?:乡|村)|[全各该本我此每某两几多这那有到进入出既把被将向][{HAN}]{{0,3}}"
    r"|[城郊老新旧小园社地山灾景校厂库牧特街片辖专推动市县乡镇村功能商务办公住宅服务居住生活工业产业集聚中心行政农超股"
    r"示范美丽合作]{1,6}"
    r"(?:省|市|县|区|旗|镇|乡|街道|村|社区))$"
)
_NAMED_ZONES = frozenset(("示范区", "开发区", "高新区", "新区", "经开区"))


def find_place(title: str, publisher: str | None, body: str) -> str | None:
    """Return the place with the larger units printed before it, or None.

    Args:
        title: With its subtitle.
        publisher: Such as a town's newspaper, or None.
        body: Text of the article; names are taken from its first lines, and counted in the first pages.
    """
    lead = body[:400]
    chains = [chain for text in (title, lead) for chain in _chains(text)]
    units = {unit for chain in chains for unit in chain}
    if not units:
        return _publisher_place(publisher)
    counted = body[:6000]
    weights = {unit: counted.count(unit) + (5 if unit in title else 0) for unit in units}
    best = min(units, key=lambda unit: (-weights[unit], unit in _NAMED_ZONES, -len(unit), unit))
    fullest = max((chain[: chain.index(best) + 1] for chain in chains if best in chain), key=len)
    if fullest == (best,) and best in _NAMED_ZONES:
        return (_publisher_place(publisher) or "") + best
    return "".join(fullest)


def _chains(text: str) -> list[tuple[str, ...]]:
    """Return runs of neighbouring names, the largest unit first; a run must begin and end where words do."""
    found = []
    borders: set[int] = set()
    for match in _CHAIN.finditer(text):
        units = [unit for unit in match.groups() if unit]
        start = match.start()
        while units and _GENERIC.match(units[0]) and units[0] not in _NAMED_ZONES:
            start += len(units.pop(0))
        if not units or any(_GENERIC.match(unit) for unit in units[1:]):
            continue
        borders = borders or {0, *accumulate(map(len, cutter().cut(text)))}
        if start in borders and match.end() in borders:
            found.append(tuple(units))
    return found


def _publisher_place(publisher: str | None) -> str | None:
    """Return the town of a newspaper's name; national papers name none."""
    found = re.match(rf"([{HAN}]{{2,4}}?)(?:日报|晚报|时报|早报|新闻网|广播电视台|电视台)$", publisher or "")
    national = ("人民", "经济", "中国", "法治", "光明", "科技", "农民", "工人")
    return found[1] if found and not found[1].startswith(national) else None
