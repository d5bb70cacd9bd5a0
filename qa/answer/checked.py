"""Check a question before anything is done for it: that there is one, and that it is as long as a question."""

from qa.errors import QuestionEmptyError, QuestionError, QuestionTooLongError

MAX_QUESTION_LENGTH = 2000  # code points; longer ones are pasted documents, not questions
MAX_TOP_K = 100  # passages of one answer or search


def checked(question: str, top_k: int) -> str:
    """Return the question without surrounding blanks.

    Raises:
        QuestionError: It is empty or too long, or `top_k` is not from 1 to 100.
    """
    stripped = question.strip()
    if not stripped:
        raise QuestionEmptyError("The question is empty.", "Type a question about the documents.")
    if len(stripped) > MAX_QUESTION_LENGTH:
        raise QuestionTooLongError(
            f"The question has {len(stripped)} characters; {MAX_QUESTION_LENGTH} is the most.",
            "Ask one thing, in a few sentences.",
        )
    if not 1 <= top_k <= MAX_TOP_K:
        raise QuestionError(f"top_k is {top_k}.", f"Give a number from 1 to {MAX_TOP_K}.")
    return stripped
