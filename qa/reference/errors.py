"""Write docs/reference/errors.md: codes of the API, exit codes, and the tree of errors in Python."""

import inspect

import qa.errors
from qa.reference.tables import page as joined
from qa.reference.tables import table, written_by
from qa.web.api.problems import CODES, RETRY_SECONDS

_ABOUT = """
Every mistake is one sentence that says what is wrong and one that says what to do: on the page, as one line on standard
error, or as JSON. There is never a stack trace; what is Wenju's own fault stands in the server's log.

```json
{"error": {"code": "question_empty", "message": "The question is empty.", "remedy": "Type a question about the documents.", "status": 422}}
```

The routes of [OpenAI's shape](../howto/frontends.md) answer in that shape, with the same codes. An MCP tool returns the
same object with `isError`, and `wenju ask --jsonl` writes it in the place of an answer. Gradio's endpoints raise an error
with the two sentences as its message and the code as its title.

## Codes of the API
"""  # noqa: E501 (JSON of one line)
_EXITS = {
    "0": "done; for `ask`, there is an answer; for `chat`, all could be asked",
    "1": "done, and the answer is no: the documents do not say; `verify` or `doctor` found something",
    "2": "a mistake, told with its remedy",
    "3": "`index` is done and skipped some files, each named with its reason",
    "130": "`app.py` was stopped by Ctrl-C before it was ready",
    "141": "whoever read the output went away, as after `| head`",
}


def page() -> str:
    """Return the page as Markdown."""
    codes = ((f"`{name}`", str(code.status), code.when) for name, code in CODES.items())
    exits = ((f"`{number}`", meaning) for number, meaning in _EXITS.items())
    tree = (inspect.getdoc(qa.errors) or "").partition("\n\n")[2]
    return joined(
        [
            *written_by("Errors and exit codes", source="`qa/web/api/problems.py` and `qa/errors.py`"), _ABOUT,
            *table(("code", "status", "when"), codes), "",
            f"After `too_many_waiting` the header `Retry-After` says {RETRY_SECONDS} seconds.", "",
            "## Exit codes of the command line", "", *table(("code", "meaning"), exits), "",
            "## Errors in Python", "",
            "All derive from `RemedyError`, which has `problem` and `remedy`.", "", "```text", tree, "```",
        ]
    )  # fmt: skip
