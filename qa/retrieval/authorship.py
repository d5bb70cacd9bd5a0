"""Tell a question about who made an article, or when and where it appeared, and what it tells of it. Finds nothing.

Who wrote stands in a by-line, a dateline or a caption, and what such a question tells of its article in the other
passages; so it is searched with its topic alone, and the passages that name somebody are raised.
"""

import re
from dataclasses import dataclass

from qa.corpus.credits import Work
from qa.corpus.traditional import simplify_characters
from qa.retrieval.titles import QUOTATION, Quoted, quoted_in

_WRITERS = frozenset({Work.WRITING, Work.REPORTING, Work.CORRESPONDING})


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What a question about the maker of an article wants.

    Attributes:
        works: What was done; the first that anybody is credited with counts.
        topic: The question without the words that ask, to search with; may be empty.
        office: Of whom it asks for: 副区长, `deputy district head`; may be empty.
        of_article: Whether its words say that it is about an article or a picture, and not a book or a letter; then
            its topic may tell which, and else a title must.
        quoted: What it puts in quotes.
    """

    works: tuple[frozenset[Work], ...]
    topic: str
    office: str
    of_article: bool
    quoted: tuple[Quoted, ...]

    @property
    def any_work(self) -> frozenset[Work]:
        """All that counts as an answer."""
        return frozenset[Work]().union(*self.works)

    @property
    def of_publication(self) -> bool:
        """Whether it asks when or where something was published, and not for a person."""
        return not self.any_work.isdisjoint({Work.PUBLISHING, Work.PUBLISHING_DAY})


_WHO = r"(?:谁|何人|什么人|哪[一几两]?[位名个些])"
_NOUN = (
    r"(?:作者|记者|通讯员|摄影(?:师|者|记者)?|拍摄者|撰稿人|执笔人?|撰文者?|责任编辑|责编|编辑|策划人?|校对|署名|评论员)"
    r"(?:的?(?:名字|姓名|大名))?"
)
_VERB = r"(?:采写|撰写|撰文|执笔|供稿|编辑|策划|拍摄|报道|写|拍|摄)"
_WROTE = r"(?:采写|撰写|撰文|执笔|供稿|拍摄|写|拍|摄)(?:出|下|了|过)?"
_ASKS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NOUN}(?:们|都|又|究竟|到底|分别)*(?:是|叫|为|有)(?:{_WHO}|什么|哪|啥)",
        rf"(?:谁|何人|哪一?位)是[^,，。?？]{{0,60}}{_NOUN}",
        rf"哪[一几两]?[位名个些](?:本报|特约)?{_NOUN}",
        rf"{_WHO}(?:来|所|给|为)?{_VERB}(?:出|下)?(?:的|了|过|《|“)",
        rf"(?:由|是|为){_WHO}(?:所|来)?{_VERB}",
        rf"哪[一几两]?[位名个][^,，。?？《“]{{1,16}}?(?:来|所)?{_VERB}(?:出|下)?(?:的|了|过|《|“)",
        rf"{_WROTE}[^,，。?？]{{2,100}}的[^,，。?？]{{0,24}}(?:是|叫)(?:{_WHO}|什么(?:名字|人))",
        r"出自(?:谁|哪[位名])",
    )
)
_PEOPLE = r"(?:authors?|writers?|reporters?|journalists?|correspondents?|columnists?|photographers?|editors?)"
_DID = r"(?:wrote|written|authored|penned|reported|covered|photographed|edited|shot|took|taken)"
_ASKS_ENGLISH = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bwho(?:m|se)?\b.{{0,80}}\b(?:{_PEOPLE}|{_DID}|by-?lines?)\b",
        rf"\b(?:which|what|name)\b(?: (?!articles?\b|stor|did\b)[\w'’-]+){{0,8}}? (?:{_PEOPLE}|{_DID})\b",
        rf"\b{_DID}\b.{{0,80}}\bby whom\b",
    )
)

_OFFICES = (
    re.compile(rf"\bwhich ((?:[\w'’-]+ ){{1,6}}?){_DID}\b", re.IGNORECASE),
    re.compile(rf"哪[一几两]?[位名个]([^,，。?？《“]{{1,16}}?)(?:来|所)?{_VERB}(?:出|下)?(?:的|了|过|《|“)"),
    re.compile(rf"{_WROTE}[^,，。?？]{{2,100}}的([^,，。?？]{{1,24}})(?:是|叫){_WHO}"),
)

_OF_ARTICLE = re.compile(
    r"文章|报道|[这那本该一]篇|[一此该本]文(?![字化件])|稿件|稿子|新闻|消息|通讯(?!员)|社论|社评|时评|短评|特写|专访|采写|署名"
    r"|照片|图片|相片|配图|插图|[这那]张|\bphoto(?:graph(?:s|ed)?)?s?\b|\bpictures?\b|\bwrote (?:about|on)\b"
    r"|\b(?:articles?|stor(?:y|ies)|piece|news|report|column|op-?ed|editorial|feature|dispatch|by-?line[sd]?"
    r"|reported on|(?:reporter|journalist)\b.*\b(?:wrote|covered|reported))\b",
    re.IGNORECASE,
)
# The first that is found says what was done.
_WORKS: tuple[tuple[re.Pattern[str], tuple[frozenset[Work], ...]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), works)
    for pattern, works in (
        (
            r"摄影|拍摄|谁[来所]?拍|拍的|照片|摄的|\bphoto\w*|\bpictures?\b|\bimages?\b",
            (frozenset({Work.PHOTOGRAPHY}),),
        ),
        (r"通讯员", (frozenset({Work.CORRESPONDING}),)),
        (r"编辑|责编|\bedit(?:ed|ors?)\b", (frozenset({Work.EDITING}),)),
        (r"策划", (frozenset({Work.PLANNING}),)),
        (r"校对", (frozenset({Work.CHECKING}),)),
        (r"记者", (frozenset({Work.REPORTING}), _WRITERS)),
        ("", (_WRITERS,)),
    )
)

_APPEARED = r"(?:登载?|刊[登发载出印]|发表|发布|见报|面世|报道)"
_APPEARED_ENGLISH = r"(?:published|printed|appear(?:ed)?|posted)"
_PUBLISHED: tuple[tuple[re.Pattern[str], Work], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), work)
    for pattern, work in (
        (
            rf"(?:哪一?[天年日期]|什么时[候间]|何时|几月几[日号]|什么日期)[^,，。?？]{{0,6}}?{_APPEARED}"
            rf"|{_APPEARED}(?:于|在|的|是|(?:日期|时间|日子)(?:是|为)?)*(?:哪一?[天年日期]|什么时[候间]|何时|几月几[日号]|什么)"
            rf"|\b(?:when|(?:what|which) (?:day|date))\b.{{0,80}}\b{_APPEARED_ENGLISH}\b|\bpublication date\b",
            Work.PUBLISHING_DAY,
        ),
        (
            rf"(?:哪[家份个一]*|什么)(?:报纸|报社?|媒体|网站|刊物|杂志|客户端|平台)[^,，。?？]{{0,6}}?(?:{_APPEARED}|的)"
            rf"|{_APPEARED}(?:于|在|的是)?(?:哪[家份个一]*|什么)(?:报纸|报|媒体|网站|刊物|杂志|客户端|平台|地方)"
            r"|(?:来源|出处)(?:是|为)?(?:什么|哪)|来自哪[家份个一]*(?:报|媒体|网站)|(?:转载|转)自哪"
            r"|\b(?:which|what) (?:news)?(?:paper|outlet|site|website|publication|magazine)\b"
            rf"|\bwhere (?:was|did)\b.{{0,80}}\b{_APPEARED_ENGLISH}\b",
            Work.PUBLISHING,
        ),
    )
)

_FRAME = re.compile(
    rf"请问|我想知道|{_NOUN}|(?:是|由)?{_WHO}(?:所|来)?(?:{_VERB}(?:的|了|出|下)?)?|{_VERB}(?:的|了|过)(?!字)|叫什么(?:名字)?|名字"
    r"|的?(?:[这那本该一]篇)?(?:新闻)?(?:文章|报道|稿件|稿子|新闻|消息|社论|社评|时评|短评|特写|专访|评论)|[这那本该一]篇|一文"
    r"|(?:现场)?的?(?:[这那]张|几张)?(?:照片|图片|相片|配图|插图)|[这那]张|关于|有关|出自|^\s*(?:采?写|报道|介绍|讲述?)|本报|是\s*$"
)
_FRAME_ENGLISH = re.compile(
    r"\b(?:wrote|authored|penned|written|reported|covered|photographed|took|taken|edited)\b"
    r"(?: (?:the|an?|this|that))?(?: (?:news|feature|opinion|front-page))?"
    r"(?: (?:articles?|story|piece|report|column|op-?ed|editorial|feature|dispatch|photo(?:graph)?s?|pictures?))?"
    r"(?: (?:about|on|of|for|titled|called|headlined|entitled))?\b",
    re.IGNORECASE,
)
_EDGE = (
    rf"(?:who(?:m|se)?|which|what|is|are|was|were|did|has|by|the|an?|this|that|name|of|for|on|about|in|{_PEOPLE}"
    r"|articles?|story|piece|news|report|column|op-?ed|editorial|feature|photo(?:graph)?s?|pictures?|images?"
    r"|byline|by-line|titled|called|headlined|entitled)"
)
_EDGES = re.compile(rf"^(?:\s*\b{_EDGE}\b)+|(?:\b{_EDGE}\b\s*)+$|^的|的$", re.IGNORECASE)
_MARKS = re.compile(r"[\s,，。.?？!！:：;；、]+")


def inquiry_in(question: str) -> Inquiry | None:
    """Return what a question wants to know of the author, reporter or photographer of something; None for any other."""
    plain = simplify_characters(question)  # of the same length
    masked = QUOTATION.sub("《》", plain)
    if QUOTATION.search(plain):
        for pattern, work in _PUBLISHED:
            if pattern.search(masked):
                titles = " ".join(found[0] for found in QUOTATION.finditer(question))
                return Inquiry((frozenset({work}),), titles, "", of_article=False, quoted=quoted_in(question))
    if not any(pattern.search(masked) for pattern in (*_ASKS, *_ASKS_ENGLISH)):
        return None
    return Inquiry(
        works=next(works for pattern, works in _WORKS if pattern.search(masked)),
        topic=_topic(question, plain),
        office=next((found[1].strip() for pattern in _OFFICES if (found := pattern.search(masked))), ""),
        of_article=_OF_ARTICLE.search(masked) is not None,
        quoted=quoted_in(question),
    )


def asks_who_wrote(question: str) -> bool:
    """Tell whether a question, in Chinese or English, asks for the author, reporter or photographer of something."""
    return inquiry_in(question) is not None


def _topic(question: str, plain: str) -> str:
    """Return a question without the words that ask; what it quotes stays."""
    pieces, start = [], 0
    for quotation in QUOTATION.finditer(plain):
        pieces += [_without_frame(question[start : quotation.start()], plain[start : quotation.start()])]
        pieces += [question[quotation.start() : quotation.end()]]
        start = quotation.end()
    pieces.append(_without_frame(question[start:], plain[start:]))
    return " ".join(piece for piece in pieces if piece)


def _without_frame(text: str, plain: str) -> str:
    frames = [found.span() for pattern in (_FRAME, _FRAME_ENGLISH) for found in pattern.finditer(plain)]
    kept = "".join(
        character if not any(start <= at < end for start, end in frames) else " " for at, character in enumerate(text)
    )
    return _EDGES.sub("", _MARKS.sub(" ", kept).strip()).strip()
