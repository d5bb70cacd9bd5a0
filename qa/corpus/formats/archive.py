"""Open the ZIP archive that an office document or an e-book is, after looking at what it says of itself.

Everything is checked before a byte is unpacked; `zipfile` never unpacks more of a part than its entry says.
"""

from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from qa.corpus.limits import FREE_RATIO_BYTES, MAX_ENTRIES, MAX_PART_BYTES, MAX_RATIO, MAX_UNPACKED_BYTES, MIB
from qa.errors import SourceError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_IS_ENCRYPTED = 1
_PARSED = (".xml", ".rels", ".html", ".xhtml", ".htm", ".opf", ".ncx")


def open_archive(data: bytes, kind: str, needed: str) -> ZipFile:
    """Return the archive, to be closed by the caller.

    Args:
        data: The file.
        kind: What it should be, such as "a Word document".
        needed: Name of a part that every such file has.

    Raises:
        SourceError: It is something else, encrypted, damaged, or larger inside than the limits allow.
    """
    if data.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in data:
            raise SourceError("The file is encrypted: it opens with a password only.", "Save it without a password.")
        raise SourceError(f"This is an old office document, not {kind}.", "Save it in the new format.")
    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, ValueError, NotImplementedError) as problem:
        raise SourceError(f"This is not {kind}, or it is damaged.", "Save or download it again.") from problem
    parts = archive.infolist()
    reason = _reason(parts, kind, needed)
    if reason is not None:
        archive.close()
        raise SourceError(reason, "Take it out of the folder, or save its text as UTF-8.")
    return archive


def _reason(parts: list[ZipInfo], kind: str, needed: str) -> str | None:
    """Return why an archive is not read, or None."""
    if len(parts) > MAX_ENTRIES:
        return f"The file holds {len(parts)} parts, more than the limit of {MAX_ENTRIES}."
    if needed not in {part.filename for part in parts}:
        return f"This is a ZIP archive, not {kind}."
    if any(part.flag_bits & _IS_ENCRYPTED for part in parts):
        return "The file is encrypted: it opens with a password only."
    total = sum(part.file_size for part in parts)
    if total > MAX_UNPACKED_BYTES:
        return f"The file is {total / MIB:.0f} MB unpacked, more than the limit of {MAX_UNPACKED_BYTES // MIB} MB."
    return next(filter(None, map(_part_reason, parts)), None)


def _part_reason(part: ZipInfo) -> str | None:
    """Return why an archive with this part is not read, or None."""
    size, packed = part.file_size, max(1, part.compress_size)
    if size > MAX_PART_BYTES and part.filename.lower().endswith(_PARSED):
        return f"A part is {size / MIB:.0f} MB unpacked, more than the limit of {MAX_PART_BYTES // MIB} MB."
    if size > FREE_RATIO_BYTES and size > MAX_RATIO * packed:
        return f"A part grows {size // packed} times when it is unpacked, as in a zip bomb."
    return None
