"""`wenju show DOCUMENT --repairs`: every repair with its place, in words and as JSON, over a real store."""

import json
from pathlib import Path

import pytest

from qa.cli.app import MISTAKE, main
from qa.terminal import revealed

PAGE = "山路通车\n\n縣里茶農(nóng)增產(chǎn),茶業(yè)?zhǔn)備發(fā)展,山\u200b路\x1b[2J也通了。\n\n版权所有\n"
CLEAN = "湖边新园\n\n湖心公园将在五月一日开放。\n"


@pytest.fixture(autouse=True)
def _store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in (("MODEL", "hashing"), ("RERANKER", "none"), ("ANSWERER", "sentence"), ("STORE", "store")):
        monkeypatch.setenv(f"WENJU_{name}", value)
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "road.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "papers" / "park.txt").write_text(CLEAN, encoding="utf-8")
    assert main(["index", "papers"]) == 0
    capsys.readouterr()


def test_repairs_are_listed_in_order_and_damage_that_stays_apart(capsys: pytest.CaptureFixture[str]) -> None:
    """Line and column from 1, the span, what stood there and what is read; what cannot be seen is spelt out."""
    assert main(["show", "road.txt", "--repairs"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "road.txt",
        "3:1 (6-7)  Traditional characters simplified: “縣” → “县”",
        "3:4 (9-10)  Traditional characters simplified: “農” → “农”",
        "3:5 (10-16)  inserted pinyin removed: “(nóng)” → nothing",
        "3:12 (17-18)  Traditional characters simplified: “產” → “产”",
        "3:13 (18-24)  inserted pinyin removed: “(chǎn)” → nothing",
        "3:21 (26-27)  Traditional characters simplified: “業” → “业”",
        "3:22 (27-31)  inserted pinyin removed: “(yè)” → nothing",
        "3:27 (32-37)  inserted pinyin removed: “zhǔn)” → nothing",
        "3:32 (37-39)  Traditional characters simplified: “備發” → “备发”",
        "3:34 (39-43)  inserted pinyin removed: “(fā)” → nothing",
        "3:41 (46-47)  invisible characters removed: “‹U+200B›” → nothing",
        "5:1 (58-62)  left out (part of the page: navigation, copyright, page number or an empty label): “版权所有”",
        "",
        "Not repaired, kept as it stands:",
        "3:26 (31-37)  destroyed characters left as they are: “?zhǔn)” → “?”",
        "3:43 (48-49)  unreadable characters left as they are: “␛”",
        "",
        "     5  Traditional characters simplified",
        "     5  inserted pinyin removed",
        "     1  destroyed characters left as they are",
        "     1  invisible characters removed",
        "     1  left out",
        "     1  unreadable characters left as they are",
    ]


def test_json_holds_the_same_with_whole_untouched_texts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "road.txt", "--repairs", "--json", "--span", "31:33"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "document": "road.txt",
        "repairs": [
            {
                "kind": "open",
                "description": "destroyed characters left as they are",
                "reason": None,
                "start": 31,
                "end": 37,
                "line": 3,
                "column": 26,
                "before": "?zhǔn)",
                "after": "?",
                "flagged": True,
            },
            {
                "kind": "pinyin",
                "description": "inserted pinyin removed",
                "reason": None,
                "start": 32,
                "end": 37,
                "line": 3,
                "column": 27,
                "before": "zhǔn)",
                "after": "",
                "flagged": False,
            },
        ],
        "counts": {"open": 1, "pinyin": 1},
    }


def test_a_document_without_damage_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "park.txt", "--repairs"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "park.txt",
        "",
        "Nothing was repaired, left out or found damaged.",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "gone.txt", "--repairs"], "There is no document gone.txt in the store."),
    ],
)
def test_a_mistake_names_its_remedy(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == MISTAKE
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.out == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\r\nb\tc", "a␊b␉c"),
        ("山\u200b路\ufeff", "山‹U+200B›路‹U+FEFF›"),
        ("\ue848\u202e\xa0\xad", "‹U+E848›‹U+202E›‹U+00A0›‹U+00AD›"),
        ("‘é’ 𠮷　。", "‘é’ 𠮷　。"),
        ("\x1b\x07", "␛␇"),
    ],
)
def test_what_nobody_can_see_is_spelt_out(text: str, shown: str) -> None:
    assert revealed(text) == shown
