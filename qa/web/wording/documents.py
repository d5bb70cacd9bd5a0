"""Words of the documents page."""

from collections.abc import Mapping

DOCUMENTS: Mapping[str, Mapping[str, str]] = {
    "zh": {},
    "en": {},
}
