"""Read a conversation that was exported as JSON; whatever else the file is gives one clear mistake.

Stores nothing and proves nothing: the caller proves it (`qa.chat.proving`) and keeps it (`ConversationStore.keep`).
"""

import json
import secrets
from typing import NoReturn

from qa.chat.json import conversation_of
from qa.chat.rows import title_of
from qa.chat.turns import Conversation
from qa.errors import ConversationError

MOST_BYTES = 20 * 2**20  # 500 answers with all their passages take a third of it


def imported(data: bytes, owner: str) -> Conversation:
    """Return the conversation in a file that Wenju exported as JSON, as a new one of this owner.

    Raises:
        ConversationError: The file is too large, or is no such conversation.
    """
    if len(data) > MOST_BYTES:
        raise too_large(len(data))
    try:
        value = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse)
    except UnicodeDecodeError as error:
        raise _not_json("it is not UTF-8") from error
    except RecursionError as error:
        raise _not_json("it is nested too deeply") from error
    except ValueError as error:  # not JSON, NaN, or a number of 5,000 digits
        raise _not_json(str(error)[:120]) from error
    read = conversation_of(value, owner=owner, conversation_id=secrets.token_urlsafe(16))
    return Conversation(
        id=read.id,
        owner=owner,
        title=" ".join(read.title.split()) or title_of(read.turns[0].question) or "…",
        created_at=read.created_at,
        changed_at=read.changed_at,
        turns=read.turns,
    )


def too_large(size: int) -> ConversationError:
    """Return the mistake of a file of so many bytes."""
    return ConversationError(
        f"The file has {size // 2**20} MB; {MOST_BYTES // 2**20} MB is the most for a conversation.",
        "Choose a JSON file that Wenju exported.",
    )


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _not_json(why: str) -> ConversationError:
    return ConversationError(f"This file is not JSON ({why}).", "Choose a JSON file that Wenju exported.")
