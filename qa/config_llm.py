"""Settings of the optional language model: where it is asked, under which name and key, and how long it may take.

Off unless both `base_url` and `model` are set. The key comes from the environment alone, so that no file holds it.
"""

import ipaddress
import re
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

KEY_VARIABLE = "WENJU_LLM_API_KEY"
_KEY = re.compile(r"[\x21-\x7e]{1,4096}")  # what may stand in a header


class LlmSettings(BaseModel):
    """The table `[llm]` of `wenju.toml`, or `WENJU_LLM_…` in the environment.

    Attributes:
        base_url: Of an endpoint in OpenAI's shape, up to and without `/chat/completions`.
        model: Name of the model there.
        api_key: Sent to that host only; from `WENJU_LLM_API_KEY`, never from a file.
        passages: Most passages that are sent with a question.
        connect_seconds: To reach the endpoint.
        first_seconds: From the question to the first words.
        total_seconds: For all that it writes; then what is there is shown.
        max_tokens: That it is asked to write at most.
        max_bytes: That are read of its answer at most.
        proxy: To go through; proxies of the environment are not used.
        ca_file: Certificates to trust besides the usual ones, for an endpoint of one's own.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    base_url: str = ""
    model: Annotated[str, Field(max_length=200)] = ""
    api_key: SecretStr | None = None
    passages: Annotated[int, Field(ge=1, le=20)] = 6
    connect_seconds: Annotated[float, Field(gt=0, le=60)] = 5.0
    first_seconds: Annotated[float, Field(gt=0, le=600)] = 30.0
    total_seconds: Annotated[float, Field(gt=0, le=600)] = 60.0
    max_tokens: Annotated[int, Field(ge=16, le=32_768)] = 1024
    max_bytes: Annotated[int, Field(ge=1024, le=16_777_216)] = 1_048_576
    proxy: str | None = None
    ca_file: Path | None = None

    @property
    def enabled(self) -> bool:
        """Whether there is a model to ask."""
        return bool(self.base_url and self.model)

    @property
    def name(self) -> str:
        """Model and host, for status lines; empty where none is configured."""
        return f"{self.model} at {urlsplit(self.base_url).netloc}" if self.enabled else ""

    @field_validator("base_url", "proxy")
    @classmethod
    def _is_an_address(cls, address: str | None) -> str | None:
        if not address:
            return address
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("an address begins with http:// or https:// and names a host")
        if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
            raise ValueError("an address holds no user, password, query or fragment")
        if not 0 <= (parts.port or 0) <= 65535 or re.search(r"[\s\x00-\x1f\x7f]", address):
            raise ValueError("an address holds no blank")
        return address.rstrip("/")

    @field_validator("api_key")
    @classmethod
    def _fits_a_header(cls, key: SecretStr | None) -> SecretStr | None:
        if key is not None and not _KEY.fullmatch(key.get_secret_value()):
            raise ValueError("a key is printable ASCII without blanks")
        return key

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if bool(self.base_url) != bool(self.model):
            raise ValueError("base_url and model are set together, or neither")
        if self.api_key is not None and self.base_url.startswith("http://") and not _is_near(self.base_url):
            raise ValueError("a key is sent over https:// only, but for hosts of this machine or its network")
        return self


def _is_near(address: str) -> bool:
    """Tell whether a host is this machine or one of a private network."""
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith(".localhost")
