"""Only regular files inside the folder are read; every other one is named with its reason."""

import errno
import os
import sys
import threading
from pathlib import Path

import pytest

from qa.corpus import folder
from qa.corpus.formats.plain import TextReader
from qa.corpus.readers import find_files, read_document, reader_for
from qa.errors import SourceError
from qa.types import Document, Skipped


def reasons(folder: Path) -> dict[str, str]:
    return {skipped.path: skipped.reason for skipped in find_files(folder)[1]}


def test_files_are_found_in_order_of_their_path_below_the_folder(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.text", "sub/deep/d.markdown"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("字", encoding="utf-8")

    found, skipped = find_files(tmp_path)

    assert [path.as_posix() for path in found] == ["a.md", "b.txt", "sub/c.text", "sub/deep/d.markdown"]
    assert skipped == []


def test_unknown_formats_are_named_and_counted(tmp_path: Path) -> None:
    (tmp_path / "report.RTF").write_bytes(b"{\\rtf1}")
    (tmp_path / "Makefile").write_text("all:", encoding="utf-8")

    assert reasons(tmp_path) == {
        "Makefile": "no suffix: this format is not read yet.",
        "report.RTF": ".rtf: this format is not read yet.",
    }


def test_hidden_and_empty_files_are_skipped(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "notes.txt").write_text("字", encoding="utf-8")
    (tmp_path / ".draft.txt").write_text("字", encoding="utf-8")
    (tmp_path / "empty.txt").touch()

    assert reasons(tmp_path) == {
        ".draft.txt": "Hidden files are not read.",
        ".git": "Hidden folders are not read.",
        "empty.txt": "The file is empty.",
    }


def test_a_file_of_blanks_is_empty_too(tmp_path: Path) -> None:
    (tmp_path / "blank.txt").write_bytes(b"\xef\xbb\xbf \r\n\t\n")

    assert read_document(tmp_path, Path("blank.txt")) == Skipped("blank.txt", "The file is empty.")


def test_links_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("秘密", encoding="utf-8")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link.txt").symlink_to(outside / "secret.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "loop").symlink_to(inside)

    assert find_files(inside)[0] == []
    assert set(reasons(inside).values()) == {"Symbolic links are not followed."}
    assert isinstance(read_document(inside, Path("link.txt")), Skipped)
    assert isinstance(read_document(inside, Path("folder/secret.txt")), Skipped)
    assert isinstance(read_document(inside, Path("../outside/secret.txt")), Skipped)


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    reading = threading.Thread(target=read_document, args=(tmp_path, Path("pipe.txt")), daemon=True)
    reading.start()
    reading.join(timeout=5)

    assert not reading.is_alive()
    assert reasons(tmp_path) == {"pipe.txt": "This is not a regular file (a pipe, socket or device)."}


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux only")
def test_names_that_cannot_be_shown_are_skipped(tmp_path: Path) -> None:
    (tmp_path / "two\nlines.txt").write_text("字", encoding="utf-8")
    (tmp_path / os.fsdecode(b"\xc4\xe3.txt")).write_bytes(b"text")

    assert reasons(tmp_path) == {
        "two\\nlines.txt": "The file name holds a newline or another control character; rename the file.",
        "\\udcc4\\udce3.txt": "The file name is not valid UTF-8; rename the file.",
    }


def test_a_file_without_permission_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused by a stand-in, because root may read everything."""

    def refuse(*_: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(folder, "_open_beneath", refuse)
    (tmp_path / "closed.txt").write_text("字", encoding="utf-8")

    skipped = read_document(tmp_path, Path("closed.txt"))

    assert skipped == Skipped("closed.txt", "The file cannot be read (permission denied).")


def test_a_file_that_vanished_is_skipped(tmp_path: Path) -> None:
    skipped = read_document(tmp_path, Path("gone.txt"))

    assert skipped == Skipped("gone.txt", "The file cannot be read (no such file or directory).")


def test_the_size_limit_holds_at_the_limit_and_one_above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TextReader, "max_bytes", 10)
    (tmp_path / "fits.txt").write_bytes(b"x" * 10)
    (tmp_path / "large.txt").write_bytes(b"x" * 11)

    assert isinstance(read_document(tmp_path, Path("fits.txt")), Document)
    assert [path.name for path in find_files(tmp_path)[0]] == ["fits.txt"]
    skipped = read_document(tmp_path, Path("large.txt"))
    assert isinstance(skipped, Skipped)
    assert "more than the limit" in skipped.reason


def test_a_file_that_changes_while_it_is_read_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else adds a line after the file was opened and before its end was reached."""
    growing = tmp_path / "growing.txt"
    growing.write_text("第一行", encoding="utf-8")
    os.utime(growing, ns=(0, 0))
    really_open = folder._open_beneath

    def open_and_write(root: Path, path: Path) -> int:
        descriptor = really_open(root, path)
        fstat = os.fstat

        def fstat_then_write(number: int) -> os.stat_result:
            status = fstat(number)
            monkeypatch.setattr(os, "fstat", fstat)
            growing.write_text("第一行\n第二行", encoding="utf-8")
            return status

        monkeypatch.setattr(os, "fstat", fstat_then_write)
        return descriptor

    monkeypatch.setattr(folder, "_open_beneath", open_and_write)

    assert read_document(tmp_path, Path("growing.txt")) == Skipped("growing.txt", "The file changed while it was read.")
    monkeypatch.undo()
    assert isinstance(read_document(tmp_path, Path("growing.txt")), Document)


@pytest.mark.parametrize(("make", "problem"), [(False, "There is no folder"), (True, "is not a folder")])
def test_a_folder_that_is_none_is_an_error_with_a_remedy(tmp_path: Path, make: bool, problem: str) -> None:
    if make:
        (tmp_path / "papers").touch()

    with pytest.raises(SourceError, match=problem):
        find_files(tmp_path / "papers")


def test_a_document_keeps_every_character_and_knows_its_hash(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "报纸.txt").write_bytes("\ufeff标题\r\n正文".encode())

    document = read_document(tmp_path, Path("sub/报纸.txt"))

    assert isinstance(document, Document)
    assert (document.id, document.text, document.encoding) == ("sub/报纸.txt", "\ufeff标题\r\n正文", "utf-8")
    assert document.sha256 == "4dc064c50ab7db06c0b1e1bc7ffe9d967713fd61870f4f2cdf42a3d56d57ff19"
    assert document.media_type == "text/plain"


def test_binary_data_named_txt_is_skipped_with_its_kind(tmp_path: Path) -> None:
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))

    skipped = read_document(tmp_path, Path("picture.txt"))

    assert skipped == Skipped("picture.txt", "This is a PNG picture, not a text file.")


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.TXT", "text/plain"),
        ("a.text", "text/plain"),
        ("a.md", "text/markdown"),
        ("a.Markdown", "text/markdown"),
        ("a.PDF", "application/pdf"),
        ("a.epub", "application/epub+zip"),
        ("a.htm", "text/html"),
        ("a.XHTML", "text/html"),
    ],
)
def test_the_suffix_chooses_the_reader(name: str, media_type: str) -> None:
    reader = reader_for(name)

    assert reader is not None
    assert reader.media_type == media_type
    assert reader_for("a.doc") is None
