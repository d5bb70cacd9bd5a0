"""What visitors are told of a mistake: in their language, and without the places of files on this server.

Whoever runs the server reads the whole sentence in the terminal and in the log; who visits it can do nothing with a
path, and should not learn one.
"""

import re

from qa.errors import RemedyError
from qa.language import Language
from qa.translate import in_language

# Where a path stands in a sentence of `qa.store` and `qa.chat.database`, between words of ours;
# tests/unit/test_telling.py asks the real ones. The sentence reads well without it.
_PLACES = re.compile(
    "|".join(
        (
            r"(?<=^There is no index) in .*(?=\.(?:$| Build one: ))",
            r"(?<=^The index) in .*(?= is gone\.| was made with the model )",
            r"(?<=^The store) .*(?= is damaged \(| cannot be (?:opened|written)| is of version )",
            r"(?<=^The store folder) .*(?= cannot be made: )",
            r"(?<=^The disk that holds the store) .*(?= is full; | reports an error )",
            r"(?<=^Another process is writing to the store) .*?(?=\.(?:$| Wait ))",
            r"(?<=^Another process is busy with the store) .*?(?=\.(?:$| Wait ))",
            r"(?<=^The file of conversations) .*"
            r"(?= is damaged \(| cannot be made or written| is of version | is closed already)",
            r"(?<=^There is no room left for the file of conversations) .*(?=; what was kept )",
            r"(?<=^Another process is busy with the file of conversations) .*?(?=\.(?:$| Wait ))",
            r"(?<=^The disk of the file of conversations) .*(?= reports an error )",
        )
    ),
    re.DOTALL,
)
# Of these two the path is the subject.
_SUBJECT = re.compile(r"^.*(?= is not a (?:file of conversations|Wenju store); it was left as it is\.)", re.DOTALL)
# Any other path from the root down, as of a model or a weights file: its last part is left. What stands in “” is what a
# visitor typed, and an address is no path of ours.
_PATH = re.compile(r"(?<![\w./:\\“])(?:[A-Za-z]:)?(?:[\\/][^\s\\/'\"“”:;,()]+)+[\\/]([^\s\\/'\"“”:;,()]+)")


def without_places(sentence: str) -> str:
    """Return an English sentence of ours, or its first part, without the places of files on this server."""
    if _SUBJECT.match(sentence):
        return _SUBJECT.sub("The file", sentence)
    shorter = _PLACES.sub("", sentence)
    return shorter if shorter != sentence else _PATH.sub(r"\1", sentence)


def for_visitor(mistake: RemedyError | str, language: Language) -> str:
    """Return a mistake, or a sentence of ours in English, as a visitor may read it; plain text."""
    return in_language(without_places(str(mistake)), language)
