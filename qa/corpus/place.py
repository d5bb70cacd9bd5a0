"""Find the place that an article is about: a district, town or village named in its title, publisher or first lines.

A simple rule over the word cutter's tokens; returns None rather than a guess.
"""

import re
from collections import Counter
from functools import cache

_SUFFIX = re.compile(r"[一-鿿]{1,8}(?:省|市|自治区|自治州|县|区|镇|乡|街道|社区|村|旗)$")
_NOT_PLACES = re.compile(
    r"^(?:地区|小区|社区|城区|市区|郊区|园区|片区|全区|全市|全县|全省|全镇|全乡|全村|我市|我县|我区|我省|该区|该市|该县|该镇|该村|本市|本区|辖区|各区|各县|各市|省市|县市|乡镇|"
    r"城市|都市|超市|上市|股市|农村|乡村|新区|老区|山区|灾区|景区|校区|厂区|库区|牧区|特区|街区|各村|老城区|新城区|中心城区|居民小区|生活区|工业园区|产业园区|集聚区|社区|"
    r"行政区|县区|市县|区县|村镇|城镇|进村|入村|驻村|每村|示范村|美丽乡村|老旧小区|商务区|功能区|办公区|住宅区|服务区|居住区|大社区|街道)$"
)


@cache
def _cutter() -> object:
    import rjieba  # loads a dictionary: only when articles are made

    return rjieba


def find_place(title: str, publisher: str | None, lead: str) -> str | None:
    """Return the place, as printed, or None.

    Args:
        title: With its subtitle.
        publisher: Such as a town's newspaper, or None.
        lead: The first lines of the body.
    """
    counts: Counter[str] = Counter()
    for text, weight in ((title, 3), (lead[:300], 1)):
        for place in _places(text):
            counts[place] += weight
    if not counts:
        return _publisher_place(publisher)
    best = min(counts, key=lambda place: (-counts[place], -len(place), place))
    fuller = [place for place in counts if place.endswith(best)]
    return max(fuller, key=lambda place: (len(place), place))


def _publisher_place(publisher: str | None) -> str | None:
    found = re.match(r"([一-鿿]{2,4}?)(?:日报|晚报|时报|早报|新闻网|发布|广播电视台|电视台)$", publisher or "")
    return (
        found[1] if found and found[1] not in ("人民", "经济", "中国", "法治", "光明", "科技", "农民", "工人") else None
    )


def _places(text: str) -> list[str]:
    """Return runs of neighbouring tokens that name places, the largest unit first as printed."""
    tokens: list[str] = _cutter().cut(text)  # type: ignore[attr-defined]
    found = []
    run = ""
    for token in [*tokens, ""]:
        if token and _SUFFIX.match(token) and not _NOT_PLACES.match(token) and len(token) > 1:
            run += token
            continue
        if run:
            found.append(run)
        run = ""
    return found
