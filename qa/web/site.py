"""The site: every page and the endpoints behind them, in one Gradio application, with its looks and words.

Each page is laid out and wired in its own package; searches nothing and makes no HTML. Import after
`qa.web.environment.settle()`.
"""

from pathlib import Path
from typing import Any

import gradio as gr
from gradio.block_function import BlockFunction
from gradio.events import api

from qa.web.api.endpoints import Api
from qa.web.chat.page import build_chat
from qa.web.limits import ANSWERS_AT_ONCE, WAITING
from qa.web.services import Services
from qa.web.words import WORDS

TITLE = "问据 Wenju"  # of the browser tab; Gradio 6.31 does not translate it

_HERE = Path(__file__).parent
STYLES = tuple(_HERE / "styles" / f"{name}.css" for name in ("base", "written"))
SCRIPTS = tuple(_HERE / "scripts" / f"{name}.js" for name in ("page",))

# Fonts of the reader's own machine: no request for a font, and Chinese letters in the form of the system.
FONTS = ("system-ui", "-apple-system", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")
MONOSPACED = ("ui-monospace", "SFMono-Regular", "Consolas", "Noto Sans Mono CJK SC", "monospace")


class _Site(gr.Blocks):
    """Blocks whose endpoints may be called with fewer values than they have parameters: the rest takes its default."""

    def validate_inputs(self, block_fn: BlockFunction, inputs: list[Any]) -> None:
        """Add the defaults that are missing at the end; a required value that is missing becomes None.

        Gradio itself raises an error here that a client sees as null.
        """
        inputs += [getattr(component, "value", None) for component in block_fn.inputs[len(inputs) :]]


def build_site(services: Services) -> gr.Blocks:
    """Return the pages with their endpoints, for a store that is loaded already."""
    text = translations()
    site = _Site(title=TITLE, fill_height=True, fill_width=True)
    with site:
        for endpoint in Api(services.assistant).endpoints:  # first, so that no event of a page takes one of their names
            name = endpoint.__name__
            api(endpoint, api_name=name, concurrency_limit=ANSWERS_AT_ONCE, concurrency_id="answers")
        build_chat(services, site, text)
    site.queue(api_open=False, max_size=WAITING, default_concurrency_limit=ANSWERS_AT_ONCE)
    return site


def theme() -> gr.themes.Base:
    """Return quiet colours and the fonts of the reader's own machine."""
    return gr.themes.Base(
        primary_hue=gr.themes.colors.red,
        neutral_hue=gr.themes.colors.stone,
        font=FONTS,
        font_mono=MONOSPACED,
        radius_size=gr.themes.sizes.radius_lg,
    )


def translations() -> gr.I18n:
    """Return our words for the labels that the browser translates."""
    return gr.I18n(**{language: dict(words) for language, words in WORDS.items()})


def script() -> str:
    """Return what every page runs when it is loaded: the scripts, each a function, one after the other."""
    return "() => {" + "\n".join(f"({path.read_text(encoding='utf-8')})();" for path in SCRIPTS) + "}"
