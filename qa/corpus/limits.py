"""How much of a document is read: every limit that the corpus keeps to at its edge, in one place."""

MAX_TEXT_BYTES = 20 * 1024 * 1024
"""Larger text files are skipped: all work is done in memory, at up to twelve times the size of the file."""

MAX_BINARY_BYTES = 100 * 1024 * 1024
"""Larger PDF, DOCX and EPUB files are skipped: most of such a file is pictures and fonts, which are not read."""
