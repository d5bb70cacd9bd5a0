"""Files are brought on the documents page, or into the chat, and what became of them is read there."""

from collections.abc import Mapping

from visiting import SECONDS, Visit


def bring(visited: Visit, files: Mapping[str, bytes]) -> None:
    """Choose files on the documents page, by name, and wait until all have come to their end."""
    payloads = [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files.items()]
    visited.page.locator("#wj-bring input[type=file]").set_input_files(payloads)  # type: ignore[arg-type]
    visited.page.locator(".wj-end:not(:empty)").wait_for(timeout=SECONDS)


def states(visited: Visit) -> dict[str, str]:
    """Return what the page says of each file that was brought and has come to its end, by name."""
    lines = visited.page.locator(".wj-brought").all()
    return {line.locator("bdi").first.inner_text(): " ".join(line.inner_text().split()) for line in lines}
