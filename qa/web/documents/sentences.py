"""Say in the visitor's language why a file was not read, and what had to be assumed; a remedy goes with each reason.

A sentence that is not known here is shown as it is. Escapes nothing.
"""

from qa.errors import RemedyError, UnreadableError
from qa.web.telling import for_visitor, without_places
from qa.web.wording.reading import ASSUMPTIONS, COLUMN_WORDS, REASONS
from qa.web.words import Language


def reason_in(problem: str, language: Language, *, remedy: str = "") -> str:
    """Return why a file was skipped or kept, or what kept a change from happening, and what to do about it.

    Args:
        problem: A sentence of ours in English.
        language: To write in.
        remedy: That came with it; instead of it, the page's own where it has one.
    """
    problem = without_places(problem)
    for pattern, chinese, remedies in REASONS:
        match = pattern.fullmatch(problem)
        if match is not None:
            return chinese.format(**match.groupdict()) + remedies[1] if language == "zh" else f"{problem} {remedies[0]}"
    return for_visitor(f"{problem} {remedy}".strip(), language)


def mistake_in(error: RemedyError, language: Language) -> str:
    """Return what kept a change from happening; of a file that cannot be read, why, without its place."""
    return reason_in(
        error.reason if isinstance(error, UnreadableError) else error.problem, language, remedy=error.remedy
    )


def assumption_in(sentence: str, language: Language) -> str:
    """Return what a reader had to assume."""
    if language == "en":
        return sentence
    for pattern, chinese in ASSUMPTIONS:
        match = pattern.fullmatch(sentence)
        if match is not None:
            values = match.groupdict()
            if "columns" in values:
                for english, word in COLUMN_WORDS.items():
                    values["columns"] = values["columns"].replace(english, word)
            return chinese.format(**values)
    return sentence
