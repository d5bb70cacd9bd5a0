"""Check a question before anything is done for it."""

from qa.errors import QuestionError

MAX_QUESTION_LENGTH = 2000  # code points; longer ones are pasted documents, not questions


def checked(question: str, top_k: int) -> str:
    """Return the question without surrounding blanks, or raise QuestionError."""
    stripped = question.strip()
    if not stripped:
        raise QuestionError("The question is empty.", "Type a question about the documents.")
    if len(stripped) > MAX_QUESTION_LENGTH:
        raise QuestionError(
            f"The question has {len(stripped)} characters; {MAX_QUESTION_LENGTH} is the most.",
            "Ask one thing, in a few sentences.",
        )
    if not 1 <= top_k <= 100:
        raise QuestionError(f"top_k is {top_k}.", "Give a number from 1 to 100.")
    return stripped
