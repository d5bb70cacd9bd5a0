"""Make example questions out of a corpus: a counted fact becomes the question that it answers. No model."""

import re
from collections.abc import Iterable

_FACT = re.compile(
    r"(?:^|[。!?！？;；,，])(?P<subject>[\u4e00-\u9fff“”、]{6,24}?)(?:达到|已达|达|完成|实现|突破|超过|增至|为|共计|共有|共|约)?"
    r"(?P<number>\d+(?:\.\d+)?)(?P<scale>[余多]?[万亿]?[余多]?)(?P<unit>人次|平方米|公里|公顷|[个家处名座棵亩户条所间台辆元吨件批%])"
    r"(?=[。;；,，])"
)
_LEANING = re.compile(
    r"^[一二三四五六七八九十]+[是要]|^其中|^该|^[这那]|^同比|^比|^较|^占|^并|^也|^又|^还|^目前|^累计|^共|^已|^将|^其"
)


def example_questions(texts: Iterable[tuple[str, str | None, str]], *, most: int = 4) -> tuple[str, ...]:
    """Return questions that the corpus can answer, at most one of each article, in the order of the texts.

    Args:
        texts: For each passage: article id, place or None, repaired text.
        most: How many questions are wanted.
    """
    questions: list[str] = []
    used: set[str] = set()
    for article_id, place, text in texts:
        if article_id in used:
            continue
        for match in _FACT.finditer(text):
            subject = match["subject"]
            if _LEANING.search(subject) or subject.endswith("的") or subject.count("“") != subject.count("”"):
                continue
            where = place if place and place[-3:] not in subject else ""
            asks = "是多少" if match["unit"] in "%元" else f"多少{match['unit']}"
            questions.append(f"{where}{subject}{asks}?")
            used.add(article_id)
            break
        if len(questions) == most:
            break
    return tuple(questions)
