"""The hash that every row of the store carries, and the one by which a text's vector is found again. Pure."""

from hashlib import sha256

_TEXT_HASH_BYTES = 16  # two of 2**32 texts agree by chance once in 2**65 stores


def row_hash(*values: str | bytes | int | None) -> bytes:
    """Return the sha256 of a row, each value with its length in front, so that no two rows run into one."""
    digest = sha256()
    for value in values:
        data = b"\xff" if value is None else value if isinstance(value, bytes) else str(value).encode()
        digest.update(len(data).to_bytes(8, "little"))
        digest.update(data)
    return digest.digest()


def text_hash(text: str) -> bytes:
    """Return what stands for a text that is encoded, context and all: identical texts have identical vectors."""
    return sha256(text.encode("utf-8", "surrogatepass")).digest()[:_TEXT_HASH_BYTES]
