"""One question on every surface that a program has, each answer as the same JSON, and which fields differ.

For tests that hold the surfaces against each other. A server is named by its address, the command line by its store.
"""

import asyncio
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gradio_client import Client
from mcp import ClientSession, types
from mcp.client.streamable_http import streamable_http_client
from openai import OpenAI

ROOT = Path(__file__).resolve().parents[1]
WITHOUT_MODELS = {"WENJU_MODEL": "hashing", "WENJU_RERANKER": "none", "WENJU_ANSWERER": "sentence"}
UNLIKE = ("timings_ms",)  # the one field that differs between two answers to one question

Json = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """A question as a program puts it."""

    question: str
    history: Sequence[str] = ()
    top_k: int = 8
    filters: Mapping[str, str] = field(default_factory=dict)

    def fields(self) -> Json:
        """Return the body of `/v1/ask`, which is also the arguments of the tool."""
        given = {"question": self.question, "history": list(self.history), "top_k": self.top_k}
        return given | ({"filters": dict(self.filters)} if self.filters else {})


def over_gradio(client: Client, asked: Asked) -> Json:
    """Ask with gradio_client."""
    answer: Json = client.predict(
        asked.question, list(asked.history), asked.top_k, dict(asked.filters) or None, api_name="/ask"
    )
    return answer


def over_v1(url: str, asked: Asked) -> Json:
    """Ask the plain route."""
    status, answer = posted(f"{url}/v1/ask", asked.fields())
    assert status == 200, answer
    return answer


def over_mcp(url: str, asked: Asked) -> Json:
    """Ask the MCP tool, and check that its text says the same as its structured content."""
    result = tool_result(url, "ask", asked.fields())
    assert not result.isError, result.content
    assert isinstance(result.content[0], types.TextContent)
    assert json.loads(result.content[0].text) == result.structuredContent
    return result.structuredContent or {}


def over_completions(url: str, asked: Asked, *, stream: bool = False) -> Json:
    """Ask as a chat front end does, and check that the citations beside the answer are its own."""
    messages = [{"role": "user", "content": text} for text in (*asked.history, asked.question)]
    extra = {name: value for name, value in asked.fields().items() if name in ("top_k", "filters")}
    with OpenAI(base_url=f"{url}/v1", api_key="none", max_retries=0) as client:
        if stream:
            chunks = client.chat.completions.create(model="wenju", messages=messages, extra_body=extra, stream=True)  # type: ignore[arg-type]
            metadata = list(chunks)[-1].choices[0].delta.metadata  # type: ignore[attr-defined]
        else:
            reply = client.chat.completions.create(model="wenju", messages=messages, extra_body=extra)  # type: ignore[arg-type]
            metadata = reply.choices[0].message.metadata  # type: ignore[attr-defined]
    assert metadata["citations"] == metadata["answer"]["citations"]
    answer: Json = metadata["answer"]
    return answer


def over_command_line(store: Path, asked: Asked, *, settings: Mapping[str, str] = WITHOUT_MODELS) -> Json:
    """Ask with `wenju ask --json`."""
    command = ["ask", asked.question, "--json", "--top-k", str(asked.top_k), "--store", str(store)]
    for earlier in asked.history:
        command += ["--history", earlier]
    for name, value in asked.filters.items():
        command += [f"--{name}", value]
    run = wenju(command, settings=settings)
    assert run.returncode in (0, 1), run.stderr.decode("utf-8")
    answer: Json = json.loads(run.stdout)
    return answer


def over_lines(store: Path, questions: Sequence[Asked], *, settings: Mapping[str, str] = WITHOUT_MODELS) -> list[Json]:
    """Ask all with one `wenju ask --jsonl`; of a question that cannot be asked, the line that says so."""
    rows = [{name: value for name, value in asked.fields().items() if name != "top_k"} for asked in questions]
    sent = "".join(f"{json.dumps(row)}\n" for row in rows)
    run = wenju(["ask", "--jsonl", "--store", str(store)], typed=sent, settings=settings)
    return [json.loads(line) for line in run.stdout.decode("utf-8").splitlines()]


def over_talk(
    store: Path,
    questions: Sequence[Asked],
    folder: Path,
    *,
    flags: Sequence[str] = (),
    settings: Mapping[str, str] = WITHOUT_MODELS,
) -> list[Json]:
    """Ask all in one `wenju chat`, each in a conversation of its own, and read what `:export` writes of it.

    Args:
        store: To ask.
        questions: Without `top_k`; earlier questions are asked before with the same filters.
        folder: For the exports; none of their names may be there.
        flags: Of the command, in place of the filters of the questions: `:filter` refuses what fits nothing.
        settings: Of the command.
    """
    lines = []
    for number, asked in enumerate(questions):
        filters = " ".join(f'{name}="{value}"' for name, value in asked.filters.items())
        lines += [":new", *([] if flags else [f":filter {filters or 'off'}"]), *asked.history, asked.question]
        lines.append(f":export {folder / f'{number}.json'}")
    run = wenju(
        ["chat", "--language", "en", "--store", str(store), *flags], typed="\n".join(lines) + "\n", settings=settings
    )
    assert run.returncode == 0, run.stderr.decode("utf-8")
    return [exported(folder / f"{number}.json") for number in range(len(questions))]


def exported(path: Path) -> Json:
    """Return the last answer of an exported conversation."""
    answer: Json = json.loads(path.read_text(encoding="utf-8"))["turns"][-1]["answer"]
    return answer


def wenju(
    arguments: Sequence[str], *, typed: str = "", settings: Mapping[str, str] = WITHOUT_MODELS
) -> "subprocess.CompletedProcess[bytes]":
    """Run a command to its end, with these settings and no others."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WENJU_")}
    environment = kept | {"PYTHONUTF8": "1"} | dict(settings)
    command = [sys.executable, "-m", "qa", *arguments]
    return subprocess.run(
        command, check=False, capture_output=True, timeout=240, cwd=ROOT, env=environment, input=typed.encode("utf-8")
    )


def surfaces_of(
    url: str, store: Path, *, settings: Mapping[str, str] = WITHOUT_MODELS
) -> dict[str, Callable[[Asked], Json]]:
    """Return every surface of a server with MCP, by name; all take a question and return its answer's JSON."""
    client = Client(url, verbose=False)
    return {
        "gradio": lambda asked: over_gradio(client, asked),
        "v1": lambda asked: over_v1(url, asked),
        "mcp": lambda asked: over_mcp(url, asked),
        "completions": lambda asked: over_completions(url, asked),
        "completions, streamed": lambda asked: over_completions(url, asked, stream=True),
        "command line": lambda asked: over_command_line(store, asked, settings=settings),
    }


def differing(expected: Json, got: Json) -> dict[str, tuple[object, object]]:
    """Return the fields that differ, with both values; the timings are compared by their names only."""
    names = [name for name in dict.fromkeys((*expected, *got)) if name not in UNLIKE]
    missing = object()
    found = {name: (expected.get(name, missing), got.get(name, missing)) for name in names}
    unlike = {name: pair for name, pair in found.items() if pair[0] != pair[1]}
    for name in UNLIKE:
        if set(expected.get(name, {})) != set(got.get(name, {})):
            unlike[name] = (expected.get(name), got.get(name))
    return unlike


def posted(url: str, value: object, **headers: str) -> tuple[int, Any]:
    """Post JSON; return the status and the JSON that came back, an error's, too."""
    data = json.dumps(value).encode("utf-8")
    request = urllib.request.Request(url, data, {"content-type": "application/json", **headers})
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def tool_result(url: str, name: str, arguments: Json) -> types.CallToolResult:
    """Call an MCP tool in a session of its own."""

    async def call() -> types.CallToolResult:
        async with (
            streamable_http_client(f"{url}/gradio_api/mcp/") as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            await session.list_tools()  # from then on the client holds results against the schema of the tool
            return await session.call_tool(name, arguments)

    return asyncio.run(call())


def tools(url: str) -> tuple[types.InitializeResult, list[types.Tool]]:
    """Return how the MCP server introduces itself, and the tools that it offers."""

    async def listed() -> tuple[types.InitializeResult, list[types.Tool]]:
        async with (
            streamable_http_client(f"{url}/gradio_api/mcp/") as (read, write, _),
            ClientSession(read, write) as session,
        ):
            return await session.initialize(), (await session.list_tools()).tools

    return asyncio.run(listed())
