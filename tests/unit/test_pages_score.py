"""Scores of found articles against true ones, on pages of a line or two."""

import json
from pathlib import Path

import pytest

from qa.corpus.align import whole
from qa.errors import SourceError
from qa.evaluation.corpus import main
from qa.evaluation.pages import PageScore, Tally, plain, score_page, total
from qa.evaluation.truth import TrueArticle, TruePage, read_truth
from qa.types import Article, Block, BlockKind

FIRST = "河堤上的柳树今年一共补种了三千四百棵。"
SECOND = "护林员老秦每天要沿着河堤来回走两趟。"
OTHER = "镇上的邮局搬到了粮站隔壁的新房子里。"


def true_article(title: str, *body: str, **fields: object) -> TrueArticle:
    values: dict[str, object] = {
        "subtitle": (None,),
        "byline": (None,),
        "publisher": (None,),
        "date": (None,),
        "column": (None,),
        "date_iso": None,
        "captions": (),
        "headings": (),
    }
    return TrueArticle(title=title, body=body, **(values | fields))  # type: ignore[arg-type]


def found_article(number: int, title: str, *body: str, captions: tuple[str, ...] = (), **fields: str) -> Article:
    blocks = [Block(BlockKind.BODY, whole(text)) for text in body]
    blocks += [Block(BlockKind.CAPTION, whole(text)) for text in captions]
    return Article(id=f"page#{number}", document_id="page", title=title, blocks=tuple(blocks), **fields)


def scored(
    true: list[TrueArticle], *found: Article, damage: tuple[str, ...] = ("overlap",), repairs: int = 0
) -> PageScore:
    source = "\n\n".join(text for article in true for text in article.body)
    return score_page(TruePage("page", "utf-8", tuple(true), damage, held_back=False), source, found, repairs)


def test_a_page_that_is_as_it_should_be_scores_everything() -> None:
    score = scored([true_article("补种柳树", FIRST, SECOND)], found_article(1, "补种柳树", FIRST, SECOND))

    assert score.tallies["paragraphs"] == Tally(2, 2)
    assert score.tallies["articles"] == Tally(1, 1)
    assert (score.extra, score.false_repairs, score.misses) == (0, 0, ())


def test_a_changed_letter_costs_the_paragraph_but_not_the_article() -> None:
    score = scored([true_article("补种柳树", FIRST, SECOND)], found_article(1, "补种柳树", FIRST[:-2] + "株。", SECOND))

    assert score.tallies["paragraphs"] == Tally(1, 2)
    assert score.tallies["articles"] == Tally(1, 1)
    assert score.false_repairs == 1
    assert [(miss.article, miss.what, miss.got) for miss in score.misses] == [
        (1, "paragraphs", FIRST[:-2] + "株。"),
        (0, "false repair", ""),
    ]


def test_a_paragraph_of_the_next_article_costs_both_articles() -> None:
    score = scored(
        [true_article("补种柳树", FIRST, SECOND), true_article("邮局搬家", OTHER, OTHER[:8])],
        found_article(1, "补种柳树", FIRST, SECOND, OTHER),
        found_article(2, "邮局搬家", OTHER[:8]),
    )

    assert score.tallies["paragraphs"] == Tally(3, 4)
    assert score.tallies["articles"] == Tally(0, 2)
    assert score.extra == 1


def test_two_paragraphs_joined_are_not_two_paragraphs() -> None:
    score = scored([true_article("补种柳树", FIRST, SECOND)], found_article(1, "补种柳树", FIRST + SECOND))

    assert score.tallies["paragraphs"] == Tally(0, 2)
    assert score.tallies["articles"] == Tally(0, 1)
    assert score.false_repairs == 2


def test_an_article_that_is_not_found_is_wrong_in_every_column() -> None:
    score = scored(
        [true_article("补种柳树", FIRST), true_article("邮局搬家", OTHER)], found_article(1, "补种柳树", FIRST)
    )

    assert {name: tally for name, tally in score.tallies.items() if tally.of} == {
        "paragraphs": Tally(1, 2),
        **dict.fromkeys(("articles", "headlines", "by-lines", "sources", "dates", "columns"), Tally(1, 2)),
    }


def test_an_article_too_many_is_extra() -> None:
    score = scored([true_article("补种柳树", FIRST)], found_article(1, "补种柳树", FIRST), found_article(2, "上一篇"))

    assert score.tallies["articles"] == Tally(1, 1)
    assert score.extra == 1


def test_a_caption_found_as_body_is_missed() -> None:
    true = [true_article("补种柳树", FIRST, captions=("河堤新柳 老秦 摄",))]

    assert scored(true, found_article(1, "补种柳树", FIRST, "河堤新柳 老秦 摄")).tallies["captions"] == Tally(0, 1)
    found = found_article(1, "补种柳树", FIRST, captions=("河堤新柳 老秦 摄",))
    assert scored(true, found).tallies["captions"] == Tally(1, 1)


def test_any_accepted_form_is_right_and_labels_do_not_count() -> None:
    true = [true_article("补种柳树", FIRST, byline=("记者秦川", "秦川"), date=("2024年5月6日",), date_iso="2024-05-06")]
    found = found_article(1, "补种柳树", FIRST, byline="作者:秦川", date="2024年5月6日 星期一", date_iso="2024-05-06")
    score = scored(true, found)

    assert score.tallies["by-lines"] == Tally(1, 1)
    assert score.tallies["dates"] == Tally(1, 1)


def test_a_field_that_should_be_empty_must_be() -> None:
    score = scored([true_article("补种柳树", FIRST)], found_article(1, "补种柳树", FIRST, publisher="河堤报"))

    assert score.tallies["sources"] == Tally(0, 1)


def test_on_an_undamaged_page_every_recorded_repair_is_false() -> None:
    true, found = [true_article("补种柳树", FIRST)], found_article(1, "补种柳树", FIRST)

    assert scored(true, found, damage=(), repairs=3).false_repairs == 3
    assert scored(true, found, repairs=3).false_repairs == 0


def test_sums_add_up() -> None:
    score = scored([true_article("补种柳树", FIRST, SECOND)], found_article(1, "补种柳树", FIRST))

    assert total("both", [score, score]).tallies["paragraphs"] == Tally(2, 4)


def test_blanks_beside_chinese_are_layout_and_between_english_words_are_one() -> None:
    assert plain("\u3000增长6.4%,  收入 破 GDP 百亿 ") == "增长6.4%,收入破GDP百亿"
    assert plain("the  old\nrope walk") == "the old rope walk"


def written(folder: Path, name: str, title: str, text: str) -> None:
    article = dict.fromkeys(("subtitle", "byline", "publisher", "date", "date_iso", "column"))
    article |= {"title": title, "captions": [], "headings": [], "body": [text]}
    truth = {"encoding": "utf-8", "articles": [article], "damage": []}
    (folder / f"{name}.json").write_text(json.dumps(truth), encoding="utf-8")
    (folder / f"{name}.txt").write_text(f"{title}\n\n{text}", encoding="utf-8")


def test_the_command_sums_held_back_pages_apart_and_lists_no_misses_of_theirs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path, "open", "补种柳树", FIRST)
    written(tmp_path, "secret", "邮局搬家", OTHER)
    (tmp_path / "secret.txt").write_text("邮局搬家\n\n" + OTHER.replace("邮局", "饭馆"), encoding="utf-8")
    (tmp_path / "held_back.txt").write_text("# a comment\nsecret\n", encoding="utf-8")

    assert main([str(tmp_path), "--misses"]) == 0
    lines = capsys.readouterr().out.split("\n")
    assert [line.split(" | ")[0:2] for line in lines if line.startswith("| ")][1:] == [
        ["| ---", "---"],
        ["| open", "1/1"],
        ["| **tuned**", "1/1 (100.0%)"],
        ["| secret", "0/1"],
        ["| **held back**", "0/1 (0.0%)"],
        ["| **all**", "1/2 (50.0%)"],
    ]
    assert not any("饭馆" in line for line in lines)


def test_a_miss_shows_the_place_where_the_texts_part(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(tmp_path, "open", "补种柳树", FIRST + SECOND)
    (tmp_path / "open.txt").write_text("补种柳树\n\n" + FIRST + SECOND.replace("两趟", "三趟"), encoding="utf-8")

    assert main([str(tmp_path), "--misses"]) == 0
    assert capsys.readouterr().out.split("\n")[-2] == (
        "open #1 paragraphs: expected «…千四百棵。护林员老秦每天要沿着河堤来回走两趟。», "
        "got «…千四百棵。护林员老秦每天要沿着河堤来回走三趟。»"
    )


@pytest.mark.parametrize("truth", ["[]", "{", '{"encoding": "utf-8", "articles": [{}], "damage": []}'])
def test_what_is_not_a_truth_is_refused(tmp_path: Path, truth: str) -> None:
    (tmp_path / "page.json").write_text(truth, encoding="utf-8")
    (tmp_path / "page.txt").write_text(FIRST, encoding="utf-8")

    with pytest.raises(SourceError, match="is not the truth of a page"):
        read_truth(tmp_path)


def test_a_folder_without_pages_and_a_wrong_name_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path)]) == 2
    assert "There is no page with its truth" in capsys.readouterr().err
    written(tmp_path, "open", "补种柳树", FIRST)
    (tmp_path / "held_back.txt").write_text("opne\n", encoding="utf-8")
    assert main([str(tmp_path)]) == 2
    assert "held_back.txt names opne" in capsys.readouterr().err
