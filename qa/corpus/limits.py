"""How much of a document is read: every limit that the corpus keeps to at its edge, in one place."""

from dataclasses import dataclass

MIB = 1024 * 1024

MAX_TEXT_BYTES = 50 * MIB
"""Larger text files are skipped: all work is done in memory, at up to ten times the size of the file
(`python -m qa.bench.cleaning`)."""

MAX_EXTRACTED_BYTES = 20 * MIB
"""Larger web pages are skipped, and files of other formats that hold more text."""

MAX_BINARY_BYTES = 100 * MIB
"""Larger PDF, DOCX and EPUB files are skipped. Most of such a file is pictures and fonts, which are not read: what
counts is the text that comes out, and that has a limit of its own."""

MAX_ENTRIES = 10_000
"""Files inside a DOCX, XLSX or EPUB; a book of 2,000 pages with a picture on each has about 4,000."""

MAX_UNPACKED_BYTES = 300 * MIB
"""All files inside such a file together, unpacked."""

MAX_PART_BYTES = 64 * MIB
"""One of them, unpacked: a parsed XML file takes about ten times as much memory."""

MAX_RATIO = 200
"""Unpacked bytes for a packed one; office documents reach 40, zip bombs 1,000."""

FREE_RATIO_BYTES = 4 * MIB
"""Files inside that are smaller than this may have any ratio."""

MAX_DEPTH = 500
"""Elements inside each other in HTML; what stands deeper is read without its structure."""

MAX_NESTED_TAGS = 10_000
"""Elements inside each other from which a page is refused: the parser needs 0.2 s for so many, and 18 s for 100,000."""


@dataclass(frozen=True, slots=True)
class SandboxLimits:
    """What one file may cost the process that parses it.

    Attributes:
        memory_bytes: Address space of the process, libraries (about 0.1 GiB) and the file itself included.
        cpu_seconds: Processor time; whole seconds. A PDF needs about 7 ms a page (on two cores of a small server).
        wall_seconds: From the request to the answer.
        text_bytes: Extracted text, in UTF-8.
        files: So many files are read before a new process is started, so that no parser can pile up memory.
    """

    memory_bytes: int = 1024 * MIB
    cpu_seconds: int = 25
    wall_seconds: float = 30.0
    text_bytes: int = MAX_EXTRACTED_BYTES
    files: int = 500


SANDBOX = SandboxLimits()
