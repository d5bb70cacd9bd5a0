"""What every Reader promises, checked for each one in the tree."""

import hashlib

import pytest

from qa.corpus.decode import NotTextError
from qa.corpus.readers import READERS, Reader


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.media_type)
class TestReaderContract:
    def test_suffixes_are_lower_case_with_a_dot(self, reader: Reader) -> None:
        assert reader.suffixes
        assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in reader.suffixes)

    def test_the_text_is_the_decoded_bytes_untouched(self, reader: Reader) -> None:
        data = "\ufeff# 标题\r\n\r\n**正文** `x`\n".encode()
        document = reader.read("folder/name", data)

        assert document.id == "folder/name"
        assert document.text.encode("utf-8") == data
        assert document.sha256 == hashlib.sha256(data).hexdigest()
        assert document.media_type == reader.media_type

    def test_the_same_bytes_give_the_same_document(self, reader: Reader) -> None:
        data = "今天的报纸".encode("gb18030")

        assert reader.read("a", data) == reader.read("a", data)

    def test_what_was_guessed_is_recorded(self, reader: Reader) -> None:
        document = reader.read("a", "今天的报纸上说，明天会下雨。".encode("gb18030"))

        assert document.text == "今天的报纸上说，明天会下雨。"
        assert len(document.assumptions) == 1

    def test_bytes_of_another_kind_are_refused(self, reader: Reader) -> None:
        with pytest.raises(NotTextError):
            reader.read("a", b"PK\x03\x04" + bytes(40))


def test_no_two_readers_claim_one_suffix() -> None:
    suffixes = [suffix for reader in READERS for suffix in reader.suffixes]

    assert sorted(suffixes) == sorted(set(suffixes))
