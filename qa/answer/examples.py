"""Make example questions out of a corpus: a counted fact becomes the question that it answers. No model."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

_FACT = re.compile(
    r"(?:^|[。!?！？;；,，])(?P<subject>[\u4e00-\u9fff“”、]{6,24}?)(?:达到|已达|达|完成|实现|突破|超过|增至|为|是|共计|共有|共|约)?"
    r"(?P<number>\d+(?:\.\d+)?)(?P<scale>[余多]?[万亿]?[余多]?)(?P<unit>人次|平方米|公里|公顷|[个家处名座棵亩户条所间台辆元吨件批%])"
    r"(?=[。;；,，])"
)
_LEANING = re.compile(
    r"^[一二三四五六七八九十]+[是要]|^其中|^该|^[这那]|^同比|^比|^较|^占|^并|^也|^又|^还|^目前|^累计|^共|^已|^将|^其"
    r"|(?:有望|从未超过|超过|占|省下|是|为|当年)$"
)


def example_questions(texts: Iterable[tuple[str, str | None, str]], *, most: int = 4) -> tuple[str, ...]:
    """Return questions that the corpus can answer, at most one of each article, in the order of the texts.

    Args:
        texts: For each passage: article id, place or None, repaired text.
        most: How many questions are wanted.
    """
    passages = list(texts)
    named: Counter[tuple[str, str]] = Counter()  # how often an article's passages name its place
    for article_id, place, text in passages:
        if place:
            named[article_id, place] += text.count(place)
    questions: dict[str, str] = {}
    for article_id, place, text in passages:
        if len(questions) == most:
            break
        question = None if article_id in questions else _first_fact(text)
        if question:
            lead = place if place and named[article_id, place] > 1 and place[-3:] not in question else ""
            questions[article_id] = f"{lead}{question}"
    return tuple(questions.values())


def counted_facts(text: str) -> Iterator[tuple[str, str]]:
    """Yield, for every counted fact of a Chinese text, the question that it answers and the number, in order."""
    for match in _FACT.finditer(text):
        subject = match["subject"]
        if not (leans(subject) or subject.endswith("的")):
            asks = "是多少" if match["unit"] in "%元" else f"多少{match['unit']}"
            yield f"{subject}{asks}?", match["number"]


def leans(subject: str) -> bool:
    """Tell whether a subject says nothing without what stands before or behind it: 其中, 该, 有望, half a quotation."""
    return bool(_LEANING.search(subject)) or subject.count("“") != subject.count("”")


def _first_fact(text: str) -> str | None:
    """Return the question that the first counted fact of a passage answers, or None."""
    return next((question for question, _ in counted_facts(text)), None)
