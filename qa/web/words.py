"""The choice between Chinese and English, and the words of `qa.web.wording` with their places filled in.

Knows nothing of documents: their text is never translated.
"""

import re
from collections.abc import Mapping

from qa.language import LANGUAGES, Language
from qa.web.wording.chat import CHAT
from qa.web.wording.common import COMMON
from qa.web.wording.conversations import CONVERSATIONS
from qa.web.wording.corpus import CORPUS
from qa.web.wording.documents import DOCUMENTS
from qa.web.wording.evidence import EVIDENCE

__all__ = ["LANGUAGES", "PAGES", "WORDS", "Language", "counted", "language_of", "word"]

PAGES = (COMMON, CHAT, CONVERSATIONS, EVIDENCE, DOCUMENTS, CORPUS)

WORDS: Mapping[Language, Mapping[str, str]] = {
    language: {key: text for words in PAGES for key, text in words[language].items()} for language in LANGUAGES
}

_RANGE = re.compile(r"([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*|\*)(?:\s*;\s*q=([01](?:\.\d{0,3})?))?\s*")


def language_of(accept_language: str | None) -> Language:
    """Return the language to write in, from a browser's Accept-Language header.

    The page itself is translated in the browser, which goes by its first language; so do we. Chinese without a header
    (scripts, old proxies), Chinese for every `zh`, English for any other language.
    """
    preferred = _ranges(accept_language or "")
    if not preferred:
        return "zh"
    return "zh" if preferred[0].split("-")[0] == "zh" else "en"


def _ranges(header: str) -> list[str]:
    """Return the languages of a header in lower case, best first; what is malformed or refused with q=0 is left out."""
    weighed: list[tuple[float, int, str]] = []
    for place, part in enumerate(header[:1000].split(",")):
        match = _RANGE.fullmatch(part.strip())
        if match is None or match[1] == "*":
            continue
        quality = float(match[2]) if match[2] else 1.0
        if quality > 0:
            weighed.append((-quality, place, match[1].lower()))
    return [language for _, _, language in sorted(weighed)]


def word(key: str, language: Language, **values: object) -> str:
    """Return the word of this key with its places filled in; `values` are put in as they are, not escaped."""
    return WORDS[language][key].format(**values)


def counted(key: str, language: Language, count: int) -> str:
    """Return a number with its noun, singular for one; keys `key` and `key_one`."""
    return word(f"{key}_one" if count == 1 else key, language, count=count)
