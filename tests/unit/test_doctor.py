"""A check-up names what is unsound and what should be looked at, and calls the rest good to know."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from library_fixtures import ENCODER, one_article, put
from test_similar import BRIDGE, FERRY

from qa.cli import app as cli
from qa.cli.doctor import MOST_SHOWN, lines_of
from qa.doctor import Noted, check_up
from qa.indexing import encode_and_store, prepare, with_sentences
from qa.store.database import DATABASE_NAME
from qa.store.library import Library
from qa.types import Document, Span


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library.open(tmp_path / "store", create=True)) as opened:
        yield opened


def store(library: Library, name: str, text: str, *, assumptions: tuple[str, ...] = ()) -> None:
    """Store a document as `wenju index` would."""
    library.set_model(ENCODER.name, ENCODER.dimension)
    document = Document(name, "0" * 64, "utf-8", text, assumptions=assumptions)
    encode_and_store(library, ENCODER, [prepare(document)])


def titled(library: Library, name: str, title: str, paragraph: str) -> None:
    """Store an article with a headline and a date of its own."""
    document, article, passages = one_article(name, title, [paragraph])
    article = replace(article, title_span=Span(0, 1), date="2021年9月3日", date_iso="2021-09-03")
    library.set_model(ENCODER.name, ENCODER.dimension)
    encode_and_store(library, ENCODER, [with_sentences(document, (article,), passages)])


def test_a_sound_store_has_nothing_to_look_at(library: Library) -> None:
    titled(library, "bridge.txt", "石桥", BRIDGE)
    titled(library, "ferry.txt", "渡口", FERRY)

    found = check_up(library)

    assert found.sound
    assert (found.documents, found.articles, found.passages, found.generation) == (2, 2, 2, 2)
    assert found.model == ENCODER.name
    assert (found.untitled, found.undated, found.reprints) == ((), (), ())
    assert list(lines_of(found)) == [
        f"2 documents, 2 articles, 2 passages; generation 2; model {ENCODER.name}",
        "Every row of the store is what was written.",
        "Nothing to look at.",
    ]


def test_articles_that_are_nearly_the_same_are_suggested_and_exact_ones_only_told(library: Library) -> None:
    titled(library, "a.txt", "石桥", BRIDGE)
    titled(library, "b.txt", "石桥旧闻", BRIDGE)
    titled(library, "c.txt", "石桥新闻", BRIDGE.replace("287块", "291块"))

    found = check_up(library)

    assert not found.sound
    assert found.reprints == (("a.txt#1", "b.txt#1"),)
    assert [(one.first, one.second) for one in found.similar] == [("a.txt#1", "c.txt#1")]
    lines = list(lines_of(found))
    assert f"  {found.similar[0].share:.0%}  a.txt#1 石桥  and  c.txt#1 石桥新闻" in lines
    assert "  a.txt#1 石桥  =  b.txt#1 石桥旧闻" in lines


def test_damage_assumptions_and_empty_documents_are_named(library: Library) -> None:
    """A lost character without anything to compute it from stays, and is counted."""
    damaged = (
        "石桥修好了\n东门石桥(qiáo)的修缮(shàn)工程昨(zuó)天完工,工匠(jiàng)一共换了287块石料(liào),其余全部用?旧石。\n"
    )
    store(library, "damaged.txt", damaged)
    store(library, "guessed.txt", f"石桥\n{BRIDGE}\n", assumptions=("Read as GB18030.",))
    store(library, "blank.txt", " \n\n")

    found = check_up(library)

    assert found.empty == ("blank.txt",)
    assert found.assumed == (Noted("guessed.txt", "Read as GB18030."),)
    assert found.unrepaired == (("damaged.txt", 1),)
    assert found.undated == ("damaged.txt#1", "guessed.txt#1")
    assert not found.sound


def test_articles_without_a_title_or_date_are_good_to_know(library: Library) -> None:
    put(library, "notes/2021/bridge.txt", "bridge", [BRIDGE])

    found = check_up(library)

    assert found.sound
    assert found.untitled == found.undated == ("notes/2021/bridge.txt#1",)


def test_a_damaged_row_is_named_and_the_rest_looked_at(library: Library, tmp_path: Path) -> None:
    titled(library, "bridge.txt", "石桥", BRIDGE)
    titled(library, "ferry.txt", "渡口", FERRY)
    with closing(sqlite3.connect(tmp_path / "store" / DATABASE_NAME)) as connection:
        connection.execute("update passage set text = replace(text, '287', '782')")
        connection.commit()

    found = check_up(library)

    assert found.damaged == (Noted("bridge.txt", "passage"),)
    assert not found.sound
    assert "  bridge.txt: passage" in lines_of(found)
    assert found.documents == 2


def test_a_long_list_is_cut_for_people_and_whole_as_json(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for number in range(MOST_SHOWN + 3):
        put(library, f"{number:02}.txt", f"{number:02}", [f"第{number}号公告，请居民登记。"])

    assert cli.main(["doctor", "--store", "store"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[-1] == "  and 3 more; --json lists all"

    assert cli.main(["doctor", "--store", "store", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["sound"], len(shown["untitled"]), shown["generation"]) == (True, MOST_SHOWN + 3, MOST_SHOWN + 3)


def test_the_exit_code_tells_that_there_is_something_to_look_at(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store(library, "\x1b[2J.txt", " ")

    assert cli.main(["doctor", "--store", "store"]) == 1
    assert "  ␛[2J.txt" in capsys.readouterr().out.splitlines()
    assert cli.main(["doctor", "--store", "nowhere"]) == 2
