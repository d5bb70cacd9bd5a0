"""Which articles of public question sets are held out: the reader is measured on them and never trained on them.

The one place of this rule; training asks it too. Reads no files.
"""

from hashlib import sha256

from qa.corpus.traditional import simplify_characters

HELD_OUT_PERCENT = 12


def validates(article: str) -> bool:
    """Tell whether an article is held out, by the hash of its title in Simplified characters.

    One article has one side, whichever public set it stands in and in whichever script.

    Args:
        article: Its title, or the first 20 characters of a paragraph where it has none.
    """
    return int(sha256(simplify_characters(article).encode()).hexdigest(), 16) % 100 < HELD_OUT_PERCENT
