"""Words of the corpus page."""

from collections.abc import Mapping

CORPUS: Mapping[str, Mapping[str, str]] = {
    "zh": {},
    "en": {},
}
