"""Settings: where the store is, what is indexed, which models rank and answer, where the chat listens.

Strongest first: what was typed as a flag, the environment (`WENJU_STORE`, `WENJU_PORT`, …), `wenju.toml` in the current
folder, the defaults below. A name that is not a setting is refused, never ignored. Opens no store and loads no model.
"""

import difflib
import os
import tomllib
from collections.abc import Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Any, Literal

import platformdirs
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from qa.config_hosts import HostNames
from qa.config_llm import KEY_VARIABLE, LlmSettings
from qa.errors import SettingsError

FILE = "wenju.toml"
PREFIX = "WENJU_"
ColumnRole = Literal["title", "subtitle", "text", "date", "author", "publisher"]
ColumnName = Annotated[str, Field(min_length=1, coerce_numbers_to_str=True)]
FOR_OTHERS = frozenset({"WENJU_CACHE"})  # read by the embeddings package, which knows nothing of our settings


def _default_store() -> Path:
    return platformdirs.user_data_path("wenju", appauthor=False) / "store"


def _sample_articles() -> Path | None:
    """Return the sample articles of a source tree, or None in an installed package."""
    folder = Path(__file__).resolve().parent.parent / "docs" / "articles"
    return folder if folder.is_dir() else None


class _TomlFile(TomlConfigSettingsSource):
    """Reads `wenju.toml` as UTF-8, with or without a byte order mark, whatever the locale says."""

    def _read_file(self, file_path: Path | Traversable) -> dict[str, Any]:
        written = tomllib.loads(file_path.read_bytes().decode("utf-8-sig"))
        if isinstance(written.get("llm"), dict) and "api_key" in written["llm"]:
            raise SettingsError(
                f"{FILE} holds an api_key, and a file is too easily handed on with it.",
                f"Remove it from {FILE} and set {KEY_VARIABLE} in the environment.",
            )
        return written


class Settings(BaseSettings):
    """Every setting, checked; made by `load_settings`.

    Attributes:
        store: Folder of the store.
        docs: Folder that `serve` and `index` read when none is named; None when there is no sample corpus.
        model: Passed to `embeddings.encoder.open_encoder`.
        reranker: What reads the best passages again: `bundled`, `none`, or a cross-encoder by hub id or folder.
        answerer: What answers from them: `reader`, the trained one, or `sentence`, which goes without it.
        engine: What runs the trained reader: `torch`, `openvino`, or `auto`, OpenVINO where it is installed.
        host: Address that the web chat listens on.
        port: Port of the web chat; 0 takes any free one.
        allowed_hosts: Names under which a reverse proxy reaches the web chat, answered besides those of this machine.
        top_k: Passages returned with an answer.
        upload_mb: Megabytes of the largest file that can be brought to the web chat.
        columns: Which columns of tables are title, subtitle, text, date, author and publisher, by name or number;
            what is not named is guessed.
        llm: The optional language model, a table of its own; none by default.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        env_nested_delimiter="_",
        env_nested_max_split=1,
        toml_file=FILE,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    store: Path = Field(default_factory=_default_store)
    docs: Path | None = Field(default_factory=_sample_articles)
    model: Annotated[str, Field(min_length=1)] = "bundled"
    reranker: Annotated[str, Field(min_length=1)] = "bundled"
    answerer: Literal["reader", "sentence"] = "reader"
    engine: Literal["auto", "torch", "openvino"] = "auto"
    host: Annotated[str, Field(min_length=1)] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 7860
    allowed_hosts: HostNames = ()
    top_k: Annotated[int, Field(ge=1, le=100)] = 8
    upload_mb: Annotated[int, Field(ge=1, le=1000)] = 50
    columns: dict[ColumnRole, ColumnName] = Field(default_factory=dict)
    llm: LlmSettings = Field(default_factory=LlmSettings)

    @field_validator("store", "docs")
    @classmethod
    def _home_is_written_out(cls, folder: Path | None) -> Path | None:
        try:
            return folder.expanduser() if folder is not None else None
        except RuntimeError as error:  # "~name" of a user who is not there
            raise ValueError(str(error)) from error

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return flags, environment and file, strongest first; no `.env` and no secrets folder."""
        return init_settings, env_settings, _TomlFile(settings_cls)


def load_settings(**flags: str | int | Path | None) -> Settings:
    """Return the settings that hold here and now.

    Args:
        **flags: Settings by name as typed by the user; None means that the flag was not given.

    Raises:
        SettingsError: A name is unknown, a value does not fit, or `wenju.toml` cannot be read.
    """
    given: dict[str, Any] = {name: value for name, value in flags.items() if value is not None}
    _refuse_unknown_variables(os.environ)
    try:
        return Settings(**given)
    except ValidationError as error:
        raise _as_settings_error(error, given) from None  # the cause would hold the value, be it a key
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{FILE} is not valid TOML in UTF-8: {error}.", f"Correct {FILE} or remove it.") from error
    except OSError as error:
        raise SettingsError(
            f"{FILE} cannot be read: {error.strerror}.", f"Make {FILE} a readable file or remove it."
        ) from error


def _refuse_unknown_variables(environment: Mapping[str, str]) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields if name != "llm"} | FOR_OTHERS
    known |= {f"{PREFIX}LLM_{name.upper()}" for name in LlmSettings.model_fields}
    for variable in sorted(environment):
        if variable.upper().startswith(PREFIX) and variable.upper() not in known:
            raise SettingsError(
                f"The environment variable {variable} is not a setting of Wenju.",
                _remedy_for_name(variable.upper(), known, f"unset {variable}"),
            )


def _as_settings_error(error: ValidationError, flags: Mapping[str, Any]) -> SettingsError:
    """Return the first mistake as one sentence, with the place where it was made; a key is never shown."""
    first = error.errors()[0]
    path = [str(part) for part in first["loc"]]
    known, flag = set(Settings.model_fields), path[0]
    name = ".".join(path[:2]) if path[0] == "llm" else path[0]
    if path[0] == "llm":
        known, flag = {f"llm.{field}" for field in LlmSettings.model_fields}, "_".join(path[:2])
    place = _place(flag, flags)
    if first["type"] == "extra_forbidden":
        remedy = _remedy_for_name(name, known, f"remove it from {place}")
        return SettingsError(f"“{name}” in {place} is not a setting of Wenju.", remedy)
    rule = (first["msg"][:1].lower() + first["msg"][1:]).removeprefix("value error, ")
    got = "" if path[0] == "llm" and path[1:] not in _SHOWN else f", got {first['input']!r}"
    return SettingsError(f"The setting “{name}” in {place} does not fit: {rule}{got}.", f"Change {name} in {place}.")


_SHOWN = [[name] for name in LlmSettings.model_fields if name not in ("api_key", "base_url", "proxy")]
"""Settings of the language model whose values may stand in an error; an address may hold a password."""


def _place(name: str, flags: Mapping[str, Any]) -> str:
    """Return where the strongest value of a setting comes from, in words."""
    if name in flags:
        return f"the flag --{name.replace('_', '-')}"
    variables = [variable for variable in os.environ if variable.upper() == PREFIX + name.upper()]
    return f"the environment ({variables[0]})" if variables else FILE


def _remedy_for_name(name: str, known: set[str], otherwise: str) -> str:
    close = difflib.get_close_matches(name, sorted(known), n=2, cutoff=0.6)
    meant = f"Did you mean {' or '.join(close)}? " if close else ""
    return f"{meant}Known are {', '.join(sorted(known))}; {otherwise} if you do not need it."
