"""What the scripts of the chat page send over their hidden text boxes, read and checked.

It comes from a browser, so anything may stand there; what cannot be read asks for nothing.
"""

import json
from dataclasses import dataclass

LONGEST = 100_000  # characters; longer ones are not from our script


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody clicked.

    Attributes:
        does: Name of the action.
        turn: Number of the turn that it is about; 0 for none.
        value: Text that goes with it.
    """

    does: str
    turn: int = 0
    value: str = ""


NOTHING = Wish("")


def read_wish(text: str) -> Wish:
    """Return what a script asks for: a JSON object with `do`, `turn` and `value`."""
    if len(text) > LONGEST:
        return NOTHING
    try:
        sent = json.loads(text)
    except (ValueError, RecursionError):
        return NOTHING
    if not isinstance(sent, dict):
        return NOTHING
    does, turn, value = sent.get("do"), sent.get("turn", 0), sent.get("value", "")
    if not isinstance(does, str) or not isinstance(value, str) or type(turn) is not int or turn < 0:
        return NOTHING
    return Wish(does, turn, value)
