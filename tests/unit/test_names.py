"""Names of collections and documents: what is allowed, and what was meant."""

import pytest

from qa.errors import SourceError
from qa.names import checked_collection, checked_path, document_id, known_collection, meant, path_of, refuse_clash

NAMES = ["notices/power.txt", "notices/water.txt", "water.txt", "[draft] water.txt"]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("", "is empty"),
        ("a/b", "holds a slash"),
        ("a\\b", "holds a slash"),
        ("a\nb", "control character"),
        ("a\udcff", "control character"),
        (" a", "begins or ends with a blank"),
        ("..", "is a folder's"),
        ("新" * 65, "has 65 characters, more than 64"),
    ],
)
def test_a_name_that_no_collection_can_have_is_refused_with_the_reason(name: str, problem: str) -> None:
    """And with the flag that gives another one."""
    with pytest.raises(SourceError, match=problem) as failure:
        checked_collection(name)
    assert failure.value.remedy == "Choose another name: --collection NAME"


@pytest.mark.parametrize("name", ["news", "河阳日报 2024", "新" * 64])
def test_any_other_name_is_a_collections(name: str) -> None:
    """Blanks and Chinese among them."""
    assert checked_collection(name) == name
    assert path_of(name, document_id(name, "a/b.txt")) == "a/b.txt"
    assert document_id(name, "a/b.txt") == f"{name}/a/b.txt"


def test_the_collection_without_a_name_leaves_paths_as_they_are() -> None:
    """Its documents are named as before there were collections."""
    assert document_id("", "a/b.txt") == path_of("", "a/b.txt") == "a/b.txt"


@pytest.mark.parametrize("path", ["", "/a.txt", "../a.txt", "a/./b.txt", "a//b.txt", "a\n.txt", "a\\b.txt", "a/"])
def test_a_path_that_leads_elsewhere_names_no_document(path: str) -> None:
    """What is typed after --name is a path inside the collection."""
    with pytest.raises(SourceError, match="cannot name a document"):
        checked_path(path)
    assert checked_path("a/b c.txt") == "a/b c.txt"


def test_a_folder_and_a_collection_of_one_name_are_refused_in_either_order() -> None:
    """Else `news/a.txt` would be two documents."""
    with pytest.raises(SourceError, match=r"news/a\.txt would be taken .* collection news"):
        refuse_clash("", ["b.txt", "news/a.txt"], collections={"": 1, "news": 2}, unnamed=())
    with pytest.raises(SourceError, match=r"store holds news/a\.txt"):
        refuse_clash("news", ["b.txt"], collections={"": 1}, unnamed=["b.txt", "news/a.txt"])


def test_a_file_may_have_the_name_of_a_collection() -> None:
    """So may a folder in a named collection, and the beginning of a folder's name."""
    refuse_clash("", ["news", "newspaper/a.txt"], collections={"news": 1}, unnamed=())
    refuse_clash("news", ["news/a.txt", "other/a.txt"], collections={"": 1, "other": 1}, unnamed=["newspaper/a.txt"])


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (["water.txt"], ["water.txt"]),
        (["notices/*"], ["notices/power.txt", "notices/water.txt"]),
        (["*water.txt"], ["notices/water.txt", "water.txt", "[draft] water.txt"]),
        (["water.txt", "*/water.txt"], ["notices/water.txt", "water.txt"]),
        (["[draft] water.txt"], ["[draft] water.txt"]),
    ],
)
def test_names_and_patterns_stand_for_documents(typed: list[str], found: list[str]) -> None:
    """In the order of the store, each once; a name to the letter is no pattern."""
    assert meant(typed, NAMES) == found


def test_a_wrong_name_is_refused_with_close_ones() -> None:
    """Also when another one is right."""
    with pytest.raises(SourceError, match=r"no document watr\.txt in the store\. Did you mean water\.txt or"):
        meant(["water.txt", "watr.txt"], NAMES)
    with pytest.raises(SourceError, match="wenju list"):
        meant(["*.pdf"], NAMES)


def test_a_wrong_collection_is_refused_with_close_ones() -> None:
    """Or with the command that names them."""
    assert known_collection("news", {"": 1, "news": 2}) == "news"
    with pytest.raises(SourceError, match=r"no collection nws\. Did you mean news\?"):
        known_collection("nws", {"": 1, "news": 2})
    with pytest.raises(SourceError, match=r"no document without a collection\. See what it holds: wenju status"):
        known_collection("", {"news": 2})
