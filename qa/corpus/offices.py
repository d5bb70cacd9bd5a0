"""Recognise writers who sign with their office, in either order: `县农业局局长 王某某`, `王某某(县农业局局长)`.

Looks at one line at a time; only under a headline does such a line sign anything, which `qa.corpus.classify` tells.
"""

import re

from qa.corpus.characters import HAN
from qa.corpus.names import is_name
from qa.corpus.words import is_common_word

MAX_SIGNATURE = 60
MAX_OFFICE = 40
"""Characters."""

_OFFICE = re.compile(
    r"(?:书记|主任|局长|区长|县长|市长|镇长|乡长|省长|州长|部长|厅长|校长|院长|所长|处长|科长|股长|站长|行长|馆长"
    r"|会长|理事长?|董事长?|经理"
    r"|总裁|总监|总编辑?|主席|常委|委员|组长|队长|调研员|代表|教授|研究员|馆员|讲师|博士|律师|医生|医师|护士长?|主管"
    r"|负责人|秘书长?|干事"
    r"|参赞|大使|主编|园长|法官|检察长|检察官|庭长|社长|台长|场长|厂长|村长|支书|首席专家|专家|工程师|总工|农艺师"
    r"|技师|会计师|政委|教师|老师"
    r"|班主任|民警|辅警|村民|居民|职工|学生|志愿者|社工|创始人|负责同志|发言人|特派员|指导员|巡视员|督学|院士|顾问"
    r"|馆主|店主|设计师)$"
)
_NAME = rf"[{HAN}·]{{2,8}}|[{HAN}](?:[ 　]{{1,2}}[{HAN}]){{1,2}}|[{HAN}]{{2}}[ 　]{{1,2}}[{HAN}]"
_SIGN = re.compile(r"^[□■◎○●◇◆★☆▲△*·•]\s*")
_IN_BRACKETS = re.compile(r"[(（\[【]\s*([^()（）\[\]【】]{4,})\s*[)）\]】]")
_OFFICE_NAME = re.compile(rf"([^ 　。,，:：;；!！?？]{{2,{MAX_OFFICE}}})[ 　]*[ 　:：|｜·/][ 　]*({_NAME})")
_TWO_OFFICES_NAME = re.compile(
    rf"((?:[^ 　。,，:：;；!！?？]{{2,20}}[ 　]+){{1,3}}[^ 　。,，:：;；!！?？]{{2,20}})[ 　]+({_NAME})"
)
_NAME_OFFICE = re.compile(
    rf"({_NAME})(?:[ 　]*[(（]([^()（）。]{{2,{MAX_OFFICE}}})[)）]|[ 　]+([^ 　。,，:：()（）]{{3,{MAX_OFFICE}}}))"
)
_OCCUPATION = re.compile(
    r"(?![^ 　]*(?:记者|通讯员|评论员|实习生|撰稿人|报道员|摄影师))"
    rf"[一-鿿]{{1,10}}[人员工师生民妇者匠手兵客医警贩][ 　]+(?P<name>{_NAME})"
)
"""What somebody does for a living, and a name; those who do it for the paper sign in `qa.corpus.bylines`."""

_TOLD_BY = re.compile(
    r"(?:口述人?|讲述人?|主讲人?|受访(?:人|者|专家)|指导专家|点评(?:人|专家)|本期(?:嘉宾|专家)|嘉宾|读者|网友|市民"
    r"|家长)[ 　]*[:：/ 　][ 　]*(.{2,40})"
)
"""Who told, taught or wrote in, and is no reporter."""

_ENGLISH = re.compile(
    r"(?P<name>(?:[A-Z][\w'’-]+|[A-Z]\.)(?: (?:[A-Z][\w'’-]+|[A-Z]\.|de|van|von|der|la|bin|al)){1,3})"
    r"(?:, | [|–—-] |\s*[(])(?:[Tt]he )?[\w'’ ,&-]{0,40}?"
    r"\b(?:[Rr]eporter|[Ww]riter|[Ee]ditor|[Cc]orrespondent|[Cc]olumnist|[Pp]hotographer|[Mm]ayor|[Cc]ouncill?or"
    r"|[Cc]hair(?:man|woman)?|[Dd]irector"
    r"|[Hh]ead(?:teacher)?|[Pp]rincipal|[Ss]ecretary|[Mm]anager|[Pp]resident|[Mm]inister|[Cc]ommissioner|[Ww]arden"
    r"|[Ll]ibrarian|[Cc]hief|[Oo]fficer"
    r"|[Pp]rofessor|[Tt]eacher|[Vv]icar|[Rr]ector)\b[\w'’ ,&-]{0,40}[)]?"
)


def office_byline(text: str) -> bool:
    """Return whether a line is an office and a name, or a name and an office, and nothing else."""
    return office_holder(text) is not None


def office_holder(text: str) -> tuple[int, int] | None:
    """Return where the name stands in a line that is an office and a name, in either order; None for any other line."""
    if len(text) > MAX_SIGNATURE:
        return None
    bare = signature(text)
    before = text.find(bare)
    found = _holder(bare)
    return (before + found[0], before + found[1]) if found else None


def _holder(bare: str) -> tuple[int, int] | None:
    told = _TOLD_BY.fullmatch(bare)
    if told:
        if _can_be_name(told[1]):
            return told.span(1)
        inside = office_holder(told[1])
        return (told.start(1) + inside[0], told.start(1) + inside[1]) if inside else None
    for pattern in (_OFFICE_NAME, _TWO_OFFICES_NAME):
        found = pattern.fullmatch(bare)
        if found and _ends_in_office(found[1]) and _can_be_name(found[2]):
            return found.span(2)
    found = _NAME_OFFICE.fullmatch(bare)
    if found and is_name(found[1]):
        return found.span(1) if _ends_in_office(found[2] or found[3]) else None
    found = _OCCUPATION.fullmatch(bare)
    if found and is_name(found["name"]) and not is_common_word(found["name"]):
        return found.span("name")
    english = _ENGLISH.fullmatch(bare)
    return english.span("name") if english else None


def signature(text: str) -> str:
    """Return a signature without the mark that stands before it or the brackets around it."""
    bare = _SIGN.sub("", text)
    inside = _IN_BRACKETS.fullmatch(bare)
    return inside[1] if inside else bare


def office_alone(text: str) -> bool:
    """Return whether a line is nothing but an office: its holder's name may stand on the next line or the one above."""
    if not 3 < len(text) <= MAX_OFFICE or re.search("[。,，:：;；!！?？“”]", text):
        return False
    return _ends_in_office(text) and not office_byline(text)


def _ends_in_office(text: str) -> bool:
    return _OFFICE.search(text.rstrip("等 　")) is not None


def _can_be_name(text: str) -> bool:
    """Return whether a text behind an office can be its holder's name; surnames that no list knows count as well."""
    if is_name(text) or is_name("".join(text.split())):
        return True
    return len(text) <= 3 and not is_common_word(text) and not _OFFICE.search(text)
