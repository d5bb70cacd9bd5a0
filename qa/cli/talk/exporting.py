"""`:export FILE`: the conversation as a file whose ending says in which form."""

from pathlib import Path
from typing import Literal, cast

from qa.chat.export import exported
from qa.chat.turns import Conversation
from qa.cli.talk.wording import Language, mistake
from qa.errors import QuestionError

FORMS = {".md": "md", ".markdown": "md", ".json": "json", ".html": "html", ".htm": "html"}


def write_export(conversation: Conversation, typed: str, *, language: Language) -> Path:
    """Write a conversation to a new file and return its path.

    Raises:
        QuestionError: No file is named, its ending is unknown, it is there already, or it cannot be written.
    """
    if not typed:
        raise QuestionError(":export needs a name.", "Write it behind: :export talk.md, talk.json or talk.html")
    try:
        path = Path(typed.strip("\"'")).expanduser()
    except RuntimeError as error:  # "~name" of a user who is not there
        raise QuestionError(f"{typed} cannot be written ({error}).", "Choose another name.") from error
    form = FORMS.get(path.suffix.lower())
    if form is None:
        raise QuestionError(f"“{typed}” does not end in .md, .json or .html.", "Choose one: :export talk.md")
    written = exported(
        conversation,
        cast(Literal["md", "json", "html"], form),
        language=language,
        translated=lambda sentence: mistake(sentence, language),
    )
    try:
        with path.open("xb") as file:
            file.write(written)
    except FileExistsError as error:
        raise QuestionError(f"There is a file {path} already.", "Choose another name.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise QuestionError(f"{path} cannot be written ({reason}).", "Choose another name.") from error
    return path
