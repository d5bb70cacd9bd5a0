"""Check an account against its document without trusting how it was made."""

from qa.corpus.account import Account, Fate, Paragraph
from qa.corpus.repairs import RepairKind
from qa.types import Document

IN_FIELDS = (Fate.TITLE, Fate.SUBTITLE, Fate.COLUMN)


def document(text: str, media_type: str = "text/plain") -> Document:
    return Document("page.txt", "0", "utf-8", text, media_type)


def repaired_by_the_record(account: Account, paragraph: Paragraph) -> str:
    """Return the source of a paragraph with the recorded changes made, and nothing else."""
    pieces, done = [], paragraph.span.start
    for change in account.changes:
        if paragraph.span.start <= change.span.start and change.span.end <= paragraph.span.end:
            pieces += [account.document.text[done : change.span.start], change.after]
            done = change.span.end
    return "".join([*pieces, account.document.text[done : paragraph.span.end]])


def covered_positions(account: Account) -> set[int]:
    """Return where the source is copied into an article, is recorded, or stands in a title, subtitle or label."""
    text = account.document.text
    covered = {
        at for record in (*account.changes, *account.left_out) for at in range(record.span.start, record.span.end)
    }
    for paragraph in account.paragraphs:
        if paragraph.fate in IN_FIELDS:
            covered.update(range(paragraph.span.start, paragraph.span.end))
    for article in account.articles:
        for block in article.blocks:
            for run in block.content.runs:
                if run.raw_length is None:
                    copied = block.content.text[run.start : run.start + run.length]
                    covered.update(
                        run.raw_start + at for at, one in enumerate(copied) if text[run.raw_start + at] == one
                    )
    return covered


def check(account: Account) -> None:
    """The promises of an account, for any document."""
    text = account.document.text
    for record in account.repairs:
        assert record.before == text[record.span.start : record.span.end]
    for before, after in zip(account.changes, account.changes[1:], strict=False):
        assert before.span.end <= after.span.start
    for change in account.changes:
        assert change.kind is not RepairKind.OTHER
        assert change.after != change.before
    for paragraph in account.paragraphs:
        assert repaired_by_the_record(account, paragraph) == paragraph.content.text
    assert "in no article" not in {record.reason for record in account.left_out}
    covered = covered_positions(account)
    missing = [
        at for at, character in enumerate(text) if at not in covered and character.strip(" \t\r\n\ufeff").strip()
    ]
    assert missing == []
