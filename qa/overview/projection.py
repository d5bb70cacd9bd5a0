"""Put vectors on a plane so that neighbours stay neighbours: principal components, then t-SNE from there.

The same vectors give the same places: the seed is fixed, and there is one thread. Knows nothing of passages.
"""

import math

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Vectors

Places = NDArray[np.float64]

COMPONENTS = 40  # that t-SNE looks at; the rest is noise, and costs time
STEPS = 400  # of t-SNE; 300 leave crowded knots, 750 look the same as 400 and take twice as long
FEW = 6  # points or less go where the components put them: t-SNE has nothing to weigh
_PERPLEXITY = 30.0  # about how many neighbours a point has
_GOLDEN = math.pi * (3 - math.sqrt(5))
_APART = 0.006  # of the plane's width: how far copies of one vector are set from each other


def project(vectors: Vectors) -> Places:
    """Return a place for each vector, shape (n, 2), both axes from 0 to 1; one alone stands in the middle.

    Args:
        vectors: Shape (n, dimension); rows of length 1 or 0.
    """
    if len(vectors) == 0:
        return np.zeros((0, 2))
    components = _components(vectors)
    places = components[:, :2] if len(vectors) <= FEW else _neighbours_kept(components)
    return _apart(_stretched(places))


def _components(vectors: Vectors) -> Places:
    """Return the principal components, shape (n, COMPONENTS) at most and (n, 2) at least, the strongest first."""
    centred = vectors.astype(np.float64) - vectors.mean(axis=0, dtype=np.float64)
    _, directions = np.linalg.eigh(centred.T @ centred)
    strongest = directions[:, ::-1][:, :COMPONENTS]
    largest = strongest[np.abs(strongest).argmax(axis=0), np.arange(strongest.shape[1])]
    components: Places = centred @ (strongest * np.where(largest < 0, -1.0, 1.0))
    missing = max(0, 2 - components.shape[1])
    return np.pad(components, ((0, 0), (0, missing)))


def _neighbours_kept(components: Places) -> Places:
    spread = float(components[:, 0].std())
    if spread < 1e-9:  # all are the same
        return components[:, :2]
    from sklearn.manifold import TSNE  # noqa: PLC0415 (takes a second)

    places: Places = TSNE(
        init=(components[:, :2] / spread * 1e-4).astype(np.float32),
        perplexity=min(_PERPLEXITY, max(2.0, (len(components) - 1) / 4)),
        max_iter=STEPS,
        angle=0.7,
        random_state=0,
        n_jobs=1,
    ).fit_transform(components.astype(np.float32))
    return places.astype(np.float64)


def _stretched(places: Places) -> Places:
    """Return the places with each axis from 0 to 1; where all have one value there, in the middle."""
    low, high = places.min(axis=0), places.max(axis=0)
    width = high - low
    flat = width < 1e-9
    stretched: Places = np.where(flat, 0.5, (places - low) / np.where(flat, 1.0, width))
    return stretched


def _apart(places: Places) -> Places:
    """Return the places with those that coincide set around their common one, so that each can be seen and touched."""
    _, group = np.unique(np.round(places, 3), axis=0, return_inverse=True)
    moved, seen = places.copy(), dict[int, int]()
    for row, number in enumerate(group.ravel().tolist()):
        turn = seen[number] = seen.get(number, -1) + 1
        radius = _APART * math.sqrt(turn)
        moved[row] += radius * math.cos(turn * _GOLDEN), radius * math.sin(turn * _GOLDEN)
    clipped: Places = np.clip(moved, 0.0, 1.0)
    return clipped
