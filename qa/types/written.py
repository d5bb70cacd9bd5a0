"""What a language model wrote about an answer, and why of some of it nothing is proved."""

from dataclasses import dataclass
from enum import StrEnum

from qa.types.found import Citation


class Unproved(StrEnum):
    """Why a sentence of a language model is not proved."""

    FORM = "form"  # not a sentence: empty, too long, a question, with characters that cannot be seen
    NO_QUOTATION = "no_quotation"
    NOT_IN_SOURCE = "not_in_source"  # the quotation does not stand there to the letter
    OTHER_PASSAGE = "other_passage"  # it stands in another article than named
    CUT = "cut"  # it cuts a number or a word in two
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    NEGATION = "negation"  # or comparison: not, over, up
    WORDS = "words"  # other words that the quotation does not have
    LEFT_OUT = "left_out"  # its words are the quotation's, but a clause of it was taken apart or turned round
    SCOPE = "scope"  # the document itself only reports, plans, supposes, asks or denies it
    SUBJECT = "subject"  # of whom or what it speaks stands in a clause that was left out


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """A sentence that a language model wrote.

    Attributes:
        text: As it wrote it: text from outside, never to be rendered.
        proved: Whether quotations prove it.
        citations: Numbers of those quotations, among the answer's citations and `Written.citations`; of a sentence
            that is not proved, none.
        reason: Why it is not proved.
    """

    text: str
    proved: bool
    citations: tuple[int, ...] = ()
    reason: Unproved | None = None


class WritingProblemCode(StrEnum):
    """What kept a language model from writing, or from writing on."""

    UNREACHABLE = "unreachable"
    SLOW = "slow"
    TOO_LONG = "too_long"
    UNAUTHORISED = "unauthorised"
    QUOTA = "quota"
    NOT_FOUND = "not_found"
    REDIRECTED = "redirected"
    REFUSED = "refused"
    SERVER_ERROR = "server_error"
    NOT_UNDERSTOOD = "not_understood"
    BROKEN_OFF = "broken_off"
    NOTHING_WRITTEN = "nothing_written"
    STOPPED = "stopped"  # by whoever asked


@dataclass(frozen=True, slots=True)
class WritingProblem:
    """Why a language model did not write, or not to the end; holds nothing that the endpoint said.

    Attributes:
        code: For programs.
        problem, remedy: One English sentence each.
        status: Of HTTP, where there was one.
    """

    code: WritingProblemCode
    problem: str
    remedy: str
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What a language model wrote about an answer, sentence by sentence, as far as it is proved.

    Attributes:
        model: Its name, as configured.
        sentences: In the order in which they were written, those that are not proved among them.
        citations: Quotations that the answer itself does not have; their numbers follow those of the answer.
        problem: Why it did not write, or not to the end, or None.
    """

    model: str
    sentences: tuple[WrittenSentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    problem: WritingProblem | None = None

    @property
    def proved(self) -> int:
        """How many sentences are proved."""
        return sum(sentence.proved for sentence in self.sentences)

    @property
    def unproved(self) -> int:
        """How many are not."""
        return len(self.sentences) - self.proved
