"""The documents page says what is there in the visitor's language, shows controls to those who may use them, and
renders nothing that comes from outside."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import gradio as gr
import pytest
from counting_encoder import CountingEncoder

from qa.assistant import Assistant
from qa.corpus.repairs import RepairKind
from qa.errors import SourceError
from qa.originals import Original
from qa.store.rows import Holding, Source
from qa.types import DocumentSummary
from qa.web import visitor as visitors
from qa.web.documents.events import Desk
from qa.web.documents.incoming import check_files, incoming_folder
from qa.web.documents.listing import ROWS, Order, View, chosen, list_html
from qa.web.documents.progress import report_html
from qa.web.documents.report import State, TakenFile, UploadReport
from qa.web.documents.sentences import assumption_in, reason_in
from qa.web.services import Services
from qa.web.words import WORDS

HOSTILE = '<img src=x onerror="alert(1)">\u202e.txt'
NOTICE = "停水通知\n\n东埠区明天上午停水三小时，请居民提前蓄水。\n"


def holding(name: str, *, collection: str = "", read_at: str = "", characters: int = 1, repairs: int | None = 0,
            origin: str = "") -> Holding:  # fmt: skip
    full = f"{collection}/{name}" if collection else name
    summary = DocumentSummary(full, collection, "0" * 64, "gb18030", "text/plain", characters, 1)
    return Holding(summary, Source("", origin), read_at, repairs)


def shown(found: list[Holding], *, may_change: bool = True, waiting: tuple[Original, ...] = ()) -> str:
    counts = {one.summary.collection: 1 for one in found}
    return list_html(
        found, waiting, counts, view=View(), language="en", may_change=may_change,
        removable=lambda one: bool(one.source.origin), uploads=lambda one: True,
    )  # fmt: skip


def test_documents_are_found_by_words_of_their_names_within_a_collection() -> None:
    all_three = [holding("河阳 A.txt"), holding("b.txt", collection="news"), holding("a.txt", collection="news")]

    assert [one.summary.id for one in chosen(all_three, View(), search="A TXT")] == ["news/a.txt", "河阳 A.txt"]
    assert [one.summary.id for one in chosen(all_three, View(collection="news"))] == ["news/a.txt", "news/b.txt"]
    assert [one.summary.id for one in chosen(all_three, View(collection=""))] == ["河阳 A.txt"]


def test_they_are_ordered_as_wished_and_ties_by_id() -> None:
    first = holding("x.txt", read_at="2026-01-01T00:00:00+00:00", characters=5, repairs=None)
    second = holding("b.txt", read_at="2026-02-01T00:00:00+00:00", characters=9, repairs=2)
    third = holding("a.txt", read_at="2026-02-01T00:00:00+00:00", characters=9, repairs=3)

    def order(by: Order) -> str:
        return "".join(one.summary.id[0] for one in chosen([first, second, third], View(), order=by))

    assert (order("read"), order("name"), order("characters"), order("repairs")) == ("abx", "abx", "abx", "abx")
    assert order("articles") == "abx"
    assert [one.summary.id for one in chosen([second, third], View(), order="repairs")] == ["a.txt", "b.txt"]


def test_who_may_not_change_documents_sees_them_without_controls() -> None:
    mine = holding("a.txt", collection="uploads", origin="/x/uploads/a.txt")
    kept = Original("uploads", "later.txt", Path("later.txt"))

    changing = shown([mine], waiting=(kept,))
    reading = shown([mine], waiting=(kept,), may_change=False)

    assert [changing.count(f'data-do="{do}"') for do in ("read", "remove")] == [2, 2]
    assert [reading.count(f'data-do="{do}"') for do in ("read", "remove", "open")] == [0, 0, 1]
    assert 'href="/?source=uploads%2Fa.txt"' in reading


def test_a_document_of_a_folder_has_no_button_that_removes_it() -> None:
    assert 'data-do="remove"' not in shown([holding("a.txt")])


def test_names_are_shown_and_never_rendered() -> None:
    hostile = holding(HOSTILE, collection="<b>&", origin="/x")
    report = UploadReport("<b>", (TakenFile(HOSTILE, State.SKIPPED, reason="<script>alert(1)</script>"),))

    for html in (shown([hostile], waiting=(Original("<i>", HOSTILE, Path("x")),)), report_html(report, "zh")):
        assert not any(tag in html for tag in ("<img", "<script", "<b>", "<i>", "\u202e"))
        assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;" in html


def test_a_long_list_is_cut_and_more_is_offered() -> None:
    html = shown([holding(f"{number:03}.txt") for number in range(ROWS + 7)])

    assert html.count("<tr>") == ROWS + 1  # and the head
    assert "Show 7 more" in html


@pytest.mark.parametrize(
    ("reason", "zh", "en"),
    [
        (
            "The file is empty.",
            "文件是空的。请检查是不是选错了文件。",
            "The file is empty. Bring the file that you meant.",
        ),
        (
            "The PDF is encrypted: it opens with a password only.",
            "文件加了密，要密码才能打开。请另存为不带密码的文件，再传一次。",
            "The PDF is encrypted: it opens with a password only. Save it without a password, and bring that.",
        ),
        (
            "A part grows 900 times when it is unpacked, as in a zip bomb.",
            "文件里有一部分解压以后会变大 900 倍，像压缩炸弹，没有打开。请把文字另存为 UTF-8 文本（.txt），再传一次。",
            "A part grows 900 times when it is unpacked, as in a zip bomb. "
            "Save its text as UTF-8 (.txt), and bring that.",
        ),
        ("Nobody knows this.", "Nobody knows this. Do that.", "Nobody knows this. Do that."),
    ],
)
def test_a_reason_comes_with_its_remedy_in_the_visitors_language(reason: str, zh: str, en: str) -> None:
    assert (reason_in(reason, "zh", remedy="Do that."), reason_in(reason, "en", remedy="Do that.")) == (zh, en)


def test_assumptions_are_told_in_chinese_and_unknown_ones_as_they_are() -> None:
    said = "Columns were taken so: “标题” as the title, number 2 as the text."

    assert assumption_in(said, "zh") == "各列的含义：“标题”＝标题，第几列：2＝正文。"
    assert (
        assumption_in("The encoding is not declared; gb18030 fits best.", "zh") == "文件没有说明编码，按 gb18030 读取。"
    )
    assert assumption_in("Something new.", "zh") == "Something new."
    assert assumption_in(said, "en") == said


def test_every_kind_of_repair_and_state_has_its_word() -> None:
    keys = [f"repair_{kind.name.lower()}" for kind in RepairKind] + [f"state_{state}" for state in State]

    assert [key for key in keys for language in ("zh", "en") if key not in WORDS[language]] == []


def test_files_of_events_must_have_been_uploaded_here(tmp_path: Path) -> None:
    """Gradio would fetch the address, and read any file."""
    (tmp_path / "x.txt").write_text("x", encoding="utf-8")
    meta = {"_type": "gradio.FileData"}

    check_files([["text", {"path": str(tmp_path / "x.txt"), "meta": meta}], {"path": "/etc/hostname"}], tmp_path)
    for path in ("/etc/hostname", "http://example.com/x", f"{tmp_path}/../x", str(tmp_path), ""):
        with pytest.raises(SourceError, match="was not uploaded here"):
            check_files([[{"deep": {"path": path, "meta": meta}}]], tmp_path)


def test_the_incoming_folder_is_gone_with_the_server_and_originals_stay(tmp_path: Path) -> None:
    with incoming_folder(tmp_path / "store") as folder:
        (folder / "x").mkdir()
        assert folder.parent == tmp_path / "store.uploads"
    assert not (tmp_path / "store.uploads").exists()

    (tmp_path / "store.uploads" / "uploads").mkdir(parents=True)
    with incoming_folder(tmp_path / "store") as folder:
        pass
    assert [path.name for path in (tmp_path / "store.uploads").iterdir()] == ["uploads"]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(Assistant.open(tmp_path / "store", encoder=CountingEncoder(), create=True)) as assistant:
        assistant.add(NOTICE.encode(), name="水.txt", collection="notes")
        yield Desk(Services(assistant))


def request(language: str = "en") -> gr.Request:
    return cast(gr.Request, SimpleNamespace(cookies={}, headers={"accept-language": language}, query_params={}))


def act(desk: Desk, **data: object) -> list[tuple[Any, ...]]:
    return list(desk.act(View(), "", "read", "notes", gr.EventData(None, data), request()))


def test_a_document_is_opened_removed_and_every_wish_is_answered(desk: Desk) -> None:
    ((_, opened, *_),) = act(desk, do="open", name="notes/水.txt")
    assert "水.txt" in opened and "Nothing had to be repaired." in opened and "no original to be read again" in opened

    notice = act(desk, do="remove", name="notes/水.txt")[-1][0]
    assert notice == '<p class="wj-told wj-good" role="status">“<bdi>notes/水.txt</bdi>” was deleted.</p>'
    assert "There is no document notes/水.txt in the store." in act(desk, do="remove", name="notes/水.txt")[-1][0]
    for nonsense in ({}, {"do": 5}, {"do": "drop", "name": ["x"]}, {"do": "open", "name": "x" * 9999}):
        assert 'role="alert"' in act(desk, **nonsense)[-1][0]


def test_a_collection_is_renamed_and_looked_at_by_its_new_name(desk: Desk) -> None:
    """The place where files are put follows; an empty or impossible name, or one that is taken, is told."""
    for name, said in (
        (" ", "The name of the collection is empty. Choose another name for the collection."),
        ("a/b", "cannot name a collection: it holds a slash."),
    ):
        notice, *_, view = act(desk, do="rename_collection", name="notes", value=name)[-1]
        assert said in notice and view == View()

    notice, _, _, into, listed, view = act(desk, do="rename_collection", name="notes", value=" 通知 ")[-1]

    assert "“<bdi>notes</bdi>” is now called “<bdi>通知</bdi>”." in notice
    assert (into["value"], view) == ("通知", View(collection="通知"))
    assert 'data-name="通知/水.txt"' in listed
    assert 'data-do="rename_collection" data-name="通知"' in listed and 'data-value="通知"' in listed
    assert "The store holds no collection notes." in act(desk, do="rename_collection", name="notes", value="x")[-1][0]


@pytest.mark.parametrize("do", ["remove", "read", "remove_collection", "rename_collection"])
def test_the_server_refuses_changes_of_those_who_may_not(desk: Desk, do: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visitors, "may_change_documents", lambda _: False)

    notice = act(desk, do=do, name="notes" if do.endswith("collection") else "notes/水.txt", value="x")[-1][0]

    assert "You may read the documents here, but not change them." in notice
    assert [one.summary.id for one in desk._assistant.shelf.holdings()] == ["notes/水.txt"]
    add, *_ = desk.load(View(), "", "read", request())
    assert add["visible"] is False


def test_files_that_never_arrived_stand_among_those_that_did(desk: Desk, tmp_path: Path) -> None:
    files = [{"name": "大.pdf", "path": "", "why": "太大"}, {"name": "无.txt", "path": "/etc/hostname"}, "nonsense"]
    event = gr.EventData(None, {"files": files})

    *_, last = desk.take("uploads", View(), "", "read", event, request("zh"))

    assert [last[0].index(name) > 0 for name in ("大.pdf", "太大", "无.txt", "文件没有传到。请再传一次。")] == [
        True
    ] * 4
    assert last[0].index("大.pdf") < last[0].index("无.txt")
