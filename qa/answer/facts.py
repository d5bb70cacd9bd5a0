"""Turn what an article says into questions that it answers: counted facts, dates, people, places, and its own imprint.

By patterns over repaired text, Chinese and English; no model. A pattern that finds nothing makes no question, and
whether a question is really answered is for the caller to try (`qa.answer.suggest`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.answer.examples import counted_facts, leans
from qa.corpus.names import COMPOUND_SURNAMES, SURNAMES
from qa.corpus.sentences import split_sentences
from qa.retrieval.tokens import holds_han
from qa.types import Article, BlockKind


@dataclass(frozen=True, slots=True)
class Fact:
    """A question and what answers it.

    Attributes:
        question: Complete in itself.
        answer: Stands in the article, as its repaired text or its imprint has it.
        of_imprint: Whether it asks who made the article or when it appeared, not what it tells.
    """

    question: str
    answer: str
    of_imprint: bool = False


_HALF = re.compile(r"的|[后时前了]$")  # a verb that goes on, or belongs to a clause of time

_HEAD = r"(?:^|(?<=[。!?！？;；,，”]))"  # a clause begins
_STOP = r"(?=[,，。;；!?！？]|$)"
_SUBJECT = r"(?P<subject>[\u4e00-\u9fff“”·]{3,18}?)"

_DATE = (
    r"(?P<date>(?:\d{4}年|今年|明年|去年|前年)?\d{1,2}月(?:\d{1,2}[日号]|底|初|中旬|上旬|下旬)?(?:之?[前后])?"
    r"|\d{4}年(?:底|初)?|(?:今|明|后)年(?:年?底|春天|夏天|秋天|冬天))"
)
_DATED = re.compile(
    rf"{_HEAD}{_SUBJECT}(?P<how>将|计划|预计|定|已经?)?[在于]?{_DATE}"
    r"(?P<verb>(?:正式|全线|全面|恢复|开始|重新|建成|首次)*[\u4e00-\u9fff]{2,8})" + _STOP
)
_OFFICE = (
    r"(?:书记|主任|局长|区长|市长|县长|镇长|乡长|院长|校长|站长|馆长|会长|主席|经理|董事长|负责人|工程师"
    r"|所长|村长|教练|队长|厂长)"
)
_NAME = rf"(?:{COMPOUND_SURNAMES}|[{SURNAMES}])[\u4e00-\u9fff]{{1,2}}?"
_HELD = re.compile(
    rf"(?:^|(?<=[。!?！？;；,，、”]))(?P<office>[\u4e00-\u9fff]{{2,16}}?{_OFFICE})(?P<name>{_NAME})"
    r"(?=[,，、。]|介绍|表示|告诉|解释|回忆|指出|透露|说)"
)
_LOCATED = re.compile(
    rf"{_HEAD}{_SUBJECT}(?:位于|坐落[在于]|设在|建在)(?P<place>[\u4e00-\u9fff0-9]{{3,18}}?)(?=的|[,，。;；])"
)
_HAPPENED = re.compile(
    rf"{_SUBJECT}在(?P<place>[\u4e00-\u9fff]{{3,14}}?)(?P<verb>召开|举行|举办|开幕|闭幕|揭幕|启动|开工)" + _STOP
)
_MEASURED = re.compile(
    rf"{_HEAD}{_SUBJECT}(?P<how>全长|总长|长|宽|高|深)(?P<number>\d+(?:\.\d+)?)(?P<unit>公里|米|厘米)" + _STOP
)
_NO_SUBJECT = re.compile(
    r"^(?:为什么|为何|怎么|计划|预计|原定|定|将|到|从|自|记者|本报|据|经|当天|当时|随后|此外|同时|因此|所以|但|而|就|都|她|他|我|你|大家|有人|目前)"
)

_SMALL = r"(?!(?:and|or|but|of|at|in|on|to|for|by|that|which|who|is|was|as|with|from|it|they|he|she)\b)"
_NOUNS = rf"(?:[Tt]he|[Aa]n?) (?:{_SMALL}[a-z’'-]+ ){{0,3}}?{_SMALL}[a-z’'-]+|(?:[A-Z][\w’'-]+ ){{0,3}}[A-Z][\w’'-]+"
_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|spring|summer|autumn)"
)
_DATE_ENGLISH = rf"(?P<date>{_MONTHS}(?: \d{{1,2}})?(?:,? \d{{4}})?|\d{{4}})"
_VERBS = {
    "opens": ("does", "open"), "opened": ("did", "open"), "closes": ("does", "close"), "closed": ("did", "close"),
    "begins": ("does", "begin"), "began": ("did", "begin"), "starts": ("does", "start"), "started": ("did", "start"),
    "ends": ("does", "end"), "ended": ("did", "end"), "reopens": ("does", "reopen"), "reopened": ("did", "reopen"),
    "took": ("did", "take"), "left": ("did", "leave"), "moved": ("did", "move"), "arrived": ("did", "arrive"),
    "won": ("did", "win"), "joined": ("did", "join"), "signed": ("did", "sign"), "promised": ("did", "promise"),
}  # fmt: skip
_DATED_ENGLISH = re.compile(
    rf"(?P<subject>{_NOUNS})(?:, \d+,)? (?P<verb>{'|'.join(_VERBS)})(?P<rest>(?: [\w’'-]+){{0,7}}?)"
    rf" (?:in|on|by) {_DATE_ENGLISH}"
)
_COST_ENGLISH = re.compile(
    rf"(?P<subject>{_NOUNS})(?:, [^;]{{1,60}},)? (?:will )?costs? (?:about |around |nearly )?(?P<number>[\d.,]*\d)"
)
_TOOK_ENGLISH = re.compile(
    r"(?P<subject>[A-Z][a-z]+ing (?!it\b|them\b)(?:[\w’'-]+ ){1,4})took (?:about )?(?P<number>\d+) (?P<unit>\w+)"
)
_MEASURE_ENGLISH = re.compile(
    rf"(?P<subject>{_NOUNS}), (?P<number>[\d.,]*\d) (?:metres|meters|kilometres|miles|feet)"
    r" (?P<how>long|wide|high|deep)"
)
_HELD_ENGLISH = re.compile(
    r"(?P<office>(?:[Tt]he )?(?:(?!(?:[Tt]he|[Hh]er|[Hh]is|[Ii]ts) )[\w’'-]+ ){0,5}?"
    r"(?:director|mayor|secretary|head|chair(?:man|woman)?|manager|engineer|principal|curator|president|librarian))"
    r"(?P<of> of (?:the )?[\w’' -]{3,40}?)?, (?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,2}),"
)


def facts_in(article: Article, *, chinese: bool) -> Iterator[Fact]:
    """Yield the facts of an article: those that it tells, in the order of its text, then those of its imprint.

    Args:
        article: With its blocks.
        chinese: Language to ask about the imprint in; what the article tells is asked for in its own language.
    """
    for block in article.blocks:
        if block.kind in (BlockKind.BODY, BlockKind.CAPTION):
            yield from _told(block.content.text)
    yield from _imprint(article, chinese=chinese)


def _told(text: str) -> Iterator[Fact]:
    if not holds_han(text):
        yield from _english(text)
        return
    for question, number in counted_facts(text):
        yield Fact(question, number)
    for start, end in split_sentences(text):
        yield from _chinese(text[start:end])


def _chinese(sentence: str) -> Iterator[Fact]:
    for found in _DATED.finditer(sentence):
        if _stands_alone(found["subject"]) and not _HALF.search(found["verb"]):
            how = found["how"] if found["how"] in ("计划", "预计") else ""
            yield Fact(f"{found['subject']}{how}什么时候{found['verb']}?", found["date"])
    for found in _MEASURED.finditer(sentence):
        if _stands_alone(found["subject"]):
            yield Fact(f"{found['subject']}{found['how']}多少{found['unit']}?", found["number"])
    for found in _HELD.finditer(sentence):
        if _stands_alone(found["office"]):
            yield Fact(f"{found['office']}是谁?", found["name"])
    for found in _LOCATED.finditer(sentence):
        if _stands_alone(found["subject"]):
            yield Fact(f"{found['subject']}位于哪里?", found["place"])
    for found in _HAPPENED.finditer(sentence):
        if _stands_alone(found["subject"]):
            yield Fact(f"{found['subject']}在哪里{found['verb']}?", found["place"])


def _stands_alone(subject: str) -> bool:
    return not (leans(subject) or _NO_SUBJECT.search(subject))


def _english(text: str) -> Iterator[Fact]:
    for start, end in split_sentences(text):
        sentence = text[start:end]
        for found in _COST_ENGLISH.finditer(sentence):
            yield Fact(f"How much did {_inside(found['subject'])} cost?", found["number"])
        for found in _TOOK_ENGLISH.finditer(sentence):
            yield Fact(f"How many {found['unit']} did {_inside(found['subject'].strip())} take?", found["number"])
        for found in _MEASURE_ENGLISH.finditer(sentence):
            yield Fact(f"How {found['how']} is {_inside(found['subject'])}?", found["number"])
        for found in _DATED_ENGLISH.finditer(sentence):
            helps, verb = _VERBS[found["verb"]]
            yield Fact(f"When {helps} {_inside(found['subject'])} {verb}{found['rest']}?", found["date"])
        for found in _HELD_ENGLISH.finditer(sentence):
            office = found["office"] if found["office"].lower().startswith("the ") else f"the {found['office']}"
            yield Fact(f"Who is {_inside(office)}{found['of'] or ''}?", found["name"])


def _inside(subject: str) -> str:
    """Return a subject as it stands inside a sentence: a common word at the head of one loses its capital."""
    first = subject.split(" ", 1)[0]
    return subject[0].lower() + subject[1:] if first in ("The", "A", "An") or first.endswith("ing") else subject


def _imprint(article: Article, *, chinese: bool) -> Iterator[Fact]:
    title = article.title
    if article.byline:
        question = f"《{title}》是谁写的?" if chinese else f"Who wrote “{title}”?"
        yield Fact(question, article.byline, of_imprint=True)
    if article.date:
        question = f"《{title}》是哪一天发表的?" if chinese else f"When was “{title}” published?"
        yield Fact(question, article.date, of_imprint=True)
