"""The web chat, its API and its MCP endpoint: `python app.py`. Reads the command line and nothing else."""

import argparse
import sys
from pathlib import Path

from qa.errors import RemedyError
from qa.web.serve import serve

SAMPLE_ARTICLES = Path(__file__).resolve().parent / "docs" / "articles"


def main(arguments: list[str] | None = None) -> int:
    """Serve until Ctrl-C; return 0, or 2 after a mistake that the person at the keyboard can put right."""
    parser = argparse.ArgumentParser(description="Ask a folder of documents, in a web chat and through an API.")
    parser.add_argument("--docs", type=Path, default=SAMPLE_ARTICLES, help="folder to answer from (%(default)s)")
    parser.add_argument("--store", type=Path, help="folder of the index; without it, each --docs has its own")
    parser.add_argument("--port", type=int, default=7860, help="%(default)s; 0 takes any free port")
    parser.add_argument("--host", default="127.0.0.1", help="%(default)s; 0.0.0.0 lets other machines in")
    parser.add_argument("--mcp", action="store_true", help="offer the API as MCP tools, too")
    parser.add_argument("--model", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    try:
        serve(docs=given.docs, store=given.store, host=given.host, port=given.port, mcp=given.mcp, model=given.model)
    except RemedyError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
