"""Mend what Typer gives to shells for completion: the first Tab of zsh, and the time that a Tab takes.

Both are in private places of Typer's; tests/integration/test_completion.py fails where they have moved.
"""

from typer import _completion_classes, _completion_shared

_REGISTERED = "compdef %(complete_func)s %(prog_name)s"
# zsh reads the file of a completion at the first Tab, as the body of the function that was asked.
_ASKED = 'if [ "$funcstack[1]" = "_%(prog_name)s" ]; then %(complete_func)s "$@"; fi'


def mend_completion() -> None:
    """Let zsh answer its first Tab, which otherwise does nothing, and write help as it is.

    Typer imports rich (0.13 s) to take markup out of help; ours has none.
    """
    scripts = _completion_shared._completion_scripts
    if _ASKED not in scripts["zsh"]:
        scripts["zsh"] = scripts["zsh"].replace(_REGISTERED, f"{_REGISTERED}\n{_ASKED}")
    _completion_classes._sanitize_help_text = str  # type: ignore[assignment]
