"""Settings: which source wins, and how a name or value that does not fit is refused."""

import os
from pathlib import Path

import pytest

from qa.config import Settings, load_settings
from qa.errors import SettingsError


@pytest.fixture(autouse=True)
def _an_empty_folder_and_no_variables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for variable in [name for name in os.environ if name.upper().startswith("WENJU_")]:
        monkeypatch.delenv(variable)


def _write_toml(text: str) -> None:
    Path("wenju.toml").write_text(text, encoding="utf-8")


def test_without_any_source_the_defaults_hold() -> None:
    settings = load_settings()

    assert (settings.model, settings.host, settings.port, settings.top_k) == ("bundled", "127.0.0.1", 7860, 8)
    assert (settings.reranker, settings.answerer) == ("bundled", "reader")
    assert (settings.store.name, settings.store.parent.name) == ("store", "wenju")


def test_the_sample_articles_are_the_default_documents_of_a_source_tree() -> None:
    assert load_settings().docs == Path(__file__).resolve().parents[2] / "docs" / "articles"


def test_a_flag_beats_the_environment_which_beats_the_file_which_beats_the_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _write_toml('port = 1001\ntop_k = 11\nmodel = "file"\n')
    monkeypatch.setenv("WENJU_PORT", "2002")
    monkeypatch.setenv("WENJU_TOP_K", "22")

    settings = load_settings(port=3003)

    assert (settings.port, settings.top_k, settings.model, settings.host) == (3003, 22, "file", "127.0.0.1")


def test_a_flag_that_was_not_given_leaves_the_setting_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENJU_STORE", "/srv/papers")

    assert load_settings(store=None).store == Path("/srv/papers")


def test_an_empty_variable_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENJU_MODEL", "")

    assert load_settings().model == "bundled"


def test_the_file_is_utf8_with_or_without_a_byte_order_mark() -> None:
    Path("wenju.toml").write_bytes('\ufeffstore = "/数据/报纸"\n'.encode())

    assert load_settings().store == Path("/数据/报纸")


def test_a_tilde_means_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/reader")
    _write_toml('store = "~/papers"\n')

    assert load_settings().store == Path("/home/reader/papers")


def test_an_unknown_key_of_the_file_is_refused_with_the_close_match_and_the_known_names() -> None:
    _write_toml("tpo_k = 5\n")

    with pytest.raises(SettingsError) as caught:
        load_settings()

    assert caught.value.problem == "“tpo_k” in wenju.toml is not a setting of Wenju."
    assert caught.value.remedy == (
        "Did you mean top_k? Known are allowed_hosts, answerer, columns, docs, engine, host, llm, model, port, "
        "reranker, store, top_k, upload_mb; remove it from wenju.toml if you do not need it."
    )


def test_a_table_in_the_file_is_refused_not_ignored() -> None:
    _write_toml("[web]\nport = 80\n")

    with pytest.raises(SettingsError, match=r"“web” in wenju.toml is not a setting"):
        load_settings()


def test_an_unknown_variable_is_refused_with_the_close_match(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENJU_STOER", "/srv")

    with pytest.raises(SettingsError, match=r"WENJU_STOER is not a setting .* mean WENJU_STORE\b.* unset WENJU_STOER"):
        load_settings()


def test_the_variable_of_the_model_cache_is_not_ours_and_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENJU_CACHE", "/var/cache/wenju")

    assert load_settings().model == "bundled"


def test_reranker_and_answerer_come_from_every_source(monkeypatch: pytest.MonkeyPatch) -> None:
    _write_toml('reranker = "none"\nanswerer = "sentence"\n')
    monkeypatch.setenv("WENJU_RERANKER", "BAAI/bge-reranker-base")

    assert (load_settings().reranker, load_settings().answerer) == ("BAAI/bge-reranker-base", "sentence")
    assert load_settings(reranker="bundled", answerer="reader").answerer == "reader"


def test_an_answerer_that_there_is_not_is_refused_with_those_that_there_are() -> None:
    _write_toml('answerer = "llm"\n')

    with pytest.raises(SettingsError) as caught:
        load_settings()

    assert str(caught.value) == (
        "The setting “answerer” in wenju.toml does not fit: input should be 'reader' or 'sentence', got 'llm'. "
        "Change answerer in wenju.toml."
    )


def test_the_engine_comes_from_file_and_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().engine == "auto"

    _write_toml('engine = "openvino"\n')
    assert load_settings().engine == "openvino"

    monkeypatch.setenv("WENJU_ENGINE", "torch")
    assert load_settings().engine == "torch"

    monkeypatch.setenv("WENJU_ENGINE", "cuda")
    with pytest.raises(SettingsError, match=r"“engine” in the environment \(WENJU_ENGINE\) does not fit: .*'openvino'"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value", "place"),
    [("port", "65536", "environment \\(WENJU_PORT\\)"), ("top_k", "many", "environment \\(WENJU_TOP_K\\)")],
)
def test_a_variable_that_does_not_fit_is_named_with_its_place(
    name: str, value: str, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"WENJU_{name.upper()}", value)

    with pytest.raises(SettingsError, match=f"“{name}” in the {place} does not fit.*got '{value}'.*Change {name}"):
        load_settings()


def test_a_flag_that_does_not_fit_is_named_as_it_is_typed() -> None:
    with pytest.raises(SettingsError, match=r"in the flag --top-k does not fit: .* less than or equal to 100, got 101"):
        load_settings(top_k=101)


@pytest.mark.parametrize("content", [b"port 80\n", b"\xff\xfe", b'model = "\xc4\xe3"\n'])
def test_a_file_that_is_not_toml_in_utf8_is_refused_with_a_remedy(content: bytes) -> None:
    Path("wenju.toml").write_bytes(content)

    with pytest.raises(SettingsError, match=r"wenju.toml is not valid TOML in UTF-8.* Correct wenju.toml or remove it"):
        load_settings()


def test_settings_cannot_be_changed_afterwards() -> None:
    settings = load_settings()

    with pytest.raises(ValueError, match="frozen"):
        settings.port = 1  # type: ignore[misc]


def test_every_setting_has_a_sentence_in_the_docstring() -> None:
    documented = Settings.__doc__ or ""

    assert [name for name in Settings.model_fields if f"{name}: " not in documented] == []


def test_columns_of_tables_are_told_in_a_table_of_the_file_or_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    _write_toml('columns = {title = "题", date = 3}')
    assert load_settings().columns == {"title": "题", "date": "3"}

    monkeypatch.setenv("WENJU_COLUMNS", '{"text": "内容"}')
    assert load_settings().columns["text"] == "内容"


def test_a_column_that_has_no_such_role_is_refused_with_those_that_there_are() -> None:
    _write_toml('columns = {titel = "题"}')

    with pytest.raises(SettingsError, match=r"columns.*does not fit.*title.*publisher.*titel"):
        load_settings()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("papers.example.org", ("papers.example.org",)),
        (" Papers.Example.org, 报纸.example ，[::1]", ("papers.example.org", "xn--4ruw83d.example", "[::1]")),
        (",", ()),
    ],
)
def test_allowed_hosts_are_separated_by_commas_and_kept_as_browsers_send_them(
    monkeypatch: pytest.MonkeyPatch, written: str, read: tuple[str, ...]
) -> None:
    monkeypatch.setenv("WENJU_ALLOWED_HOSTS", written)

    assert load_settings().allowed_hosts == read
    assert load_settings(allowed_hosts="other.example").allowed_hosts == ("other.example",)


def test_allowed_hosts_may_be_a_list_in_the_file() -> None:
    _write_toml('allowed_hosts = ["papers.example.org", "10.0.0.5"]\n')

    assert load_settings().allowed_hosts == ("papers.example.org", "10.0.0.5")


@pytest.mark.parametrize("written", ["https://papers.example.org", "papers.example.org:443", "*", "a..b", "x" * 300])
def test_an_address_is_no_allowed_host(written: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(allowed_hosts=written)

    assert caught.value.problem.startswith(
        "The setting “allowed_hosts” in the flag --allowed-hosts does not fit: separate"
    )
