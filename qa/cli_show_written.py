"""How the command line words what a language model wrote: what is proved with its numbers, the rest struck through.

Prints nothing; `qa.cli_show` does.
"""

from rich.text import Text

from qa.terminal import one_line
from qa.types import Unproved, Written, WrittenSentence

_REASONS = {
    Unproved.FORM: "no sentence that could be proved",
    Unproved.NO_QUOTATION: "no quotation",
    Unproved.NOT_IN_SOURCE: "the quotation does not stand in the source",
    Unproved.OTHER_PASSAGE: "the quotation stands in another article",
    Unproved.CUT: "the quotation cuts a number or a word",
    Unproved.NUMBER: "a number is not in the quotation",
    Unproved.DATE: "a date is not in the quotation",
    Unproved.NAME: "a name is not in the quotation",
    Unproved.NEGATION: "not, more or less are turned round",
    Unproved.WORDS: "it adds words",
    Unproved.LEFT_OUT: "it takes the quoted sentence apart",
    Unproved.SCOPE: "the document only reports, plans or doubts it",
    Unproved.SUBJECT: "the quotation does not say of whom",
}


def written_lines(written: Written, *, styled: bool) -> list[Text]:
    """Return a line for each sentence and one that counts; where nothing is proved, only that one.

    Args:
        written: What was written.
        styled: Whether the terminal can strike through; else what is not proved stands between ⟨ and ⟩.
    """
    lines = []
    if written.proved:
        lines.append(Text(f"Written by {one_line(written.model)}, each sentence held against the sources:", "dim"))
        lines += [_line(sentence, styled=styled) for sentence in written.sentences]
    if written.unproved:
        count = f"{written.unproved} of {len(written.sentences)} sentences"
        lines.append(Text(f"{count} of {one_line(written.model)} could not be proved.", "dim"))
    if written.problem is not None:
        lines.append(Text(f"{written.problem.problem} {written.problem.remedy}", "dim"))
    return lines


def _line(sentence: WrittenSentence, *, styled: bool) -> Text:
    said = Text(one_line(sentence.text))
    if sentence.proved:
        return said + Text("".join(f" [{number}]" for number in sentence.citations), style="dim")
    if styled:
        said.stylize("strike dim")
    else:
        said = Text("⟨") + said + Text("⟩")
    why = f": {_REASONS[sentence.reason]}" if sentence.reason is not None else ""
    return said + Text(f" (unproved{why})", style="dim")
