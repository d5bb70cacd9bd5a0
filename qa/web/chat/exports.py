"""The route that gives a conversation as a file to take along; to its owner alone, told by the cookie."""

import re
from typing import cast
from urllib.parse import quote

import fastapi

from qa.chat.export import Form, exported, file_name
from qa.errors import ConversationError
from qa.web.services import Services
from qa.web.telling import for_visitor
from qa.web.visitor import visitor_of

_NAME = re.compile(r"([A-Za-z0-9_-]{22})\.(md|json|html)")
_KINDS = {"md": "text/markdown", "json": "application/json", "html": "text/html"}


def add_exports(application: fastapi.FastAPI, services: Services) -> None:
    """Add `GET /conversations/ID.md`, `.json` and `.html`."""

    @application.get("/conversations/{name}", include_in_schema=False)
    def export(name: str, request: fastapi.Request) -> fastapi.Response:
        visitor = visitor_of(request)
        found = _NAME.fullmatch(name)
        if found is None:
            return fastapi.Response(status_code=404)
        form = cast(Form, found[2])
        try:
            conversation = services.conversations.read(visitor.owner, found[1])
        except ConversationError as error:
            sentence = for_visitor(error, visitor.language)
            return fastapi.Response(sentence, status_code=404, media_type="text/plain; charset=utf-8")
        body = exported(
            conversation,
            form,
            language=visitor.language,
            translated=lambda sentence: for_visitor(sentence, visitor.language),
        )
        named = f"attachment; filename*=UTF-8''{quote(file_name(conversation, form), safe='')}"
        headers = {"content-disposition": named, "cache-control": "no-store"}
        return fastapi.Response(body, media_type=f"{_KINDS[form]}; charset=utf-8", headers=headers)
