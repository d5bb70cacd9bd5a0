"""Conversations are kept, listed, searched, renamed, edited and rated; each owner sees only what is theirs."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from conversation_fakes import ALL_KINDS, opened, turn
from web_fakes import ANSWERED, UNSAID

from qa.chat.room import Full, Limits
from qa.chat.rows import MOST_NOTE, MOST_QUESTION, MOST_TITLE, MOST_TURNS
from qa.chat.store import ConversationStore, conversations_path
from qa.errors import ConversationChangedError, ConversationError, ConversationMissingError
from qa.filters import make_filters

Attempt = Callable[[ConversationStore, str], object]


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[ConversationStore]:
    with closing(opened(tmp_path)) as conversations:
        yield conversations


def asked(kept: ConversationStore, *questions: str, owner: str = "me") -> str:
    """Begin a conversation with these questions and return its id."""
    name = kept.begin(owner).id
    for question in questions:
        kept.add(owner, name, turn(question=question))
    return name


def titles(kept: ConversationStore, words: str = "", owner: str = "me") -> list[str]:
    return [one.title for one in kept.listed(owner, words=words)]


def test_the_file_stands_beside_the_store(tmp_path: Path) -> None:
    """A store that is replaced does not take it along."""
    assert conversations_path(Path("/data/store")) == Path("/data/store.conversations.sqlite")
    assert conversations_path(Path("store.v2")) == Path("store.v2.conversations.sqlite")
    assert conversations_path(Path("/")).name == ".conversations.sqlite"


def test_what_was_added_is_read_again_to_the_last_digit(tmp_path: Path) -> None:
    """Also by the next process: answers with their passages, mistakes, ratings, notes."""
    with closing(opened(tmp_path)) as kept:
        name = kept.begin("me").id
        added = tuple(kept.add("me", name, one) for one in ALL_KINDS.turns)
    with closing(opened(tmp_path)) as kept:
        read = kept.read("me", name)

    assert read.turns == added == ALL_KINDS.turns
    assert (read.id, read.owner, read.title, read.revision) == (name, "me", "换了多少块石料？", 4)


def test_an_empty_conversation_is_not_listed_and_not_there(kept: ConversationStore) -> None:
    begun = kept.begin("me")

    assert (begun.title, begun.turns, kept.listed("me")) == ("", (), ())
    with pytest.raises(ConversationMissingError):
        kept.read("me", begun.id)


def test_the_last_changed_stands_first(kept: ConversationStore) -> None:
    """Within one second, too."""
    first = asked(kept, "一")
    asked(kept, "二")
    assert titles(kept) == ["二", "一"]

    kept.add("me", first, turn(question="又一"))

    assert titles(kept) == ["一", "二"]
    assert [one.turns for one in kept.listed("me")] == [2, 1]
    assert [one.title for one in kept.listed("me", most=1)] == ["一"]


def test_a_long_first_question_gives_a_short_title_on_one_line(kept: ConversationStore) -> None:
    asked(kept, "长\n" * 100)

    assert titles(kept) == [("长 " * 100)[:59].rstrip() + "…"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("石料", ["甲问"]),  # the question
        ("287", ["甲问"]),  # the answer
        ("旧石 换", ["甲问"]),  # the quotation, and both words
        ("旧石 猫", []),
        ("換了多少", ["甲问"]),  # Traditional
        ("ＢＲＩＤＧＥ", ["Old bridge"]),  # full-width capitals
        ("bridge 猫", ["Old bridge"]),  # title and question
        ("%", []),
        ("_", []),
    ],
)
def test_words_are_looked_for_in_titles_questions_answers_and_quotations(
    kept: ConversationStore, words: str, found: list[str]
) -> None:
    kept.rename("me", asked(kept, "换了多少块石料？"), "甲问")
    cat = kept.begin("me").id
    kept.add("me", cat, turn(UNSAID))
    kept.rename("me", cat, "Old bridge")

    assert titles(kept, words) == found


def test_nobody_reaches_what_is_somebody_elses(kept: ConversationStore) -> None:
    """Theirs and none at all give the same sentence, so that nobody learns which ids there are."""
    name = asked(kept, "一", owner="you")
    attempts = [
        lambda name: kept.read("me", name),
        lambda name: kept.rename("me", name, "我的"),
        lambda name: kept.delete("me", name),
        lambda name: kept.rate("me", name, 1, 1),
        lambda name: kept.replace_from("me", name, 1, turn(), seen=1),
    ]

    sentences = set()
    for attempt in attempts:
        for one in (name, "n" * 22):
            with pytest.raises(ConversationMissingError) as raised:
                attempt(one)
            sentences.add(str(raised.value))
    with pytest.raises(ConversationMissingError):
        kept.add("me", name, turn())

    assert sentences == {"There is no such conversation any more. Choose another from the list."}
    assert (titles(kept), titles(kept, owner="you")) == ([], ["一"])
    assert len(kept.read("you", name).turns) == 1


def test_a_browser_without_cookies_has_nothing_kept(kept: ConversationStore) -> None:
    begun = kept.begin("")
    given = turn(number=3)

    assert kept.add("", begun.id, given) == given
    assert kept.replace_from("", begun.id, 2, given, seen=3) == replace(given, number=2)
    assert kept.keep(begun) == begun
    assert kept.listed("") == ()
    with pytest.raises(ConversationMissingError):
        kept.read("", begun.id)


def test_an_id_that_we_did_not_make_is_refused(kept: ConversationStore) -> None:
    for name in ("", "x", "../../etc/passwd", "a" * 23, "石" * 22):
        with pytest.raises(ConversationMissingError):
            kept.add("me", name, turn())
    assert kept.listed("me") == ()


def test_an_edited_question_forgets_what_came_after_it(kept: ConversationStore) -> None:
    name = asked(kept, "一", "二", "三")

    edited = kept.replace_from("me", name, 2, turn(question="二改"), seen=3)

    assert (edited.number, edited.question) == (2, "二改")
    assert [one.question for one in kept.read("me", name).turns] == ["一", "二改"]
    assert kept.add("me", name, turn(question="四")).number == 3


def test_two_tabs_lose_nothing(kept: ConversationStore) -> None:
    """A tab that has not seen the last question, or has seen another in its place, cannot forget it."""
    name = asked(kept, "一", "二")
    seen = kept.read("me", name)
    kept.add("me", name, turn(question="三"))
    with pytest.raises(ConversationChangedError):
        kept.replace_from("me", name, 1, turn(question="改"), seen=2)

    kept.replace_from("me", name, 2, turn(question="二改"), seen=3)  # two turns again, but others
    with pytest.raises(ConversationChangedError):
        kept.replace_from("me", name, 1, turn(question="改"), seen=2, revision=seen.revision)

    assert [one.question for one in kept.read("me", name).turns] == ["一", "二改"]


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_question_that_is_not_there_cannot_be_edited_or_rated(kept: ConversationStore, number: int) -> None:
    name = asked(kept, "一", "二")

    with pytest.raises(ConversationMissingError):
        kept.replace_from("me", name, number, turn(), seen=2)
    with pytest.raises(ConversationMissingError):
        kept.rate("me", name, number, 1)
    assert len(kept.read("me", name).turns) == 2


def test_what_readers_say_comes_with_the_answer_and_the_questions_before(kept: ConversationStore) -> None:
    """A later rating takes the place of an earlier one; a question asked alone has no history."""
    first = asked(kept, "一", "二", "三", owner="me")
    other = kept.begin("you").id
    kept.add("you", other, turn(question="甲"))
    kept.add("you", other, turn(question="乙", alone=True))
    kept.add("you", other, turn(question="丙"))
    kept.rate("me", first, 3, -1, "错")
    kept.rate("me", first, 3, 1, "对\ud800")
    kept.rate("you", other, 2, -1)
    kept.rate("you", other, 3, 0, "只留言")

    said = list(kept.feedback())

    assert [(one.turn.question, one.history, one.turn.rating, one.turn.note) for one in said] == [
        ("三", ("一", "二"), 1, "对\ufffd"),
        ("乙", (), -1, ""),
        ("丙", ("乙",), 0, "只留言"),
    ]
    assert said[0].turn.answer == turn().answer
    assert [one.conversation for one in said] == [first, other, other]


def test_a_deleted_conversation_takes_its_feedback_along(kept: ConversationStore) -> None:
    name = asked(kept, "一")
    kept.rate("me", name, 1, 1)

    kept.delete("me", name)

    assert (kept.listed("me"), list(kept.feedback())) == ((), [])


@pytest.mark.parametrize(
    ("attempt", "sentence"),
    [
        (lambda kept, name: kept.rename("me", name, " \n"), "The title is empty."),
        (lambda kept, name: kept.rename("me", name, "长" * (MOST_TITLE + 1)), "The title has 201 characters;"),
        (lambda kept, name: kept.rate("me", name, 1, 1, "长" * (MOST_NOTE + 1)), "The note has 4001 characters;"),
        (lambda kept, name: kept.rate("me", name, 1, 2), "2 is not a rating."),
        (lambda kept, name: kept.rate("me", name, 1, True), "True is not a rating."),
        (lambda kept, name: kept.add("me", name, turn(question="长" * (MOST_QUESTION + 1))), "A question of 50001"),
    ],
)
def test_what_is_too_large_is_refused_and_changes_nothing(
    kept: ConversationStore, attempt: Attempt, sentence: str
) -> None:
    name = asked(kept, "一")
    before = kept.read("me", name)

    with pytest.raises(ConversationError, match=sentence):
        attempt(kept, name)

    assert kept.read("me", name) == before


def test_a_full_conversation_takes_no_more_and_loses_nothing(kept: ConversationStore) -> None:
    whole = replace(ALL_KINDS, owner="me", turns=(turn(None),) * MOST_TURNS)
    kept.keep(whole)

    with pytest.raises(ConversationError, match="500 questions already"):
        kept.add("me", whole.id, turn())

    assert kept.read("me", whole.id).turns[-1].number == MOST_TURNS
    with pytest.raises(ConversationError, match="501 questions cannot be kept"):
        kept.keep(replace(whole, id="d" * 22, turns=(turn(None),) * (MOST_TURNS + 1)))


def limited(folder: Path, limits: Limits) -> ConversationStore:
    return ConversationStore.open(folder / "limited.sqlite", limits)


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        (Limits(of_owner=2), "you have 2 conversations already"),
        (Limits(conversations=3), "there are 3 conversations on this server already"),
        (Limits(conversations=3, when_full=Full.FORGET_OWN), "there are 3 conversations on this server already"),
    ],
)
def test_where_too_many_are_kept_a_new_one_is_refused_and_none_is_deleted(
    tmp_path: Path, limits: Limits, sentence: str
) -> None:
    """Those that are there can be gone on with; when one is deleted, there is room again."""
    with closing(limited(tmp_path, limits)) as kept:
        asked(kept, "别人", owner="you")
        first = asked(kept, "一")
        asked(kept, "二")

        with pytest.raises(ConversationError, match=sentence):
            asked(kept, "三")
        with pytest.raises(ConversationError, match=sentence):
            kept.keep(replace(ALL_KINDS, owner="me"))
        kept.add("me", first, turn(question="又一"))

        assert titles(kept) == ["一", "二"]
        assert titles(kept, owner="you") == ["别人"]
        kept.delete("me", first)
        asked(kept, "三")
        assert titles(kept) == ["三", "二"]


def test_where_the_file_is_as_large_as_it_may_be_a_turn_is_refused_until_something_is_deleted(tmp_path: Path) -> None:
    with closing(limited(tmp_path, Limits(megabytes=1))) as kept:
        name, last = asked(kept, "一"), ""
        with pytest.raises(ConversationError, match="on this server take 1 MB already"):
            while True:
                last = asked(kept, "长" * 40_000)
        before = len(titles(kept))

        with pytest.raises(ConversationError, match="take 1 MB"):
            kept.replace_from("me", name, 1, turn(question="长" * 50_000, note="长" * 4_000), seen=1)
        assert (len(titles(kept)), kept.read("me", name).turns[0].question) == (before, "一")
        kept.delete("me", last)
        asked(kept, "二")


def test_the_oldest_go_only_where_that_was_agreed(tmp_path: Path) -> None:
    """In the terminal one's own; of browsers without cookies those of anybody. What is written to stays."""
    with closing(limited(tmp_path, Limits(of_owner=2, when_full=Full.FORGET_OWN))) as kept:
        asked(kept, "别人", owner="you")
        for question in "一二三":
            asked(kept, question)
        assert (titles(kept), titles(kept, owner="you")) == (["三", "二"], ["别人"])

    passing = ConversationStore.in_memory(Limits(conversations=2, megabytes=1, when_full=Full.FORGET_ANY))
    for owner in "abc":
        asked(passing, owner, owner=owner)
    assert [titles(passing, owner=owner) for owner in "abc"] == [[], ["b"], ["c"]]
    for _ in range(20):
        asked(passing, "长" * 40_000, owner="d")
    assert len(titles(passing, owner="d")) == 2


def test_half_characters_are_replaced_before_they_are_written(kept: ConversationStore) -> None:
    """A browser may send half a surrogate pair, which no file can hold."""
    name = kept.begin("me").id
    half = replace(ANSWERED, question="桥\ud83d", searched_for="桥\ud83d", reason="\ud83d")
    narrowed = make_filters(publishers=["\ud83d"])

    added = kept.add("me", name, turn(half, question="桥\ud83d", note="\udc00", filters=narrowed))

    assert (added.question, added.note, added.filters.publishers) == ("桥\ufffd", "\ufffd", ("\ufffd",))
    assert kept.read("me", name).turns == (added,)
    assert titles(kept, "桥\ud83d") == ["桥\ufffd"]


def test_what_could_not_be_read_again_is_not_acknowledged(kept: ConversationStore) -> None:
    """A figure that is none would make the whole conversation unreadable."""
    with pytest.raises(ConversationError, match="cannot be kept"):
        kept.add("me", "k" * 22, turn(replace(ANSWERED, confidence=float("nan"))))
    assert kept.listed("me") == ()


def test_an_imported_conversation_is_written_whole_and_once(kept: ConversationStore) -> None:
    mine = replace(ALL_KINDS, owner="me")

    written = kept.keep(mine)

    assert kept.read("me", mine.id).turns == written.turns == ALL_KINDS.turns
    with pytest.raises(ConversationError, match="kept already"):
        kept.keep(mine)
    with pytest.raises(ConversationError, match="0 questions"):
        kept.keep(replace(mine, id="e" * 22, turns=()))
