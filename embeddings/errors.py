"""RemedyError: a problem and its remedy, the base of every error that Wenju raises on purpose.

Knows nothing of articles or answers; `qa.errors` builds on it.
"""


class RemedyError(Exception):
    """A failure that the person at the keyboard can put right.

    Args:
        problem: One sentence that says what is wrong.
        remedy: One sentence that says what to type or change.
    """

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem, remedy)

    @property
    def problem(self) -> str:
        return str(self.args[0])

    @property
    def remedy(self) -> str:
        return str(self.args[1])

    def __str__(self) -> str:
        return f"{self.problem} {self.remedy}"


class ModelUnavailableError(RemedyError):
    """The embedding model cannot be opened on this machine."""
