"""Offices that an English question asks for, looked for in Chinese and English articles.

One English word stands for several Chinese offices: a director is 局长, 主任 or 院长. Articles in other languages say
nothing here.
"""

import re
from collections.abc import Iterator

from qa.answer.guard.compared import Compared, Contradiction
from qa.answer.guard.offices import offices_in

# English names of offices, with the Chinese heads that name the same, and English words that may do so in a text.
_OFFICES: tuple[tuple[str, str, str], ...] = (
    (r"mayor", "市长|区长|县长|镇长|乡长|州长|旗长", r"mayor"),
    (r"governor", "省长|州长|县长|行长|主席", r"governor"),
    (
        r"(?:district|county|township|town|village|banner) (?:head|chief|chair(?:man|person|woman)?)",
        "区长|县长|镇长|乡长|村长|旗长|主任|书记",
        r"head|chief",
    ),
    (r"magistrate", "县长|区长", r"magistrate"),
    (
        r"(?:communist )?party (?:working committee |work committee |committee |branch )?(?:secretary|chief|boss)"
        r"|secretary of [^?]*?(?:party|committee)",
        "书记",
        r"party (?:secretary|chief)",
    ),
    (r"secretary[- ]general", "秘书长|总干事", r"secretary[- ]general"),
    (r"general manager", "总经理|经理", r"general manager"),
    (
        r"chief executive(?: officer)?|ceo",
        "总裁|总经理|首席执行官|行政总裁|董事长|行政长官",
        r"chief executive|ceo\b|managing director",
    ),
    (
        r"chair(?:man|woman|person)?",
        "董事长|主席|理事长|会长|主任|主任委员|主委|委员长|社长",
        r"chair(?:man|woman|person|s|ed)?\b|presid|in the chair|head of the board",
    ),
    (r"president", "院长|校长|会长|总裁|主席|总统|理事长|董事长|社长|行长|台长", r"president|presid"),
    (
        r"head ?teacher|headmaster|headmistress|principal",
        "校长|园长",
        r"head ?teacher|headmaster|headmistress|principal|head of the school",
    ),
    (
        r"director",
        "局长|主任|厅长|处长|部长|院长|馆长|所长|站长|台长|司长|园长|校长|科长|总监|会长|社长|董事长|理事长|署长",
        r"director",
    ),
    (r"manager", "经理|总经理|店长|主任|站长", r"manag|coach"),
    (r"head coach|coach", "教练|主教练|总教练", r"coach|manager|trainer"),
    (r"treasurer", "财务委员|总会计师", r"treasur|accounts"),
    (
        r"(?<!chief )(?<!foreign )(?<!private )(?<!press )(?<!permanent )(?<!home )(?<!defen[cs]e )secretary(?! of)",
        "书记|秘书长|部长|总干事",
        r"secretar",
    ),
    (r"captain", "队长|船长|机长|舰长", r"captain|skipper"),
    (r"dean", "院长|主任", r"dean"),
    (r"procurator|chief prosecutor", "检察长", r"procurator|prosecutor"),
)
_WHO_IS = re.compile(
    r"\b(?:who(?:'s| is| was| are| were| (?:currently )?serves as| served as| has been| became)|names? of"
    r"|who holds the (?:post|office) of)\s+"
    r"(?:the |a |an )?(?:(?!who |that |which )[a-z'’&.-]+ ){0,7}?(?P<deputy>deputy |vice[- ]?|assistant )?$"
)
_ENGLISH_WORDS = re.compile(r"\b(?:the|of|and|is|was|that|for|with)\b")
_LEAST_ENGLISH = 0.05  # share of those among an English text's words; measured 0.1 and more
_HOLDERS = re.compile(
    r"\b(?:mayor|governor|secretary|chair(?:man|woman|person)?|president|head ?teacher|headmaster|principal|director"
    r"|manager|coach|treasurer|captain|dean|chief executive|minister|leader|spokes(?:man|woman|person)|librarian"
    r"|superintendent|head of [a-z]+|coordinator|curator|councillor|teacher|professor|engineer)\b"
)


def differing_english_offices(question: str, compared: Compared) -> Iterator[Contradiction]:
    """Yield the office whose holder a folded English question asks for and that nobody has in the article.

    The article is Chinese or English and must give somebody another office.
    """
    for english, heads, words in _OFFICES:
        for match in re.finditer(rf"\b(?:{english})\b", question):
            who = _WHO_IS.search(question[: match.start()])
            if not who:
                continue
            instead = _instead(heads, words, deputy=who["deputy"] is not None, compared=compared)
            if instead:
                yield Contradiction("role", (who["deputy"] or "") + match.group(), instead)
            return


def _instead(heads: str, words: str, *, deputy: bool, compared: Compared) -> str | None:
    """Return another office of the article; None when it holds the one that is asked for, or none at all."""
    wanted = heads.split("|")
    offices = offices_in(compared.article)
    if any(office.head in wanted and office.deputy == deputy for office in offices):
        return None
    if offices:
        near = offices_in(compared.passage)
        return near[0].described(compared.passage) if near else offices[0].described(compared.article)
    words_of_text = len(compared.article.split())
    if len(_ENGLISH_WORDS.findall(compared.article)) < _LEAST_ENGLISH * words_of_text:
        return None  # neither Chinese nor English
    if re.search(rf"\b(?:{words})", compared.article):
        return None
    match = _HOLDERS.search(compared.passage) or _HOLDERS.search(compared.article)
    return match.group() if match else None
