"""What every VectorStore must do, run over both implementations."""

from collections.abc import Callable

import numpy as np
import pytest

from embeddings.encoder import Vectors
from embeddings.faiss_store import FaissStore
from embeddings.hashing import HashingEncoder
from embeddings.numpy_store import NumpyStore
from embeddings.store import VectorStore

MakeStore = Callable[[int], VectorStore]


@pytest.fixture(params=[FaissStore, NumpyStore], ids=["faiss", "numpy"])
def make_store(request: pytest.FixtureRequest) -> MakeStore:
    make: MakeStore = request.param
    return make


def rows(*vectors: tuple[float, ...]) -> Vectors:
    return np.array(vectors, np.float32)


class TestVectorStore:
    """One test per promise of the protocol."""

    def test_identical_text_scores_one_and_opposite_text_minus_one(self, make_store: MakeStore) -> None:
        """The score is a cosine: not a squared distance, not an unscaled product."""
        vector = HashingEncoder().encode_passages(["城东的菜市场早上六点开门"])
        store = make_store(256)
        store.add([1, 2], np.concatenate([-vector, vector]))

        [found] = store.search(vector, k=2)

        assert [identifier for identifier, _ in found] == [2, 1]
        assert found[0][1] == pytest.approx(1.0, abs=1e-5)
        assert found[1][1] == pytest.approx(-1.0, abs=1e-5)

    def test_scores_are_the_cosines_and_come_best_first(self, make_store: MakeStore) -> None:
        store = make_store(2)
        store.add([4, 5, 6], rows((0.0, 1.0), (0.6, 0.8), (1.0, 0.0)))

        [found] = store.search(rows((1.0, 0.0)), k=3)

        assert found == [(6, 1.0), (5, pytest.approx(0.6)), (4, 0.0)]

    def test_equal_scores_come_in_id_order(self, make_store: MakeStore) -> None:
        store = make_store(2)
        store.add([30, 10, 20], rows((0.6, 0.8), (0.6, 0.8), (1.0, 0.0)))

        [found] = store.search(rows((0.6, 0.8)), k=3)

        assert [identifier for identifier, _ in found] == [10, 30, 20]
        assert found[0][1] == found[1][1]

    def test_ids_decide_which_of_equal_scores_make_the_cut(self, make_store: MakeStore) -> None:
        """200 equal vectors, more than a store fetches at first, added from the highest id down: the lowest ids win."""
        store = make_store(2)
        store.add(list(range(200, 0, -1)), np.tile(rows((0.6, 0.8)), (200, 1)))
        store.add([999], rows((0.8, 0.6)))

        [found] = store.search(rows((0.8, 0.6)), k=4)

        assert [identifier for identifier, _ in found] == [999, 1, 2, 3]

    def test_equal_vectors_tie_wherever_they_stand(self, make_store: MakeStore) -> None:
        """A matrix product may round one vector differently in another row; the scores must not."""
        random = np.random.default_rng(7)
        vectors = random.standard_normal((101, 384)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors[[3, 50, 77, 100]] = vectors[0]
        store = make_store(384)
        store.add(list(range(101)), vectors)

        found = store.search(np.tile(random.standard_normal(384).astype(np.float32), (40, 1)), k=101)[39]

        scores = dict(found)
        assert {scores[0]} == {scores[place] for place in (3, 50, 77, 100)}

    def test_a_query_finds_the_same_alone_and_among_others(self, make_store: MakeStore) -> None:
        encoder = HashingEncoder(64)
        texts = [f"第{number}号公告，请居民于{number}日前登记" for number in range(60)]
        store = make_store(64)
        store.add(list(range(60)), encoder.encode_passages(texts))
        queries = encoder.encode_queries(texts[:30])

        together = store.search(queries, k=5)

        assert together == [store.search(query[None], k=5)[0] for query in queries]
        assert [found[0][0] for found in together] == list(range(30))

    def test_more_neighbours_asked_than_stored_gives_all_and_no_padding(self, make_store: MakeStore) -> None:
        store = make_store(2)
        store.add([0, 7], rows((1.0, 0.0), (0.0, 1.0)))

        assert store.search(rows((1.0, 0.0)), k=10) == [[(0, 1.0), (7, 0.0)]]

    def test_an_empty_store_finds_nothing_for_each_query(self, make_store: MakeStore) -> None:
        store = make_store(2)

        assert len(store) == 0
        assert store.search(rows((1.0, 0.0), (0.0, 1.0)), k=3) == [[], []]
        assert store.remove([1]) == 0

    def test_no_query_gives_no_list(self, make_store: MakeStore) -> None:
        store = make_store(2)
        store.add([1], rows((1.0, 0.0)))

        assert store.search(np.zeros((0, 2), np.float32), k=3) == []

    def test_the_zero_row_of_an_empty_text_is_as_far_from_everything(self, make_store: MakeStore) -> None:
        store = make_store(2)
        store.add([2, 1], rows((1.0, 0.0), (-1.0, 0.0)))

        assert store.search(rows((0.0, 0.0)), k=2) == [[(1, 0.0), (2, 0.0)]]

    def test_a_removed_vector_is_not_found_and_the_others_are(self, make_store: MakeStore) -> None:
        store = make_store(2)
        store.add([1, 2, 3], rows((1.0, 0.0), (0.6, 0.8), (0.0, 1.0)))

        assert store.remove([1, 3, 99]) == 2

        assert len(store) == 1
        assert store.search(rows((1.0, 0.0)), k=3) == [[(2, pytest.approx(0.6))]]

    def test_an_id_can_be_used_again_after_it_was_removed(self, make_store: MakeStore) -> None:
        store = make_store(2)
        store.add([1], rows((1.0, 0.0)))
        store.remove([1])
        store.add([1], rows((0.0, 1.0)))

        assert store.search(rows((0.0, 1.0)), k=1) == [[(1, 1.0)]]

    def test_a_search_among_some_ids_is_one_of_a_store_of_them_alone(self, make_store: MakeStore) -> None:
        """With ties beyond what is fetched at first, with ids that are not stored, and with none at all."""
        store, small = make_store(2), make_store(2)
        store.add(list(range(200, 0, -1)), np.tile(rows((0.6, 0.8)), (200, 1)))
        store.add([999, 998], rows((0.8, 0.6), (1.0, 0.0)))
        even = np.array([999, *range(2, 201, 2), 5000], np.int64)
        small.add([999, *range(2, 201, 2)], np.concatenate([rows((0.8, 0.6)), np.tile(rows((0.6, 0.8)), (100, 1))]))
        query = rows((0.8, 0.6))

        for k in (1, 4, 150, 500):
            assert store.search(query, k=k, among=even) == small.search(query, k=k)
        assert [identifier for identifier, _ in store.search(query, k=4, among=even)[0]] == [999, 2, 4, 6]
        assert store.search(query, k=4, among=np.array([5000], np.int64)) == [[]]
        assert store.search(query, k=4, among=np.empty(0, np.int64)) == [[]]

    @pytest.mark.parametrize(
        ("ids", "vectors", "reason"),
        [
            ([5], rows((1.0, 0.0)), "stored already"),
            ([8, 8], rows((1.0, 0.0), (0.0, 1.0)), "comes twice"),
            ([-1], rows((1.0, 0.0)), "0 or greater"),
            ([8], rows((1.0, 0.0, 0.0)), "shape"),
            ([8], np.array([1.0, 0.0], np.float32), "shape"),
            ([8, 9], rows((1.0, 0.0)), "2 ids for 1 vectors"),
            ([8, 9], rows((1.0, 0.0), (float("nan"), 0.0)), "not finite"),
        ],
    )
    def test_a_refused_addition_says_why_and_stores_nothing(
        self, make_store: MakeStore, ids: list[int], vectors: Vectors, reason: str
    ) -> None:
        store = make_store(2)
        store.add([5], rows((0.0, 1.0)))

        with pytest.raises(ValueError, match=reason):
            store.add(ids, vectors)

        assert store.search(rows((0.0, 1.0)), k=9) == [[(5, 1.0)]]

    def test_queries_of_another_shape_are_refused(self, make_store: MakeStore) -> None:
        store = make_store(2)
        store.add([1], rows((1.0, 0.0)))

        with pytest.raises(ValueError, match="shape"):
            store.search(rows((1.0, 0.0, 0.0)), k=1)
        with pytest.raises(ValueError, match="at least one"):
            store.search(rows((1.0, 0.0)), k=0)


def test_both_stores_give_the_same_answer_to_the_last_digit() -> None:
    """Exact search leaves nothing to choose: ids and scores agree, at every k."""
    random = np.random.default_rng(11)
    vectors = random.standard_normal((300, 48)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors[200:] = vectors[:100]
    faiss_store, numpy_store = FaissStore(48), NumpyStore(48)
    for store in (faiss_store, numpy_store):
        store.add(list(range(300)), vectors)
        store.remove(list(range(0, 300, 7)))

    for k in (1, 2, 10, 250, 999):
        assert faiss_store.search(vectors[:25], k=k) == numpy_store.search(vectors[:25], k=k)
