"""What every Reader promises, checked for each one in the tree."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from accounting import check
from format_files import BUS, HOURS, PARK, epub, park_docx, report, xlsx

from qa.corpus.account import account_of
from qa.corpus.pipeline import articles_of
from qa.corpus.readers import READERS, Reader, read_document
from qa.corpus.sandbox import Sandbox
from qa.errors import SourceError

PLAIN = f"\ufeff湖心公园\r\n\r\n{PARK}\r\n{HOURS}\r\n{BUS}\n".encode()
SAMPLES = {
    "text/plain": PLAIN,
    "text/markdown": PLAIN,
    "text/html": f"<title>湖心公园</title><h1>湖心公园</h1><p>{PARK}<p>{HOURS}<p>{BUS}".encode(),
    "application/pdf": report([PARK, HOURS], [BUS]),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": park_docx(),
    "text/csv": f"标题,内容\n湖心公园,{PARK}{HOURS}\n公交,{BUS}\n".encode(),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": xlsx(
        {"公园": [["标题", "内容"], ["湖心公园", PARK + HOURS], ["公交", BUS]]}
    ),
    "application/json": json.dumps(
        [{"title": "湖心公园", "text": f"{PARK}\n\n{HOURS}"}, {"title": "公交", "text": BUS}]
    ).encode(),
    "application/x-ndjson": f'{{"title":"湖心公园","text":"{PARK}{HOURS}"}}\n{{"text":"{BUS}"}}\n'.encode(),
    "application/epub+zip": epub({"a.xhtml": f"<h1>公园</h1><p>{PARK}</p><p>{HOURS}</p>", "b.xhtml": f"<p>{BUS}</p>"}),
}


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.suffixes[0][1:])
class TestReaderContract:
    def test_suffixes_are_lower_case_with_a_dot(self, reader: Reader) -> None:
        assert reader.suffixes
        assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in reader.suffixes)

    def test_the_document_names_its_kind_and_its_bytes(self, reader: Reader) -> None:
        data = SAMPLES[reader.media_type]
        document = reader.read("folder/name", data)

        assert document.id == "folder/name"
        assert document.sha256 == hashlib.sha256(data).hexdigest()
        assert document.media_type == reader.media_type
        assert document.encoding

    def test_nothing_that_the_file_says_is_lost(self, reader: Reader) -> None:
        """Whatever the lines of the file are, the passages hold every sentence, in order."""
        _, passages, _ = articles_of(reader.read("name", SAMPLES[reader.media_type]))
        text = "".join(passage.text for passage in passages)

        assert [text.count(sentence) for sentence in (PARK, HOURS, BUS)] == [1, 1, 1]
        assert text.index(PARK) < text.index(HOURS) < text.index(BUS)

    def test_every_character_is_accounted_for(self, reader: Reader) -> None:
        check(account_of(reader.read("name", SAMPLES[reader.media_type])))

    def test_pages_cover_the_text_and_sections_lie_in_it(self, reader: Reader) -> None:
        document = reader.read("name", SAMPLES[reader.media_type])
        ends = [0, *(page.end for page in document.pages)]

        assert [page.start for page in document.pages] == ends[:-1]
        assert ends[-1] in (0, len(document.text))
        for section in document.sections:
            for heading in section.headings:
                assert section.span.start <= heading.start < heading.end <= section.span.end <= len(document.text)
                assert "\n" not in document.text[heading.start : heading.end]

    def test_the_same_bytes_give_the_same_document_in_any_process(self, reader: Reader, tmp_path: Path) -> None:
        data = SAMPLES[reader.media_type]
        name = f"name{reader.suffixes[0]}"
        (tmp_path / name).write_bytes(data)
        with Sandbox() as sandbox:
            documents = [read_document(tmp_path, Path(name), sandbox) for _ in range(2)]

        assert documents == [reader.read(name, data)] * 2

    def test_bytes_of_another_kind_are_refused(self, reader: Reader) -> None:
        with pytest.raises(SourceError):
            reader.read("a", b"PK\x03\x04" + bytes(40))

    def test_a_sandboxed_reader_can_be_made_without_arguments(self, reader: Reader) -> None:
        assert not reader.sandboxed or type(reader)().suffixes == reader.suffixes


@pytest.mark.parametrize("reader", READERS[:2], ids=lambda reader: reader.media_type)
class TestPlainTextContract:
    def test_the_text_is_the_decoded_bytes_untouched(self, reader: Reader) -> None:
        data = "\ufeff# 标题\r\n\r\n**正文** `x`\n".encode()

        assert reader.read("folder/name", data).text.encode("utf-8") == data

    def test_what_was_guessed_is_recorded(self, reader: Reader) -> None:
        document = reader.read("a", "今天的报纸上说，明天会下雨。".encode("gb18030"))

        assert document.text == "今天的报纸上说，明天会下雨。"
        assert len(document.assumptions) == 1
        assert document == replace(reader.read("b", "今天的报纸上说，明天会下雨。".encode("gb18030")), id="a")


def test_no_two_readers_claim_one_suffix() -> None:
    suffixes = [suffix for reader in READERS for suffix in reader.suffixes]

    assert sorted(suffixes) == sorted(set(suffixes))
