"""Print an answer as it grows: itself at once, then what a language model writes, sentence by sentence, nothing twice.

What the lines say is for the caller and `qa.cli.show_written`; of an answer that is whole, all is printed in one go.
"""

from collections.abc import Callable, Sequence

from rich.text import Text

from qa.cli.show_written import head_line, note_lines, sentence_lines
from qa.language import Language
from qa.types import Answer

Lines = Callable[[Answer], Sequence[Text]]


class Growing:
    """One answer while it is printed.

    Args:
        write: Prints lines.
        first: Gives the lines of the answer itself.
        last: Gives those that follow all that was written; the answer has its last citations then.
        styled: Whether the terminal can strike through.
        language: Of our own words.
    """

    def __init__(
        self, write: Callable[[Sequence[Text]], None], first: Lines, last: Lines, *, styled: bool, language: Language
    ) -> None:
        self._write = write
        self._first, self._last = first, last
        self._styled = styled
        self._language: Language = language
        self._seen: Answer | None = None
        self._sentences = 0  # that are printed

    def so_far(self, answer: Answer) -> None:
        """Print what is new; sentences that are not proved wait for the first one that is."""
        if answer is self._seen:
            return
        lines = list(self._first(answer)) if self._seen is None else []
        self._seen = answer
        written = answer.written
        if written is not None and written.proved:
            if not self._sentences:
                lines += [Text(), head_line(written, self._language)]
            new = written.sentences[self._sentences :]
            lines += sentence_lines(new, styled=self._styled, language=self._language)
            self._sentences = len(written.sentences)
        if lines:
            self._write(lines)

    def end(self, answer: Answer) -> None:
        """Print the rest of an answer that is whole, or all of it."""
        self.so_far(answer)
        notes = [] if answer.written is None else note_lines(answer.written, self._language)
        apart = [Text()] if notes and not self._sentences else []
        lines = [*apart, *notes, *self._last(answer)]
        if lines:
            self._write(lines)
