"""A small corpus and an assistant over it with a language model, for tests of what such a model writes."""

from pathlib import Path
from typing import Any

from library_fixtures import WITHOUT_READER
from llm_stub import KEY
from pydantic import SecretStr

from embeddings.hashing import HashingEncoder
from qa.assistant import Assistant
from qa.config_llm import LlmSettings

QUESTION = "东埠区防洪墙全长多少公里?"
PAPERS = {
    "wall.txt": "东埠区防洪墙加固\n\n东埠区防洪墙全长22.2公里，总投资6.35亿元。东埠区防洪墙不包括西段。"
    "\n\n副市长韩佩文表示，东埠区防洪墙于2021年9月3日开始修建，投入工人超过三百名。\n",
    "books.txt": "东埠区图书馆新馆开门\n\n东埠区图书馆新馆设阅览座位1860个，藏书120万册。\n",
}
PATIENT = {"connect_seconds": 5.0, "first_seconds": 10.0, "total_seconds": 15.0, "max_bytes": 65_536}
HURRIED = {"connect_seconds": 1.0, "first_seconds": 1.0, "total_seconds": 1.5}
"""For models that are slow on purpose; the others must not seem slow where the machine is."""


def assistant_with_llm(
    folder: Path, url: str, *, papers: dict[str, str] = PAPERS, **settings: float | Path
) -> Assistant:
    """Index the papers and open an assistant whose language model is at an address."""
    given: dict[str, Any] = {"api_key": SecretStr(KEY), **PATIENT, **settings}
    llm = LlmSettings(base_url=url, model="stub-model", **given)
    source = folder / "papers"
    source.mkdir(parents=True)
    for name, text in papers.items():
        (source / name).write_text(text, encoding="utf-8")
    opened = Assistant.open(folder / "store", encoder=HashingEncoder(), create=True, llm=llm, **WITHOUT_READER)
    opened.index(source)
    return opened
