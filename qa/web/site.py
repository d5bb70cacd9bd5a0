"""The site: every page and the endpoints behind them, in one Gradio application, with its looks and words.

Each page is laid out and wired in its own package; searches nothing and makes no HTML. Import after
`qa.web.environment.settle()`.
"""

from pathlib import Path
from typing import Any

import gradio as gr
from gradio.block_function import BlockFunction
from gradio.data_classes import BlocksConfigDict
from gradio.utils import get_upload_folder

from qa.errors import SourceError
from qa.web.api.endpoints import EndpointBlocks
from qa.web.chat.page import build_chat
from qa.web.corpus.page import build_corpus
from qa.web.documents.incoming import check_files
from qa.web.documents.page import build_documents
from qa.web.limits import ANSWERS_AT_ONCE, EVENTS_AT_ONCE
from qa.web.services import Services
from qa.web.words import WORDS

TITLE = "问据 Wenju"  # of the browser tab; Gradio 6.31 does not translate it

_HERE = Path(__file__).parent
_SHEETS = "base chat conversations bubbles asking narrow written evidence documents corpus"  # later ones win
STYLES = tuple(_HERE / "styles" / f"{name}.css" for name in _SHEETS.split())
ICON = _HERE / "styles" / "icon.svg"  # of the browser tab
SCRIPTS = tuple(_HERE / "scripts" / f"{name}.js" for name in ("page", "chat", "lost", "evidence"))

# Fonts of the reader's own machine: no request for a font, and Chinese letters in the form of the system.
FONTS = ("system-ui", "-apple-system", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")
MONOSPACED = ("ui-monospace", "SFMono-Regular", "Consolas", "Noto Sans Mono CJK SC", "monospace")


class Site(EndpointBlocks):
    """The pages with their endpoints."""

    def validate_inputs(self, block_fn: BlockFunction, inputs: list[Any]) -> None:
        """Refuse files that were not uploaded, then do as `EndpointBlocks`."""
        try:
            check_files(inputs, Path(get_upload_folder()))
        except SourceError as error:
            raise gr.Error(str(error)) from error
        super().validate_inputs(block_fn, inputs)

    def get_config_file(self) -> BlocksConfigDict:
        """Return what the browser builds a page from, without Gradio's own way between pages.

        Ours stands in the head of every page; Gradio 6.31 shows its own until the styles are there that hide it.
        """
        config = super().get_config_file()
        config["pages"] = config["pages"][:1]
        return config


def build_site(services: Services) -> Site:
    """Return the pages with their endpoints, for a store that is loaded already."""
    text = translations()
    site = Site(services, title=TITLE, fill_height=True, fill_width=True)
    with site:
        site.add_endpoints()  # first, so that no event of a page takes one of their names
        build_chat(services, site, text)
    with site.route(TITLE, "/documents", show_in_navbar=False) as page:
        build_documents(services, page, text)
    with site.route(TITLE, "/corpus", show_in_navbar=False) as page:
        build_corpus(services, page)
    site.max_threads = EVENTS_AT_ONCE
    site.queue(api_open=False, max_size=EVENTS_AT_ONCE, default_concurrency_limit=ANSWERS_AT_ONCE)
    return site


def theme() -> gr.themes.Base:
    """Return quiet colours and the fonts of the reader's own machine.

    Paper and ink stand in `styles/base.css`, too, which comes later: until then the page would be white.
    """
    base = gr.themes.Base(
        primary_hue=gr.themes.colors.red,
        neutral_hue=gr.themes.colors.stone,
        font=FONTS,
        font_mono=MONOSPACED,
        radius_size=gr.themes.sizes.radius_lg,
    )
    return base.set(
        body_background_fill="#f7f4ee",
        body_background_fill_dark="#1b1917",
        body_text_color="#26221d",
        body_text_color_dark="#ece6dc",
    )


def translations() -> gr.I18n:
    """Return our words for the labels that the browser translates."""
    return gr.I18n(**{language: dict(words) for language, words in WORDS.items()})


def script() -> str:
    """Return what every page runs when it is loaded: the scripts, each a function, one after the other."""
    return "() => {" + "\n".join(f"({path.read_text(encoding='utf-8')})();" for path in SCRIPTS) + "}"
