"""In which script articles are written, by the letters of their passages; names no language."""

import re
from collections import Counter

from qa.store.rows import Contents

# What a text holds of each; a character of none of them, such as a digit, counts for nothing.
_SCRIPTS = {
    "han": re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"),
    "kana": re.compile("[\u3040-\u30ff]"),
    "hangul": re.compile("[\uac00-\ud7af]"),
    "latin": re.compile("[A-Za-z\u00c0-\u024f]+"),
    "cyrillic": re.compile("[\u0400-\u04ff]+"),
    "greek": re.compile("[\u0370-\u03ff]+"),
    "arabic": re.compile("[\u0600-\u06ff]+"),
}
MANY_KANA = 0.1  # share of kana among them and Chinese characters from which a text is Japanese


def script_of(text: str) -> str:
    """Return the script of most words of a text, where a Chinese character is a word: a key above, or `none`."""
    counts = {name: len(pattern.findall(text)) for name, pattern in _SCRIPTS.items()}
    if counts["kana"] and counts["kana"] >= MANY_KANA * (counts["kana"] + counts["han"]):
        counts["kana"] += counts["han"]
    most = max(counts, key=lambda name: (counts[name], name))
    return most if counts[most] else "none"


def scripts_of(contents: Contents) -> tuple[tuple[str, int], ...]:
    """Return the scripts with the number of articles in each, commonest first."""
    texts: dict[str, list[str]] = {}
    for stored in contents.passages:
        texts.setdefault(stored.passage.article_id, []).append(stored.passage.text)
    counts = Counter(script_of("\n".join(pieces)) for pieces in texts.values())
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
