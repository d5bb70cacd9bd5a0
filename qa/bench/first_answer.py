"""One fresh process from its start to its first answer, part by part; prints one JSON object.

Does what `wenju ask` does, with the model opened by name, so that its share can be told from the store's.
"""

import sys
import time

REACHED = time.time()  # before anything else of ours or of others is imported

import argparse  # noqa: E402
import json  # noqa: E402
from pathlib import Path  # noqa: E402

from qa.bench.readers import readers_for  # noqa: E402
from qa.bench.stopwatch import Stopwatch  # noqa: E402


def main() -> int:
    """Answer one question and print the seconds that each part took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--question", required=True)
    parser.add_argument("--started", type=float, required=True, help="time.time() when the process was started")
    options = parser.parse_args()
    watch = Stopwatch()
    with watch.part("other imports"), watch.imports():
        from qa.assistant import Assistant  # noqa: PLC0415 - this import is what is measured

        with watch.part("open the model"):
            from embeddings.encoder import open_encoder  # noqa: PLC0415 - see above

            encoder = open_encoder(options.model)
        with watch.part("open the store"):
            assistant = Assistant.open(options.store, encoder=encoder, **readers_for(options.model))
        with watch.part("build the indexes"):
            assistant.warm()
        with watch.part("answer"):
            assistant.ask(options.question)
    total = time.time() - options.started
    parts = {"start Python": REACHED - options.started, **watch.seconds}
    sys.stdout.write(json.dumps({"total": total, "parts": parts}))
    assistant.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
