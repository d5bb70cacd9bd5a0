"""Open the language model that the settings name; loads what it is asked with only where one is configured."""

from importlib.util import find_spec
from typing import TYPE_CHECKING

from qa.config_llm import LlmSettings
from qa.errors import SettingsError

if TYPE_CHECKING:
    from qa.llm.writer import Writer


def open_writer(settings: LlmSettings | None) -> "Writer | None":
    """Return who writes about answers, or None where no language model is configured.

    Raises:
        SettingsError: The package to ask it with is not installed, or its certificates are not there.
    """
    if settings is None or not settings.enabled:
        return None
    if find_spec("httpx") is None:
        raise SettingsError(
            "A language model is configured, but the package httpx to ask it with is not installed.",
            "Install it: pip install 'wenju[llm]', or remove llm.base_url.",
        )
    if settings.ca_file is not None and not settings.ca_file.is_file():
        raise SettingsError(f"There is no file {settings.ca_file}, which llm.ca_file names.", "Correct llm.ca_file.")
    from qa.llm.writer import Writer  # noqa: PLC0415 (only where a model is configured)

    return Writer(settings)
