"""Names under which a reverse proxy reaches the web chat, as they are written in settings. Pure."""

import re
from typing import Annotated

from pydantic import BeforeValidator
from pydantic_settings import NoDecode

_NAME = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]")
_HOW = "separate the names of hosts by commas, without http:// and port, as in papers.example.org"


def host_names(value: object) -> tuple[str, ...]:
    """Return host names as a browser sends them: in small letters, other scripts than Latin in ASCII.

    Args:
        value: Names separated by commas or blanks, or a list of names.

    Raises:
        ValueError: It is neither, or one of them is no name of a host.
    """
    listed = re.split(r"[,，\s]+", value.strip()) if isinstance(value, str) else value
    if not isinstance(listed, list | tuple) or not all(isinstance(one, str) for one in listed):
        raise ValueError(_HOW)
    return tuple(dict.fromkeys(_host_name(one) for one in listed if one))


def _host_name(typed: str) -> str:
    name = typed.strip().lower()
    try:
        name = name if name.isascii() else name.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise ValueError(_HOW) from error
    if len(name) > 253 or not _NAME.fullmatch(name):
        raise ValueError(_HOW)
    return name


HostNames = Annotated[tuple[str, ...], NoDecode, BeforeValidator(host_names)]
