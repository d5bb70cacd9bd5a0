"""Write docs/reference/settings.md from `qa.config`: every setting with its variable, values, default and meaning."""

import inspect
import re
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from qa.config import FILE, PREFIX, Settings
from qa.reference.tables import page as joined
from qa.reference.tables import table, written_by

_ABOUT = f"""
Strongest first: a flag, the variable of the environment, `{FILE}` in the current folder, the default. A name that is
not a setting is refused, with the nearest one that is. An example of the file stands under
[choosing a model](../howto/models.md)."""
# What a default of this machine is called on every machine.
_PLACES = {"store": "`wenju/store` in your data folder", "docs": "the sample corpus of a source tree"}
_LIMITS = {"Ge": "at least", "Gt": "more than", "Le": "at most", "Lt": "less than"}
_SIMPLE = {str: "text", int: "number", float: "number", Path: "folder or file", bool: "true or false"}


def page() -> str:
    """Return the page as Markdown."""
    return joined([*written_by("Settings", source="`qa/config.py`"), _ABOUT, "", *_section(Settings, "", PREFIX)])


def _section(model: type[BaseModel], before: str, prefix: str) -> Iterator[str]:
    """Yield a table of the settings of a model, then one for each table of the file inside it."""
    meanings = _attributes(model)
    inner = {name: field for name, field in model.model_fields.items() if _model_of(field)}
    yield from table(
        ("setting", "variable", "values", "default", "meaning"),
        (
            (f"`{before}{name}`", f"`{prefix}{name.upper()}`", _values(field), _default(name, field), meanings[name])
            for name, field in model.model_fields.items()
            if name not in inner
        ),
    )
    for name, field in inner.items():
        of_field = _model_of(field)
        if of_field is not None:
            yield from ("", f"## {name}", "", (inspect.getdoc(of_field) or "").partition("\n")[0], "")
            yield from _section(of_field, f"{before}{name}.", f"{prefix}{name.upper()}_")


def _attributes(model: type[BaseModel]) -> dict[str, str]:
    """Return what the docstring says of each attribute."""
    said = (inspect.getdoc(model) or "").partition("Attributes:\n")[2]
    found = re.findall(r"^    (\w+): (.*(?:\n {8}.*)*)", said, re.MULTILINE)
    return {name: " ".join(text.split()) for name, text in found}


def _model_of(field: FieldInfo) -> type[BaseModel] | None:
    kind = field.annotation
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def _values(field: FieldInfo) -> str:
    limits = [
        f"{_LIMITS[type(limit).__name__]} {_bound(limit)}"
        for limit in field.metadata
        if type(limit).__name__ in _LIMITS
    ]
    return ", ".join([_kind(field.annotation), *limits])


def _bound(limit: Any) -> Any:  # noqa: ANN401 (of annotated_types, whatever it limits)
    return next(getattr(limit, name) for name in ("ge", "gt", "le", "lt") if hasattr(limit, name))


def _kind(annotation: Any) -> str:  # noqa: ANN401 (an annotation)
    origin = get_origin(annotation)
    if origin is Literal:
        return " or ".join(f"`{value}`" for value in get_args(annotation))
    if origin in (Union, types.UnionType):
        return _kind(next(kind for kind in get_args(annotation) if kind is not type(None)))
    if origin is tuple:
        return "a list; as a flag or variable, separated by commas"
    if origin is dict:
        return "a table"
    return _SIMPLE.get(annotation, "text")


def _default(name: str, field: FieldInfo) -> str:
    if name in _PLACES:
        return _PLACES[name]
    value = field.get_default(call_default_factory=True)
    return "none" if value in (None, "", (), {}) else f"`{value}`"
