"""How the terminal words what a language model wrote: what is proved with its numbers, the rest struck through.

Prints nothing; `qa.cli.growing` does.
"""

from collections.abc import Sequence

from rich.text import Text

from qa.chat.wording_written import WRITTEN, label_of, notes_of
from qa.language import Language
from qa.terminal import one_line
from qa.types import Written, WrittenSentence


def head_line(written: Written, language: Language) -> Text:
    """Return who wrote what follows."""
    return Text(WRITTEN[language]["written_by"].format(model=one_line(written.model)), "dim")


def sentence_lines(sentences: Sequence[WrittenSentence], *, styled: bool, language: Language) -> list[Text]:
    """Return a line for each sentence, proved or not.

    Args:
        sentences: In order.
        styled: Whether the terminal can strike through; else what is not proved stands between ⟨ and ⟩.
        language: Of our own words.
    """
    return [_line(sentence, styled=styled, language=language) for sentence in sentences]


def note_lines(written: Written, language: Language) -> list[Text]:
    """Return how many sentences are not proved, and why the model did not write to the end, with the remedy."""
    notes = [Text(note, "dim") for note in notes_of(written, language)]
    if written.problem is not None and language == "en":
        notes[-1] = Text(f"{written.problem.problem} {written.problem.remedy}", "dim")
    return notes


def _line(sentence: WrittenSentence, *, styled: bool, language: Language) -> Text:
    said = Text(one_line(sentence.text))
    if sentence.proved:
        return said + Text("".join(f" [{number}]" for number in sentence.citations), style="dim")
    if styled:
        said.stylize("strike dim")
    else:
        said = Text("⟨") + said + Text("⟩")
    label = label_of(sentence, language)
    return said + Text(f" （{label}）" if language == "zh" else f" ({label})", style="dim")
