"""Problems: what goes wrong on the API, each with a code, a status, a sentence and a remedy; the same on every surface.

`CODES` is the one table of them. Turns the errors of the rooms below into problems; serves nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic_core import ErrorDetails

from embeddings.errors import RemedyError
from qa.codes import code_of
from qa.web.answering import GoneError, TooManyWaitingError
from qa.web.telling import without_places


@dataclass(frozen=True, slots=True)
class Code:
    """What a code means.

    Attributes:
        status: Of HTTP.
        when: It occurs.
    """

    status: int
    when: str


CODES: Mapping[str, Code] = {
    "not_json": Code(400, "the body is not JSON in UTF-8: broken, cut off, nested too deep, or with NaN in it"),
    "foreign_host": Code(400, "the request names a host that is not served"),
    "unsupported": Code(400, "a chat completion asks for what Wenju does not do: pictures, several choices"),
    "foreign_origin": Code(403, "a web page of another origin sent the request"),
    "unknown_route": Code(404, "nothing is served at this path"),
    "document_missing": Code(404, "no document has this name, or not any more"),
    "collection_missing": Code(404, "no collection has this name"),
    "model_missing": Code(404, "a chat completion names a model that is not served"),
    "wrong_method": Code(405, "the path is served, but not by this method"),
    "body_too_slow": Code(408, "the body does not come to its end in time: 30 seconds for a piece, 120 for all of it"),
    "answer_changed": Code(409, "feedback on an answer of another generation comes without that answer"),
    "body_too_large": Code(413, "the body is larger than 1,000,000 bytes"),
    "wrong_content_type": Code(415, "the body is not sent as application/json"),
    "missing_field": Code(422, "a field that is needed is not there"),
    "unknown_field": Code(422, "a field is there that nothing is known of"),
    "wrong_type": Code(422, "a field has a value of another type"),
    "out_of_range": Code(422, "a number, text or list is outside its limits"),
    "question_empty": Code(422, "there is no question in the question"),
    "question_too_long": Code(422, "the question is longer than a question"),
    "question_invalid": Code(422, "the question cannot be put as it is"),
    "filter_invalid": Code(422, "a filter is malformed or names what is not there, or nothing fits a search's filters"),
    "span_invalid": Code(422, "start and end are not a place in the document"),
    "client_gone": Code(499, "the client closed the connection before the answer; nobody reads this"),
    "internal": Code(500, "a mistake of Wenju's own, told in the server's log only"),
    "too_many_waiting": Code(503, "too many questions are waiting; Retry-After says in how many seconds to ask again"),
    "store_busy": Code(503, "another process is writing to the store"),
    "store_unusable": Code(503, "the store is empty, missing, damaged or of another model"),
    "model_unavailable": Code(503, "the embedding model cannot be opened"),
    "not_ready": Code(503, "the model is not loaded yet"),
    "not_kept": Code(503, "feedback cannot be stored here"),
}

RETRY_SECONDS = 5  # after which a client that was turned away may try again

_OF_THE_NETWORK: Mapping[type[RemedyError], str] = {TooManyWaitingError: "too_many_waiting", GoneError: "client_gone"}


class Problem(RemedyError):
    """A mistake with its code.

    Attributes:
        code: One of `CODES`.
        allow: Methods of a path that was called by another one.
    """

    def __init__(self, code: str, problem: str, remedy: str, *, allow: str = "") -> None:
        super().__init__(_whole(problem), _whole(remedy))
        self.code = code
        self.allow = allow

    @property
    def status(self) -> int:
        """Status of HTTP."""
        return CODES[self.code].status

    @property
    def headers(self) -> dict[str, str]:
        """Headers that belong to the response."""
        retry = {"retry-after": str(RETRY_SECONDS)} if self.code == "too_many_waiting" else {}
        return retry | ({"allow": self.allow} if self.allow else {})

    def body(self) -> dict[str, Any]:
        """Return the JSON of the response."""
        message, remedy = self.args
        return {"error": {"code": self.code, "message": message, "remedy": remedy, "status": self.status}}


def _whole(sentence: str) -> str:
    """Return a sentence that UTF-8 can hold: what it repeats may have had halves of characters."""
    return sentence.encode("utf-8", "replace").decode("utf-8")


def problem_of(error: RemedyError) -> Problem:
    """Return an error of a room below with its code, without places of files on this server.

    What has no code of its own is ours to mend.
    """
    if isinstance(error, Problem):
        return error
    code = _OF_THE_NETWORK.get(type(error)) or code_of(error) or "internal"
    return Problem(code, without_places(error.problem), without_places(error.remedy))


def internal() -> Problem:
    """Return what is said of a mistake of ours; its story stands in the log."""
    return Problem("internal", "Something went wrong in the server.", "Look into its log, and report it with that.")


_WHOLE = "Send {} as a number, such as 8."
_REMEDIES = {
    "int_type": ("must be a whole number", _WHOLE),
    "int_parsing": ("must be a whole number", _WHOLE),
    "int_from_float": ("must be a whole number", _WHOLE),
    "int_parsing_size": ("is too large a number", "Send a smaller {}."),
    "bool_type": ("must be true or false", "Send {} as true or false."),
    "bool_parsing": ("must be true or false", "Send {} as true or false."),
    "list_type": ("must be a list", "Send {} as a JSON list."),
    "string_type": ("must be text", "Send {} as a JSON string."),
}


def problem_of_fields(errors: Sequence[ErrorDetails | Mapping[str, Any]]) -> Problem:
    """Return the first of pydantic's errors in our words; values that were sent are not repeated."""
    first = errors[0]
    kind = str(first["type"])
    place = [str(part) for part in first["loc"] if part not in ("body", "query", "path")]
    if kind != "extra_forbidden":  # pydantic adds the type that it tried where there are several
        place = place[:1] + [part for part in place[1:] if part != "str" and "[" not in part]
    name = ".".join(place)[:100]
    if not place:
        return Problem("wrong_type", "The body is not a JSON object.", 'Send an object, such as {"question": "…"}.')
    if kind == "missing":
        return Problem("missing_field", f"{name} is missing.", f"Send {name}, too.")
    if kind == "extra_forbidden":
        return Problem("unknown_field", f"There is no field “{name}”.", "Leave it out, or correct its name.")
    if kind.startswith(("greater_than", "less_than", "too_", "string_too_", "literal", "enum")):
        return Problem("out_of_range", f"{name} is out of range.", f"{str(first['msg']).removesuffix('.')}.")
    said, remedy = _REMEDIES.get(kind, ("has a value of the wrong type", "See /docs for the type of {}."))
    return Problem("wrong_type", f"{name} {said}.", remedy.format(name))
