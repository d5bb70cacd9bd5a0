"""The screenshots of README and docs: taken over the sample corpus with the real model, by `make pictures` only.

What they show is tested by the other modules here, over the same pages; so these wait for the flag.
"""

import io
import os

import pytest
from api_server import Served
from bringing import bring
from documentation import ROOT
from PIL import Image
from playwright.sync_api import expect
from visiting import SECONDS, Visit, Visits

IMAGES = ROOT / "docs" / "images"
FLAG = "WENJU_PICTURES"  # is taken out of the server's environment with everything else of that prefix

pytestmark = [
    pytest.mark.browser,
    pytest.mark.model,
    pytest.mark.skipif(not os.environ.get(FLAG), reason=f"takes the pictures of docs: make pictures sets {FLAG}"),
]

LARGEST = 200_000  # bytes of a picture
TEA = "砚溪县可采茶园有多少亩？"


def take(visited: Visit, name: str) -> None:
    """Save what can be seen, once nothing moves any more."""
    visited.page.mouse.move(0, 0)
    visited.at_rest()
    shown = Image.open(io.BytesIO(visited.page.screenshot(animations="disabled", caret="hide"))).convert("RGB")
    # 256 colours are more than these pages have, but for the edges of letters: half the bytes, and no eye sees it.
    shown.quantize(256, dither=Image.Dither.NONE).save(IMAGES / name, optimize=True)
    assert (IMAGES / name).stat().st_size < LARGEST


def open_evidence(visited: Visit) -> None:
    visited.page.locator("a.wj-ref").last.focus()
    visited.page.keyboard.press("Enter")
    expect(visited.page.locator(".wj-citation:focus")).to_have_count(1)


def test_chat(visit: Visits, real_server: Served) -> None:
    with visit(real_server, height=820) as visited:
        visited.ask("东埠区今年改造了多少公里老旧供热管网？")
        visited.ask(TEA)
        open_evidence(visited)
        take(visited, "chat.png")


def test_silence(visit: Visits, real_server: Served) -> None:
    with visit(real_server, height=960) as visited:
        visited.ask("西埠区今年改造了多少公里老旧供热管网？")
        visited.page.locator(".wj-better").wait_for(timeout=SECONDS)
        take(visited, "silence.png")


def test_phone(visit: Visits, real_server: Served) -> None:
    with visit(real_server, width=390, height=780, colours="dark") as visited:
        visited.ask(TEA)
        open_evidence(visited)
        take(visited, "phone.png")


def test_corpus(visit: Visits, real_server: Served) -> None:
    with visit(real_server, height=1100, path="/corpus", ready=".wj-map .wj-dots") as visited:
        visited.page.locator("#wj-corpus-checks .wj-bars").wait_for(timeout=SECONDS)
        take(visited, "corpus.png")


def test_documents(visit: Visits, real_server: Served) -> None:
    """The last one here: it brings two files."""
    notice = "停水通知\n\n东埠区明天上午停水三小时，请居民提前蓄水。\n".encode("gb18030")
    with visit(real_server, height=820, path="/documents", ready=".wj-documents") as visited:
        bring(visited, {"停水通知.txt": notice, "扫描件.pdf": b"%PDF-1.7 cut off"})
        take(visited, "documents.png")
