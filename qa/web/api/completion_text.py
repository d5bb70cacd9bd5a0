"""An answer as the message of a chat completion: Markdown for people, and the whole answer beside it for programs.

Pure: from an `Answer` to values of JSON.
"""

import hashlib
import re
from collections.abc import Iterator
from typing import Any

from qa.answer.render import answer_json
from qa.chat.wording_written import WRITTEN, label_of, notes_of
from qa.escape import clean
from qa.language import Language
from qa.types import Answer, Citation, Written
from qa.web.api.problems import Problem

MODEL = "wenju"

# What Markdown, HTML and formulas give a meaning to; a link or a picture of a document must stay text.
_MEANINGFUL = re.compile(r"[\\`*_{}\[\]<>()#!|~$&]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_NOT_SAID = {True: "文件里没有说。", False: "The documents do not say."}


def content(answer: Answer) -> str:
    """Return the answer in its sentence with numbers, the quotations below; or that the documents do not say, and why.

    Below that stand the proved sentences of a language model with their quotations. Of those that are not proved only
    the number and the reasons are told: whoever reads a message cannot be relied on to see a line through a sentence.

    Markdown: a character of a document that Markdown gives a meaning has a backslash in front.
    """
    return "\n\n".join(paragraphs(answer))


def paragraphs(answer: Answer, *, ended: bool = True) -> Iterator[str]:
    """Yield the parts of the content, in order; of an answer so far, only such as stay where they are."""
    if answer.abstained:
        yield _NOT_SAID[_HAN.search(answer.question) is not None]
    else:
        numbers = "".join(f"[{cited.number}]" for cited in answer.citations)
        sentence = answer.sentence or ""
        if answer.answer and answer.answer not in sentence:
            yield f"**{_escaped(answer.answer)}**"
        yield f"{_escaped(sentence)} {numbers}"
    if answer.reason:
        yield _escaped(answer.reason)
    for cited in answer.citations:
        yield _citation(cited)
    if answer.written is not None:
        yield from _written(answer.written, "zh" if _HAN.search(answer.question) else "en", ended=ended)


def _written(written: Written, language: Language, *, ended: bool) -> Iterator[str]:
    if written.proved:
        yield _escaped(WRITTEN[language]["written_by"].format(model=written.model))
    for sentence in written.sentences:
        if sentence.proved:
            yield f"{_escaped(sentence.text)} {''.join(f'[{number}]' for number in sentence.citations)}"
    if not ended:
        return
    for cited in written.citations:
        yield _citation(cited)
    notes = notes_of(written, language)
    reasons = dict.fromkeys(label_of(sentence, language) for sentence in written.sentences if not sentence.proved)
    yield from (_escaped(note) for note in notes)
    yield from (f"- {_escaped(reason)}" for reason in reasons)


def metadata(answer: Answer) -> dict[str, Any]:
    """Return what programs read: the whole answer, and its citations once more by themselves."""
    whole = answer_json(answer)
    return {"answer": whole, "citations": whole["citations"]}


def completion(answer: Answer, *, created: int) -> dict[str, Any]:
    """Return the answer as a chat completion; the figures of usage are 0: a language model's tokens are not counted."""
    message = {"role": "assistant", "content": content(answer), "refusal": None, "metadata": metadata(answer)}
    return {
        "id": identity(answer),
        "object": "chat.completion",
        "created": created,
        "model": MODEL,
        "choices": [{"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}],
        "usage": usage(),
    }


def chunk(identity: str, created: int, delta: dict[str, Any] | None, *, finished: bool = False) -> dict[str, Any]:
    """Return one piece of a streamed chat completion; without a delta, the one that holds the usage."""
    choice = {"index": 0, "delta": delta, "finish_reason": "stop" if finished else None, "logprobs": None}
    return {
        "id": identity,
        "object": "chat.completion.chunk",
        "created": created,
        "model": MODEL,
        "choices": [] if delta is None else [choice],
    } | ({"usage": usage()} if delta is None else {})


def usage() -> dict[str, int]:
    """Return no figures; what a language model used, where one wrote, is not counted."""
    return {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}


def identity(answer: Answer) -> str:
    """Return the id of a completion: the same question over the same documents has the same one."""
    asked = f"{answer.searched_for}\0{answer.generation}"
    return f"chatcmpl-{hashlib.sha256(asked.encode('utf-8')).hexdigest()[:24]}"


def model_fields() -> dict[str, Any]:
    """Return the one model that there is."""
    return {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}


def openai_error(problem: Problem) -> dict[str, Any]:
    """Return a problem in OpenAI's shape; the sentence and the remedy are one message, because chats show that only."""
    kind = "server_error" if problem.status >= 500 else "invalid_request_error"
    about = {"code": problem.code, "remedy": problem.args[1], "status": problem.status}
    return {"error": {"message": str(problem), "type": kind, "param": None, **about}}


def _citation(cited: Citation) -> str:
    article = cited.article
    about = [
        f"《{article.title}》",
        article.publisher,
        article.date,
        f"{cited.document_id}:{cited.span.start}-{cited.span.end}",
    ]
    quoted = _escaped(cited.quote).replace("\n", "\n> ")
    return f"[{cited.number}] {' · '.join(_escaped(part) for part in about if part)}\n> {quoted}"


def _escaped(text: str) -> str:
    return _MEANINGFUL.sub(r"\\\g<0>", clean(text))
