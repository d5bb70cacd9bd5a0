"""Offices that people hold, in Chinese, and whether a question asks for one that an article gives to nobody.

A deputy is not his chief, 区长 is not 区委书记, and 财政局局长 is not 工信局局长; 党工委书记 and 书记 are the same, for
one may be short for the other. Knows no persons.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from qa.answer.guard.compared import Compared, Contradiction
from qa.corpus.characters import HAN

_HEADS = (
    "主任委员|委员长|董事长|监事长|理事长|秘书长|检察长|总经理|经理|总裁|总编辑|总干事|总教练|主教练|教练|总工程师|总会计师|总监"
    "|总统|总理|议长|裁判长|指挥长|前线指挥|总指挥|指挥官|发言人|支队长|大队长|中队长|总队长|政委|司令员?|参谋长"
    "|支书|书记|主任|主席|主委|督导员|督学|常委(?!会)|(?:高级|见习|总)督察|教导员|指导员"
    "|(?:财务|组织|宣传|统战|纪检|监察|党委|工委|支部)委员(?!会)"
    "|[省市区县镇乡村州旗盟]长(?!期|效|远|度|江|城|大|安|年|子|途|线|春|沙|治|乐|海|者|约|达|廊|满|跑|宽|出|势)"
    "|[局厅部处科所司院校馆站队社团园厂行会台组庭班店系矿舰船机营连署]长(?!期|效|远|度|江|大|年|途|线|者|约|达|廊|势)"
)
_OFFICE = re.compile(rf"(?P<deputy>常务副|第一副|副)?(?P<acting>代理|代)?(?P<first>第一)?(?P<head>{_HEADS})")
_ASKED_AFTER = re.compile(
    "^(?:同志|先生|女士)?(?:的?(?:名字|姓名))?(?:现在|目前|当时|现任|分别|究竟|到底)?"
    "(?:是谁|是哪一?[位个名]|是何人|是什么人|叫什么|叫啥|叫做什么|姓什么|姓啥|姓甚|由谁|由哪一?[位个名]|为谁|是叫)"
)
_ASKED_BEFORE = re.compile(
    rf"(?:谁(?:是|任|担任|出任|当选为?|做|当)|哪一?位是|由谁(?:担任|出任|任|当|做))[{HAN}]{{0,16}}$"
)
_PARTY = re.compile(r"(?P<level>[省市区县镇乡州盟旗村])委$|(?:党工委|党委|工委|党总支|总支|党支部|支部|党组)$")
_OTHER_COMMITTEES = re.compile(
    "(?:纪委监委|纪检监察工委|纪工委|纪委|监委|团工委|团委|团[省市区县]委|政法委|妇联|工会|科协|政协|人大)$"
)
_BODY = re.compile(
    rf"[{HAN}]{{1,12}}?(?:人大常委会|人大|政协|管委会|管理委员会|办事处|街道办|居委会|村委会|委员会|居民委员会|办公室|分局|局|厅|部"
    r"|处|科|室|所|法院|检察院|学院|医院|院|中心|集团|公司|协会|学会|联合会|基金会|支队|大队|中队|总队|站|馆|银行|会|办|委|庭|台|系)$"
)
_SHORTENED = ("局长", "厅长", "部长", "处长", "科长")
_GENERIC = re.compile(
    "^(?:该|本|我|全|各|原|前|现任|新任|老|时任|一|两|当时|的|而|和|与|及|由|为|是|在|对|向|让|任|据)*"
)
_PLACE_END = re.compile("(?:[省市县区镇乡村旗]|街道|社区)(?!委|政府)")
_LONGEST = 14


@dataclass(frozen=True, slots=True)
class Office:
    """One mention of an office in a Chinese text.

    Attributes:
        head: The word for it, 区长 or 书记; `支书` counts as 书记.
        deputy: Whether 副 stands before it.
        before: What stands before it without a break, up to 14 characters.
        of: Whether 的 stands between the two.
        start, end: Of the office's own words, half-open.
    """

    head: str
    deputy: bool
    before: str
    of: bool
    start: int
    end: int

    def described(self, text: str) -> str:
        """Return the office with its house, as printed."""
        house = _house(self)
        return (house if house and self.before.endswith(house) else "") + text[self.start : self.end]


@lru_cache(maxsize=256)
def offices_in(text: str) -> tuple[Office, ...]:
    """Return the offices that a folded text mentions, in order."""
    found = []
    for match in _OFFICE.finditer(text):
        run = re.search(rf"[{HAN}]*$", text[max(0, match.start() - _LONGEST) : match.start()])
        before = _GENERIC.sub("", run.group()) if run else ""
        of = before.endswith("的")
        before = before.removesuffix("的").rpartition("的")[2]
        head = "书记" if match["head"] == "支书" else match["head"]
        deputy = match["deputy"] is not None
        found.append(Office(head, deputy, before, of, match.start(), match.end()))
    return tuple(found)


def differing_offices(question: str, compared: Compared) -> Iterator[Contradiction]:
    """Yield the offices whose holder a folded question asks for and that the article gives to nobody.

    The passage or the article must give somebody another office.
    """
    for asked in offices_in(question):
        if _is_asked(asked, question) and not any(_same(asked, office) for office in offices_in(compared.article)):
            instead = _instead(asked, compared)
            if instead:
                yield Contradiction("role", asked.before + question[asked.start : asked.end], instead)


def _is_asked(office: Office, question: str) -> bool:
    after, before = question[office.end :], question[: office.start]
    return (_ASKED_AFTER.search(after) or _ASKED_BEFORE.search(before)) is not None


def _instead(asked: Office, compared: Compared) -> str | None:
    """Return the nearest other office: in the passage first, one with the same word for it first."""
    for text in (compared.passage, compared.context, compared.article):
        near = sorted(offices_in(text), key=lambda office: office.head != asked.head)
        if near:
            return near[0].described(text)
    return None


def _same(asked: Office, office: Office) -> bool:
    """Return whether a mention may mean the office that is asked for; what it leaves open speaks for it."""
    if asked.head != office.head:
        return asked.head in ("教练", "经理", "司令") and office.head.endswith(asked.head)
    if asked.deputy != office.deputy:
        return False
    if asked.head == "书记":
        return _same_committee(asked.before, office.before)
    houses = [_house(asked), _house(office)]
    if not all(houses):
        return True
    shorter, longer = sorted((_core(houses[0] or ""), _core(houses[1] or "")), key=len)
    return len(shorter) < 2 or _is_subsequence(shorter, longer) or _is_subsequence(shorter[-2:], longer)


def _same_committee(asked: str, other: str) -> bool:
    kinds = [match.group() if (match := _OTHER_COMMITTEES.search(before)) else "" for before in (asked, other)]
    if any(kinds):
        return kinds[0][:1] == kinds[1][:1]
    levels = [match["level"] if (match := _PARTY.search(before)) else None for before in (asked, other)]
    return None in levels or levels[0] == levels[1]


def _house(office: Office) -> str | None:
    """Return the body that an office belongs to, as far as the words right before it tell."""
    before = office.before
    if match := _OTHER_COMMITTEES.search(before) or (office.head == "书记" and _PARTY.search(before)):
        return match.group()
    places = list(_PLACE_END.finditer(before))
    inner = before[places[-1].end() :] if places else before
    if _BODY.search(inner):
        return inner
    if office.head in _SHORTENED and inner and not office.of:
        return inner + office.head[0]  # 公安局长
    return None


def _core(house: str) -> str:
    return (
        house.replace("街道办事处", "办事处").replace("街道办", "办事处").removesuffix("办公室").removesuffix("委员会")
    )


def _is_subsequence(shorter: str, longer: str) -> bool:
    characters = iter(longer)
    return all(character in characters for character in shorter)
