"""Files are taken in: kept, read one after the other, each told with what became of it; no upload stays behind."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import cast

import format_files
import pytest
from counting_encoder import CountingEncoder
from filelock import FileLock

from embeddings.encoder import Vectors
from qa.assistant import Assistant
from qa.errors import NotAllowedError, SourceError
from qa.web import visitor as visitors
from qa.web.documents import uploading
from qa.web.documents.incoming import FILES_AT_ONCE, incoming_folder
from qa.web.documents.report import State, Upload, UploadReport
from qa.web.documents.streaming import watched
from qa.web.documents.uploading import take_in
from qa.web.services import Services
from qa.web.visitor import Visitor

ANYBODY = Visitor("", "zh")
NOTICE = "停水通知\n\n东埠区明天上午停水三小时，请居民提前蓄水。\n"


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with closing(Assistant.open(tmp_path / "store", encoder=CountingEncoder(), create=True)) as assistant:
        yield Services(assistant, upload_mb=1)


@pytest.fixture
def incoming(tmp_path: Path) -> Iterator[Path]:
    with incoming_folder(tmp_path / "store") as folder:
        yield folder


def upload(incoming: Path, name: str, data: bytes, *, at: str = "file") -> Upload:
    """Return an upload as Gradio leaves it: in a folder of its own."""
    place = incoming / f"hash-{name.encode('utf-8').hex()[:40]}-{len(list(incoming.iterdir()))}"
    place.mkdir()
    (place / at).write_bytes(data)
    return Upload(place / at, name)


def became(report: UploadReport) -> list[tuple[str, str]]:
    return [(file.name, file.state) for file in report.files]


def test_every_state_is_told_and_what_was_read_is_counted(services: Services, incoming: Path) -> None:
    told: list[list[str]] = []
    files = [upload(incoming, "水.txt", NOTICE.encode("gb18030")), upload(incoming, "空.txt", b"")]

    report = take_in(
        files, services=services, visitor=ANYBODY,
        told=lambda now: told.append([file.state for file in now.files]),
    )  # fmt: skip

    assert told[0] == ["queued", "queued"]
    assert ["reading", "queued"] in told and ["done", "reading"] in told
    assert told[-1] == ["done", "skipped"]
    assert report.finished and report.collection == "uploads"
    first, second = report.files
    assert (first.document_id, first.articles, first.passages, first.repairs) == ("uploads/水.txt", 1, 1, 0)
    assert first.assumptions == ("The encoding is not declared; gb18030 fits best.",)
    assert second.reason == "The file is empty."
    assert list(incoming.iterdir()) == []


HOSTILE = {
    "加密.pdf": (format_files.pdf(format_files.lines("密"), password="x"), "The PDF is encrypted"),
    "坏.docx": (b"PK\x03\x04broken", "This is not a Word document, or it is damaged."),
    "炸弹.docx": (
        format_files.archive({"[Content_Types].xml": "<a/>", "word/document.xml": b"0" * 30_000_000}),
        "as in a zip bomb",
    ),
    "程序.exe": (b"MZ\0\0" * 99, ".exe: this format is not read yet."),
    "改名.txt": (b"MZ\0\0" * 99, "This is binary data, not text."),
    "没有后缀": (b"text", "no suffix"),
    "太大.txt": (b"x" * 1_100_000, "more than the limit of 1 MB"),
    "空.txt": (b"", "The file is empty."),
}


def test_hostile_files_are_skipped_with_their_reason_and_the_good_one_between_is_read(
    services: Services, incoming: Path
) -> None:
    files = [upload(incoming, name, data) for name, (data, _) in HOSTILE.items()]
    files.insert(3, upload(incoming, "水.txt", NOTICE.encode()))

    report = take_in(files, services=services, visitor=ANYBODY)

    assert became(report)[3] == ("水.txt", "done")
    for file in (*report.files[:3], *report.files[4:]):
        assert (file.state, HOSTILE[file.name][1] in file.reason) == (State.SKIPPED, True), file
    assert [one.name for one in services.assistant.shelf._uploads.rglob("*.*") if one.is_file()] == ["水.txt"]
    assert list(incoming.iterdir()) == []


def test_names_that_lead_elsewhere_do_not(services: Services, incoming: Path, tmp_path: Path) -> None:
    names = ["../../../etc/x.txt", "..\\..\\y.txt", "<img src=x onerror=alert(1)>.txt", "a\x00\u202eb.txt"]
    files = [upload(incoming, name, f"第{at}份\n\n{NOTICE}".encode()) for at, name in enumerate(names)]

    report = take_in(files, services=services, visitor=ANYBODY, collection="  收件  ")

    assert [file.document_id for file in report.files] == [
        "收件/x.txt", "收件/y.txt", "收件/_img src=x onerror=alert(1)_.txt", "收件/ab.txt",
    ]  # fmt: skip
    assert sorted(path.name for path in (tmp_path / "store.uploads" / "收件").iterdir()) == sorted(
        file.document_id.removeprefix("收件/") for file in report.files
    )


@pytest.mark.parametrize("path", ["/etc/hostname", "", "relative.txt"])
def test_a_path_outside_of_the_uploads_is_never_read_nor_removed(
    services: Services, incoming: Path, tmp_path: Path, path: str
) -> None:
    """A browser may send any path; also one that steps out of the folder, or a link in it."""
    secret = tmp_path / "secret.txt"
    secret.write_text(NOTICE, encoding="utf-8")
    (incoming / "link.txt").symlink_to(secret)
    given = (Path(path), incoming / ".." / ".." / "secret.txt", incoming / "link.txt", incoming, secret)

    report = take_in([Upload(one, "x.txt") for one in given], services=services, visitor=ANYBODY)

    assert {(file.state, file.reason) for file in report.files} == {(State.SKIPPED, "The file did not arrive.")}
    assert secret.read_text(encoding="utf-8") == NOTICE
    assert services.assistant.status().documents == 0


def test_who_may_not_change_documents_takes_nothing_in(
    services: Services, incoming: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visitors, "may_change_documents", lambda _: False)

    with pytest.raises(NotAllowedError):
        take_in([upload(incoming, "水.txt", NOTICE.encode())], services=services, visitor=ANYBODY)
    assert (services.assistant.status().documents, list(incoming.iterdir())) == (0, [])


def test_a_collection_that_cannot_have_its_name_takes_nothing_in(services: Services, incoming: Path) -> None:
    with pytest.raises(SourceError, match="cannot name a collection"):
        take_in([upload(incoming, "水.txt", b"x")], services=services, visitor=ANYBODY, collection="a/b")
    assert list(incoming.iterdir()) == []


def test_a_busy_store_keeps_the_files_for_later(
    services: Services, incoming: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the first file waits for the other process; all can be read when it has finished."""
    monkeypatch.setattr(uploading, "SECONDS_FOR_OTHERS", 0.2)
    files = [upload(incoming, name, (name + NOTICE).encode()) for name in ("甲.txt", "乙.txt")]

    with FileLock(tmp_path / "store" / "write.lock", thread_local=False):
        report = take_in(files, services=services, visitor=ANYBODY)

    assert became(report) == [("甲.txt", "kept"), ("乙.txt", "kept")]
    assert report.files[0].reason.startswith("Another process is writing to the store")
    shelf = services.assistant.shelf
    for original in shelf.waiting():
        shelf.read_again(f"{original.collection}/{original.name}", wait=0)
    assert [one.summary.id for one in shelf.holdings()] == ["uploads/乙.txt", "uploads/甲.txt"]


def test_two_people_bring_one_name_at_once_and_both_files_are_there(services: Services, incoming: Path) -> None:
    contents = [f"第{number}份通知\n\n{NOTICE}" for number in range(4)]
    files = [upload(incoming, "水.txt", text.encode()) for text in contents]
    people = [
        threading.Thread(target=take_in, args=([file],), kwargs={"services": services, "visitor": ANYBODY})
        for file in files
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()

    library = services.assistant._library
    texts = [cast(str, getattr(library.document(name), "text")) for name in library.held()]  # noqa: B009
    assert sorted(library.held()) == [f"uploads/水{number}.txt" for number in (" (2)", " (3)", " (4)", "")]
    assert sorted(texts) == sorted(contents)


def test_fifty_files_are_taken_and_the_next_is_told_to_come_later(services: Services, incoming: Path) -> None:
    files = [
        upload(incoming, f"{number}.txt", f"第{number}号通知\n\n{NOTICE}".encode())
        for number in range(FILES_AT_ONCE + 1)
    ]

    report = take_in(files, services=services, visitor=ANYBODY)

    assert [file.state for file in report.files] == [State.DONE] * FILES_AT_ONCE + [State.SKIPPED]
    assert report.files[-1].reason == f"More than {FILES_AT_ONCE} files came at once."
    assert services.assistant.status().documents == FILES_AT_ONCE


def test_a_question_is_answered_while_a_file_is_read(tmp_path: Path, incoming: Path) -> None:
    """The encoder of this test stops in the middle of the file until the question has been asked."""
    reached, go_on = threading.Event(), threading.Event()

    class Slow(CountingEncoder):
        def encode_passages(self, texts: Sequence[str]) -> Vectors:
            if any("蓄水" in text for text in texts):
                reached.set()
                assert go_on.wait(20)
            return super().encode_passages(texts)

    with closing(
        Assistant.open(tmp_path / "store", encoder=Slow(), create=True, reranker="none", answerer="sentence")
    ) as assistant:
        assistant.add("闸门检修\n\n闸门检修需要五天，由城南水务所负责。\n".encode(), name="gate.txt")
        services = Services(assistant)
        reports: list[UploadReport] = []
        reading = threading.Thread(
            target=lambda: reports.append(
                take_in([upload(incoming, "水.txt", NOTICE.encode())], services=services, visitor=ANYBODY)
            )
        )
        reading.start()
        assert reached.wait(20)
        answered = assistant.ask("闸门检修需要几天？")
        go_on.set()
        reading.join()
        later = assistant.ask("东埠区停水几小时？")

    assert answered.hits[0].passage.id.startswith("gate.txt:")
    assert became(reports[0]) == [("水.txt", "done")]
    assert later.hits[0].passage.id.startswith("uploads/水.txt:")


def test_work_goes_on_when_nobody_watches_and_only_the_latest_news_is_told() -> None:
    done = threading.Event()

    def work(tell: Callable[[int], None]) -> None:
        for number in range(1000):
            tell(number)
        done.set()

    news = watched(work)
    next(news)
    news.close()  # type: ignore[attr-defined]
    assert done.wait(10)
    assert list(watched(lambda tell: tell(7))) == [7]

    def failing(_: Callable[[int], None]) -> None:
        raise SourceError("It is gone.", "Bring it again.")

    with pytest.raises(SourceError):
        list(watched(failing))
