"""The components of the chat page that events read and write."""

from dataclasses import dataclass, fields

import gradio as gr

from qa.web.chat.narrowing import FilterRow


@dataclass(frozen=True, slots=True)
class Parts:
    """The components of the chat page.

    Attributes:
        header: Head of the page.
        head, search, listing: Of the list of conversations.
        bring: Takes in a conversation that was exported.
        bar: Title of the open conversation, and its menu.
        chat: The bubbles.
        notice: A sentence above the question box.
        brought: What became of files that were brought.
        clip: The paper-clip beside the question, for files.
        question: The question box.
        narrowing: The filters that are on, as chips.
        filters: The row in which they are chosen.
        evidence: The panel on the right.
        conversation: Id of the open conversation, empty for a new one; not shown.
        seen: How many turns of which revision of it the page shows, as `3:7`; not shown.
        unasked: A question to be put back into the box; not shown.
        opening, doing, asking, panel: What the scripts ask for: a conversation, a change, a question, evidence; not
            shown.
    """

    header: gr.HTML
    head: gr.HTML
    search: gr.Textbox
    listing: gr.HTML
    bring: gr.UploadButton
    bar: gr.HTML
    chat: gr.Chatbot
    notice: gr.HTML
    brought: gr.HTML
    clip: gr.HTML
    question: gr.Textbox
    narrowing: gr.HTML
    filters: FilterRow
    evidence: gr.HTML
    conversation: gr.Textbox
    seen: gr.Textbox
    unasked: gr.Textbox
    opening: gr.Textbox
    doing: gr.Textbox
    asking: gr.Textbox
    panel: gr.Textbox

    @property
    def all(self) -> list[gr.HTML | gr.Textbox | gr.Chatbot]:
        """All that scenes may change: everything but what is only read, and what became of files."""
        return [
            getattr(self, field.name) for field in fields(self) if field.name not in ("filters", "bring", "brought")
        ]
