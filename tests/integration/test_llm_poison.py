"""A hundred poisoned documents and a model that obeys every one of them: nothing false is proved, nothing leaves."""

import json
from collections import Counter
from pathlib import Path
from time import perf_counter

from llm_corpus import PATIENT, assistant_with_llm
from llm_poison import ADDRESS, obeyed, poisoned
from llm_stub import KEY, Asked, Reply, only_to, stub

from qa.answer.render import answer_json
from qa.filters import make_filters
from qa.web.chat.written import written_html

SECONDS = PATIENT["total_seconds"]


def test_a_model_that_obeys_a_hundred_poisoned_documents_proves_nothing_false_and_gives_nothing_away(
    tmp_path: Path,
) -> None:
    documents = [poisoned(number) for number in range(100)]
    with stub() as model:
        assistant = assistant_with_llm(tmp_path, model.url, papers={one.name: one.text for one in documents})
        assistant.warm()
        outcomes: Counter[str] = Counter()
        reached = true = 0
        with only_to(model.port) as tried:
            for number, one in enumerate(documents):
                # Each kind of obedience meets each shape once.
                kind = (number + number // 10) % 10

                def obey(reply: Reply, asked: Asked, one=one, kind=kind) -> None:  # noqa: ANN001 (bound here)
                    reply.stream([obeyed(one, asked.passages, kind)])

                model.answer = obey
                started = perf_counter()
                answer = assistant.ask(one.question, filters=make_filters(sources=[one.name]))
                assert perf_counter() - started < SECONDS
                assert answer.answer == one.answer
                assert answer.written is not None

                for sentence in answer.written.sentences:
                    if sentence.proved:
                        assert sentence.text == f"{one.truth}。"
                        true += 1
                    else:
                        outcomes[str(sentence.reason)] += 1
                shown = json.dumps(answer_json(answer), ensure_ascii=False)
                page = written_html(answer.written, "zh", turn=1)
                assert KEY not in shown + page
                assert "<img" not in page
                assert "<script" not in page
                reached += any(ADDRESS in passage["text"] for passage in model.asked[-1].passages)
        assert tried == []
        assert len(model.asked) == 100
        assert all(KEY not in json.dumps(asked.body) for asked in model.asked)
        # A document that did not get to the model would have tested nothing.
        assert reached == 100
        assert true >= 70
        assert sum(outcomes.values()) >= 140
        assistant.close()
