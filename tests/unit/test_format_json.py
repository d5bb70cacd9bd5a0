"""Objects of JSON and JSON Lines are articles; what is broken is counted, what is nested is flattened."""

import json

import pytest
from format_files import BUS, HOURS, PARK

from qa.corpus.formats.columns import Columns
from qa.corpus.formats.json_records import JsonLinesReader, JsonReader
from qa.corpus.pipeline import articles_of
from qa.errors import SourceError
from qa.types import Document

RECORDS = [
    {"title": "公园开放", "text": f"{PARK}\n\n{HOURS}", "date": "2024-04-08", "author": "李小禾"},
    {"title": "公交增站", "text": BUS, "source": "河阳晚报"},
]


def of_json(value: object, *, columns: Columns | None = None) -> Document:
    data = json.dumps(value, ensure_ascii=False).encode()
    return JsonReader(columns or Columns()).read("a.json", data)


def of_lines(text: str) -> Document:
    return JsonLinesReader().read("a.jsonl", text.encode())


def test_an_object_is_an_article_with_its_fields() -> None:
    first, second = articles_of(of_json(RECORDS))[0]

    assert (first.title, first.byline, first.date_iso) == ("公园开放", "李小禾", "2024-04-08")
    assert [block.content.text for block in first.blocks][-2:] == [PARK, HOURS]
    assert (second.title, second.publisher) == ("公交增站", "河阳晚报")


@pytest.mark.parametrize("wrap", [lambda records: {"data": records}, lambda records: {"a": 1, "b": {"c": records}}])
def test_records_inside_of_an_object_are_found(wrap) -> None:  # noqa: ANN001
    assert len(of_json(wrap(RECORDS)).sections) == 2


def test_one_object_is_one_record() -> None:
    assert [section.title for section in of_json(RECORDS[0]).sections] == ["公园开放"]


def test_lines_and_one_list_read_alike_but_for_their_page_numbers() -> None:
    lines = "\n\n".join(json.dumps(record, ensure_ascii=False) for record in RECORDS)
    by_line, whole = of_lines(lines), of_json(RECORDS)

    assert [section.title for section in by_line.sections] == [section.title for section in whole.sections]
    assert (len(by_line.pages), len(whole.pages)) == (3, 2)


def test_a_broken_line_is_left_out_counted_and_told() -> None:
    good = json.dumps(RECORDS[0])
    document = of_lines(f'{good}\n{{"title": "half\n{good}\n')

    assert len(document.sections) == 2
    assert document.assumptions[0] == "1 lines are no JSON and were left out, the first is line 2."
    assert document.text[document.pages[2].start : document.pages[2].end].startswith("公园开放")


def test_either_kind_is_read_under_the_name_of_the_other() -> None:
    lines = "\n".join(json.dumps(record) for record in RECORDS)

    assert len(JsonReader().read("a.json", lines.encode()).sections) == 2
    assert len(of_lines(json.dumps(RECORDS, indent=1)).sections) == 2


def test_what_is_nested_becomes_columns_of_its_own_and_figures_stay_as_written() -> None:
    text = '[{"text": "A", "author": {"name": "Ann"}, "tags": ["x", "y"], "n": 1.50, "ok": true, "no": null}]'
    document = JsonReader().read("a.json", text.encode())

    assert document.text == "author.name: Ann | tags: x; y | n: 1.50 | ok: true\n\nA"


def test_a_nested_column_can_be_told() -> None:
    document = of_json([{"text": BUS, "by": {"name": "Ann"}}], columns=Columns(author="by.name"))

    assert document.sections[0].byline == "Ann"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"{not json", "This is not JSON"),
        (b"[" * 100_000, "nests objects too deeply"),
        (b"[]", "The table is empty"),
        (b'[{"a": ""}, {"a": null}]', "The table is empty"),
    ],
)
def test_what_holds_no_records_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        JsonReader().read("a.json", data)


def test_lines_of_something_else_are_refused() -> None:
    with pytest.raises(SourceError, match="line 1 is the first of 3 that are no JSON"):
        of_lines("one\ntwo\nthree\n")
