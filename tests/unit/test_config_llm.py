"""Settings of the language model: the key from the environment alone, addresses checked, nothing secret in an error."""

import os
import traceback
from pathlib import Path

import pytest

from qa.config import load_settings
from qa.config_llm import LlmSettings
from qa.errors import SettingsError

KEY = "sk-very-secret"


@pytest.fixture(autouse=True)
def _an_empty_folder_and_no_variables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for variable in [name for name in os.environ if name.upper().startswith("WENJU_")]:
        monkeypatch.delenv(variable)


def _write_toml(text: str) -> None:
    Path("wenju.toml").write_text(text, encoding="utf-8")


def test_there_is_no_model_by_default() -> None:
    assert (load_settings().llm.enabled, load_settings().llm.name) == (False, "")


def test_a_table_of_the_file_and_the_key_of_the_environment_make_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    _write_toml('top_k = 3\n[llm]\nbase_url = "http://127.0.0.1:8080/v1/"\nmodel = "qwen"\ntotal_seconds = 20\n')
    monkeypatch.setenv("WENJU_LLM_API_KEY", KEY)
    monkeypatch.setenv("WENJU_LLM_MODEL", "qwen-2")

    settings = load_settings()

    assert (settings.llm.enabled, settings.llm.name, settings.top_k) == (True, "qwen-2 at 127.0.0.1:8080", 3)
    assert (settings.llm.base_url, settings.llm.total_seconds) == ("http://127.0.0.1:8080/v1", 20.0)
    assert settings.llm.api_key is not None
    assert settings.llm.api_key.get_secret_value() == KEY
    assert KEY not in repr(settings) + str(settings.model_dump())


def test_a_key_in_the_file_is_refused_and_not_repeated() -> None:
    _write_toml(f'[llm]\nbase_url = "https://a.example/v1"\nmodel = "m"\napi_key = "{KEY}"\n')

    with pytest.raises(SettingsError, match=r"holds an api_key.* set WENJU_LLM_API_KEY in the environment") as caught:
        load_settings()
    assert KEY not in str(caught.value)


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ('base_url = "a.example"\nmodel = "m"', "begins with http:// or https://"),
        ('base_url = "file:///etc/passwd"\nmodel = "m"', "begins with http:// or https://"),
        ('base_url = "https://user:sk-very-secret@a.example/v1"\nmodel = "m"', "holds no user, password"),
        ('base_url = "https://a.example/v1?key=sk-very-secret"\nmodel = "m"', "holds no user, password"),
        ('base_url = "https://a.example:99999/v1"\nmodel = "m"', "does not fit"),
        ('base_url = "https://a.example/v1"', "set together"),
        ('base_url = "http://a.example/v1"\nmodel = "m"', "over https:// only"),
        ("total_seconds = 0", "greater than 0, got 0"),
        ("total_seconds = 100000", "less than or equal to 600"),
        ("passages = 0", "greater than or equal to 1"),
        ('modle = "m"', r"“llm.modle” in wenju.toml is not a setting.*Did you mean llm.model"),
        ('proxy = "http://u:sk-very-secret@proxy.example"', "holds no user, password"),
    ],
)
def test_what_does_not_fit_is_refused_without_the_key(toml: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _write_toml(f"[llm]\n{toml}\n")
    monkeypatch.setenv("WENJU_LLM_API_KEY", KEY)

    with pytest.raises(SettingsError, match=message) as caught:
        load_settings()
    assert KEY not in "".join(traceback.format_exception(caught.value))


def test_a_key_that_does_not_fit_a_header_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENJU_LLM_API_KEY", f"{KEY}\r\nX-Evil: 1")

    with pytest.raises(SettingsError, match=r"“llm.api_key” in the environment \(WENJU_LLM_API_KEY\)") as caught:
        load_settings()
    assert KEY not in "".join(traceback.format_exception(caught.value))


def test_the_whole_table_in_one_variable_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key could stand in it."""
    monkeypatch.setenv("WENJU_LLM", f'{{"api_key": "{KEY}"}}')

    with pytest.raises(SettingsError, match="WENJU_LLM is not a setting") as caught:
        load_settings()
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("host", ["127.0.0.1:1", "[::1]:1", "localhost", "192.168.1.5:8000", "ollama:11434"])
def test_a_key_may_go_unencrypted_to_this_machine_and_its_network(host: str) -> None:
    assert LlmSettings(base_url=f"http://{host}/v1", model="m", api_key=KEY).enabled  # type: ignore[arg-type]


def test_every_setting_has_a_sentence_in_the_docstring() -> None:
    documented = LlmSettings.__doc__ or ""

    assert [name for name in LlmSettings.model_fields if f"{name}: " not in documented] == []
