"""list, remove, verify and the ways to index, through the command line, with the hashing encoder."""

import io
import json
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from qa.cli import corpus
from qa.cli.app import main
from qa.types import IndexReport, Skipped

WALL = "防洪墙加固\n\n防洪墙全长22.2公里,总投资6.35亿元。\n"
BOOKS = "新馆开门\n\n图书馆新馆设阅览座位1860个。\n"

Wenju = Callable[..., tuple[int, list[str], str]]


@pytest.fixture
def wenju(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Wenju:
    """Return a function that runs a command and returns its exit code, its lines, and its last line of error."""
    for variable in [name for name in os.environ if name.upper().startswith("WENJU_")]:
        monkeypatch.delenv(variable)
    for name, value in (("MODEL", "hashing"), ("RERANKER", "none"), ("ANSWERER", "sentence")):
        monkeypatch.setenv(f"WENJU_{name}", value)
    monkeypatch.setenv("WENJU_STORE", str(tmp_path / "store"))
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, typed: bytes = b"") -> tuple[int, list[str], str]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed), encoding="ascii"))
        code = main(arguments)
        printed = capsys.readouterr()
        return code, printed.out.splitlines(), (printed.err.splitlines() or [""])[-1]

    return run


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "wall.txt").write_text(WALL, encoding="utf-8")
    (folder / "books.txt").write_text(BOOKS, encoding="gb18030")
    return folder


def test_the_list_has_a_line_a_document_and_collections_apart(wenju: Wenju, papers: Path) -> None:
    """The name comes last, whatever its characters are wide."""
    wenju("index", "papers")
    wenju("index", "papers", "--collection", "旧闻")
    hashes = [sha256(text).hexdigest()[:12] for text in (BOOKS.encode("gb18030"), WALL.encode())]

    assert wenju("list")[:2] == (
        0,
        [
            "SHA256        ARTICLES  CHARACTERS  ENCODING  DOCUMENT",
            f"{hashes[0]}         1          23  gb18030   books.txt",
            f"{hashes[1]}         1          30  utf-8     wall.txt",
            "",
            "collection 旧闻",
            f"{hashes[0]}         1          23  gb18030   旧闻/books.txt",
            f"{hashes[1]}         1          30  utf-8     旧闻/wall.txt",
        ],
    )
    assert len(wenju("list", "--collection", "旧闻")[1]) == 5
    assert wenju("list", "--collection", "旧")[0] == 2
    assert "collections: without a name 2, 旧闻 2" in wenju("status")[1]


def test_the_list_as_json_has_the_whole_hash(wenju: Wenju, papers: Path) -> None:
    """An object a document, with the names of the Python values."""
    wenju("index", "papers", "--collection", "news")

    code, lines, _ = wenju("list", "--json")
    assert code == 0
    assert json.loads("\n".join(lines))[1] == {
        "id": "news/wall.txt",
        "collection": "news",
        "sha256": sha256(WALL.encode()).hexdigest(),
        "encoding": "utf-8",
        "media_type": "text/plain",
        "characters": 30,
        "articles": 1,
    }


def test_a_collection_is_renamed(wenju: Wenju, papers: Path) -> None:
    wenju("index", "papers", "--collection", "news")

    assert wenju("rename", "news", "old news")[:2] == (0, ["renamed news to old news: 2 documents"])
    code, _, error = wenju("rename", "news", "x")
    assert (code, error) == (2, "The store holds no collection news. Did you mean old news?")
    _, printed, _ = wenju("rename", "old news", "news", "--json")
    assert json.loads("".join(printed)) == {"old": "old news", "new": "news", "documents": 2}


def test_documents_are_removed_by_name_and_pattern(wenju: Wenju, papers: Path) -> None:
    """Each is named; a wrong name removes nothing."""
    wenju("index", "papers")
    wenju("index", "papers", "--collection", "news")

    code, _, error = wenju("remove", "books.txt", "wal.txt")
    assert (code, error) == (2, "There is no document wal.txt in the store. Did you mean wall.txt or news/wall.txt?")
    assert wenju("remove", "news/*")[1] == ["removed news/books.txt", "removed news/wall.txt", "2 removed, 2 left"]
    assert wenju("remove", "wall.txt", "books.txt")[:2] == (
        0,
        ["removed books.txt", "removed wall.txt", "2 removed, 0 left"],
    )
    assert wenju("list")[:2] == (0, ["The store holds no documents."])
    assert wenju("list", "--json")[1] == ["[]"]


def test_a_dash_indexes_standard_input_under_the_name_that_was_given(wenju: Wenju, papers: Path) -> None:
    """Any encoding of a file will do; without a name it is stdin.txt."""
    wenju("index", "papers")
    assert wenju("index", "-", typed=WALL.encode("utf-16"))[1][0] == "1 new, 0 changed, 0 removed, 0 unchanged"
    wenju("index", "-", "--name", "a/b.md", "--collection", "news", typed=BOOKS.encode())

    listed = [line.split()[-1] for line in wenju("list")[1] if line]
    assert listed == ["DOCUMENT", "books.txt", "stdin.txt", "wall.txt", "news", "news/a/b.md"]
    assert wenju("show", "stdin.txt")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "typed", "said"),
    [
        (["index", "-"], b"", "'stdin.txt' was not read (The file is empty)."),
        (["index", "-", "--name", "a.xyz"], b"x", "'a.xyz' was not read (.xyz: this format is not read yet)."),
        (["index", "-", "--name", "../a.txt"], b"x", "'../a.txt' cannot name a document."),
        (["index", "papers", "--name", "a.txt"], b"", "--name names what comes from standard input."),
        (["index", "papers", "--collection", "a/b"], b"", "'a/b' cannot name a collection: it holds a slash."),
        (["index", "papers", "--collection", ""], b"", "The name of the collection is empty."),
        (["watch", "nowhere"], b"", "There is no folder nowhere."),
        (["list"], b"", "There is no index in"),
    ],
)
def test_a_mistake_is_one_line_with_its_remedy_and_exit_code_2(
    arguments: list[str], typed: bytes, said: str, wenju: Wenju, papers: Path
) -> None:
    """Nothing is printed as if it had been done."""
    code, lines, error = wenju(*arguments, typed=typed)

    assert (code, lines) == (2, [])
    assert error.startswith(said) and error != said


def test_endless_standard_input_is_refused(wenju: Wenju, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before it fills the memory; at the limit it is still read."""
    monkeypatch.setattr(corpus, "MOST_FROM_INPUT", 2**20)
    text = WALL.encode() + b"\n" * (2**20 - len(WALL.encode()))

    assert wenju("index", "-", typed=text)[0] == 0
    code, _, error = wenju("index", "-", typed=text + b"\n")
    assert (code, error) == (2, "Standard input holds more than 1 MB. Split it into several documents.")


def test_one_file_is_added_and_the_rest_stays(wenju: Wenju, papers: Path) -> None:
    """A file of the folder keeps its name there."""
    (papers / "sub").mkdir()
    (papers / "sub" / "gate.txt").write_text("闸门\n\n闸门检修需要五天。\n", encoding="utf-8")
    wenju("index", "papers")
    (papers / "sub" / "gate.txt").write_text("闸门\n\n闸门检修需要九天。\n", encoding="utf-8")

    assert wenju("index", "papers/sub/gate.txt")[1][:2][0] == "0 new, 1 changed, 0 removed, 0 unchanged"
    assert wenju("verify")[0] == 0


def test_verify_says_what_differs_and_its_exit_code_tells(wenju: Wenju, papers: Path) -> None:
    """0 when all agrees, 1 when something does not; a thorough run mends it."""
    wenju("index", "papers")
    code, lines, _ = wenju("verify")
    assert (code, lines[0].partition(";")[0]) == (
        0,
        "2 documents in the store, 2 compared with their files: all as it should be",
    )

    (papers / "wall.txt").write_text(BOOKS, encoding="utf-8")
    (papers / "books.txt").unlink()
    code, lines, _ = wenju("verify")
    assert code == 1
    assert lines[:2] == ["books.txt: The file is gone.", "wall.txt: The file has changed since it was indexed."]
    assert lines[2].startswith("2 documents in the store, 2 compared with their files: 2 differences; ")
    assert lines[3] == "To bring the store up to date: wenju index FOLDER --thorough"
    assert json.loads("\n".join(wenju("verify", "--json")[1]))["differences"][0]["document_id"] == "books.txt"

    assert wenju("index", "papers", "--thorough")[1][0] == "0 new, 1 changed, 1 removed, 0 unchanged"
    assert wenju("verify")[0] == 0


def test_some_skipped_is_exit_code_3(wenju: Wenju, papers: Path) -> None:
    """All read is 0, also when nothing changed."""
    assert (wenju("index", "papers")[0], wenju("index", "papers")[0]) == (0, 0)
    (papers / "a.xyz").write_text("x", encoding="utf-8")
    assert wenju("index", "papers")[0] == 3


def test_the_help_tells_the_exit_codes(wenju: Wenju) -> None:
    """Of index and of verify, and all of them at the end of the first page."""
    assert "3 some files were skipped" in " ".join(" ".join(wenju("--help")[1]).split())
    assert "3: some files were skipped" in " ".join(" ".join(wenju("index", "--help")[1]).split())
    assert "1: something differs" in " ".join(" ".join(wenju("verify", "--help")[1]).split())


def test_a_run_of_watch_is_one_line_and_a_skipped_file_is_named_once(capsys: pytest.CaptureFixture[str]) -> None:
    """With the time of day in front."""
    from qa.cli.show_corpus import runs_shown

    show = runs_shown()
    show(IndexReport(5, 15, 161, 2, 1, 0, 3, (Skipped("a\n.xyz", "No."),), 0.44, 4))
    show(IndexReport(5, 15, 161, 0, 1, 0, 5, (Skipped("a\n.xyz", "No."),), 0.44, 5))

    assert [line[10:] for line in capsys.readouterr().out.splitlines()] == [
        "skipped a␊.xyz: No.",
        "2 new, 1 changed, 0 removed, 3 unchanged, 1 skipped; 0.4 s",
        "0 new, 1 changed, 0 removed, 5 unchanged, 1 skipped; 0.4 s",
    ]


def test_watch_indexes_the_folder_until_ctrl_c(
    wenju: Wenju, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And ends with exit code 0; what was indexed is there."""

    def interrupted(folder: Path, index: Callable[[], IndexReport], **_: object) -> None:
        assert index().added == 2
        raise KeyboardInterrupt

    monkeypatch.setattr("qa.watch.watch_folder", interrupted)

    code, lines, _ = wenju("watch", "papers", "--collection", "news")
    assert code == 0
    assert [line[10:] for line in lines] == [
        f"Watching papers; the index is in {tmp_path / 'store'}. Ctrl-C ends it.",
        "Stopped.",
    ]
    assert wenju("list", "--collection", "news")[0] == 0


def test_watch_keeps_the_store_up_to_date_that_holds_the_folder(
    wenju: Wenju, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The default one after `index`, the chat's after `serve`; a default store of another folder is left alone."""
    from qa.cli.stores import settings_of, store_to_watch

    monkeypatch.delenv("WENJU_STORE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    default = tmp_path / "data" / "wenju" / "store"
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.txt").write_text(WALL, encoding="utf-8")

    assert store_to_watch(settings_of(), papers, "") == default
    wenju("index", "other")
    assert store_to_watch(settings_of(), papers, "") == default

    from qa.web.serve import store_for

    of_the_chat = store_for(papers, beside=default)
    wenju("index", "papers", "--store", str(of_the_chat))
    assert store_to_watch(settings_of(), papers, "") == of_the_chat
    wenju("index", "papers")
    assert store_to_watch(settings_of(), papers, "") == default
    assert store_to_watch(settings_of(store=Path("named")), papers, "") == Path("named")


def test_the_commands_that_need_no_model_load_none(wenju: Wenju, papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """list, remove and verify work where the model is not to be had."""
    wenju("index", "papers")
    monkeypatch.setenv("WENJU_MODEL", "/no/such/model")

    assert (wenju("list")[0], wenju("verify")[0], wenju("remove", "wall.txt")[0]) == (0, 0, 0)
