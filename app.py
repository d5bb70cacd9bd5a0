"""The web chat, its API and its MCP endpoint: `python app.py`. Reads the command line and the settings, no more."""

import argparse
import sys
from pathlib import Path

from qa.config import load_settings
from qa.errors import RemedyError
from qa.web.serve import serve

SAMPLE_ARTICLES = Path(__file__).resolve().parent / "docs" / "articles"


def main(arguments: list[str] | None = None) -> int:
    """Serve until Ctrl-C; return 0, or 2 after a mistake that the person at the keyboard can put right."""
    parser = argparse.ArgumentParser(description="Ask a folder of documents, in a web chat and through an API.")
    parser.add_argument("--docs", type=Path, help="folder to answer from (default: docs/articles, the sample)")
    parser.add_argument("--store", type=Path, help="folder of the index (default: one for each --docs)")
    parser.add_argument("--port", type=int, help="default: 7860; 0 takes any free port")
    parser.add_argument("--host", help="default: 127.0.0.1; 0.0.0.0 lets other machines in")
    parser.add_argument("--allowed-hosts", metavar="NAMES", help="names that a reverse proxy passes on, with commas")
    parser.add_argument("--mcp", action="store_true", help="offer the API as MCP tools, too")
    parser.add_argument("--reranker", metavar="none|bundled|HUB_ID", help="reads the best passages again")
    parser.add_argument("--answerer", metavar="reader|sentence", help="the trained reader, or what needs none")
    parser.add_argument("--model", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    try:
        settings = load_settings()
        serve(
            docs=given.docs or settings.docs or SAMPLE_ARTICLES,
            store=given.store,
            host=given.host or settings.host,
            port=settings.port if given.port is None else given.port,
            mcp=given.mcp,
            allowed_hosts=given.allowed_hosts,
            model=given.model,
            reranker=given.reranker,
            answerer=given.answerer,
        )
    except RemedyError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
