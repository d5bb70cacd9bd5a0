"""What became of the files that were brought together: one line each, redrawn while they are read. HTML only."""

from qa.escape import escape_html
from qa.web.documents.pieces import button_html, name_html
from qa.web.documents.report import State, TakenFile, UploadReport
from qa.web.documents.sentences import assumption_in, reason_in
from qa.web.words import Language, counted, word


def report_html(report: UploadReport, language: Language, *, in_chat: bool = False) -> str:
    """Return the lines, and under them how it ended once it has.

    Args:
        report: What became of each file so far.
        language: Of our own words.
        in_chat: With a button on each file that was read, to ask about it alone, and one to put the report away.
    """
    lines = "".join(_line(file, language, in_chat) for file in report.files)
    end = _end(report, language) if report.finished else ""
    title = word("report_title_chat" if in_chat else "report_title", language)
    close = button_html("put_away", "×", kind="wj-put-away", title=word("close", language)) if in_chat and end else ""
    return (
        f'<section class="wj-report"><h2>{title}</h2>{close}<ul>{lines}</ul>'
        f'<p class="wj-end" role="status">{end}</p></section>'
    )


def _end(report: UploadReport, language: Language) -> str:
    done = sum(file.state in (State.DONE, State.KNOWN) for file in report.files)
    left = len(report.files) - done
    if not done:
        return word("finished_none", language)
    if not left:
        return word("finished_all_one" if done == 1 else "finished_all", language, done=done)
    return word("finished", language, done=done, left=left)


def _line(file: TakenFile, language: Language, in_chat: bool) -> str:
    details = "".join(f"<p>{text}</p>" for text in _details(file, language))
    if in_chat and file.state in (State.DONE, State.KNOWN):
        title = word("ask_about_named", language, name=file.name)
        details += button_html(
            "about", word("ask_about", language), name=file.document_id, kind="wj-text-button", title=title
        )
    return (
        f'<li class="wj-brought wj-is-{file.state}"><div class="wj-brought-head">{name_html(file.name)}'
        f'<span class="wj-badge wj-is-{file.state}">{word(f"state_{file.state}", language)}</span></div>'
        f"{_bar(file, language)}{details}</li>"
    )


def _bar(file: TakenFile, language: Language) -> str:
    if file.state is not State.READING:
        return ""
    label = word("state_reading", language)
    if not file.total:
        return f'<progress aria-label="{label}"></progress>'
    return f'<progress aria-label="{label}" max="{file.total}" value="{file.done}"></progress>'


def _details(file: TakenFile, language: Language) -> list[str]:
    """Return what there is to say of a file, each a line of HTML."""
    if file.state is State.DONE:
        facts = (
            counted("articles", language, file.articles),
            counted("passages", language, file.passages),
            counted("repairs", language, file.repairs),
        )
        return [" · ".join(facts), *(escape_html(assumption_in(one, language)) for one in file.assumptions)]
    if file.state is State.KNOWN:
        return [escape_html(word("known_as", language, name=file.document_id))]
    if file.state in (State.SKIPPED, State.KEPT):
        kept = [word("kept_note", language)] if file.state is State.KEPT else []
        return [escape_html(reason_in(file.reason, language, remedy="" if kept else file.remedy)), *kept]
    return []
