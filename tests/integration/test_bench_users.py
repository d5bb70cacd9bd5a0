"""The load test of the chat in its shortest form: it speaks the page's own protocol, and nobody gets an error."""

import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from api_server import app, served

from qa.bench.users import measure, shown


def test_several_people_ask_at_once_while_others_load_the_page() -> None:
    """Three for four seconds, with the hashing encoder; each is answered, and so is who loads the page."""
    questions = [
        "东埠区今年改造了多少公里老旧供热管网?",
        "新开放的市图书馆在什么地方?",
        "临溪市图书馆新馆的总投资是多少?",
    ]
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        with served(app(store=store), store=store) as server:
            found = measure(urlsplit(server.url).port or 0, questions, users=3, seconds=4, alone=3, browser=False)

    assert found["errors"] == []
    assert found["fewest_of_a_user"] >= 1
    assert found["page_requests"]["count"] >= 1
    assert found["times"] == found["p95"] / found["alone_median"]
    named = found | {"machine": {"processor": "p", "cores": 2}, "model": "hashing", "documents": "articles"}
    assert "| errors | 0 | 0 |" in shown(named)
