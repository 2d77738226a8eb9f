"""Batches sent as columns: the same calls come out, each with arrays that are its own."""

from __future__ import annotations

import numpy as np
import pytest

from grader.sandbox.crossing.columns import calls_of, columns_of, nbytes

X = np.asfortranarray(np.arange(6.0).reshape(2, 3))
ROWS = [np.array([1.0, -0.0]), np.array([np.nan, 2.0]), np.array([3.0, np.inf])]


def there_and_back(batch):
    columns = columns_of([(arguments, {}) for arguments in batch])
    return None if columns is None else list(calls_of(columns, len(batch)))


@pytest.mark.parametrize(
    "batch",
    [
        [(row,) for row in ROWS],
        [(X, row, 0.1, None, "mean") for row in ROWS],
        [(row.astype(np.float32), np.array([1, 2])) for row in ROWS],
        [(np.zeros((0, 3)),), (np.zeros((0, 3)),)],
        [(row > 0,) for row in ROWS],
    ],
    ids=["rows", "shared and rows", "two of rows", "empty arrays", "booleans"],
)
def test_calls_come_out_as_they_went_in(batch):
    calls = there_and_back(batch)
    assert len(calls) == len(batch)
    for call, arguments in zip(calls, batch, strict=True):
        for got, sent in zip(call, arguments, strict=True):
            assert type(got) is type(sent)
            if isinstance(sent, np.ndarray):
                assert (got.dtype, got.shape, got.tobytes("A")) == (sent.dtype, sent.shape, sent.tobytes("A"))
                assert (got.flags.c_contiguous, got.flags.f_contiguous) == (
                    sent.flags.c_contiguous,
                    sent.flags.f_contiguous,
                )
            else:
                assert got == sent


def test_a_call_that_changes_its_arguments_changes_nobody_elses():
    batch = [(X, row) for row in ROWS]
    kept = []
    for shared, row in calls_of(columns_of([(arguments, {}) for arguments in batch]), len(batch)):
        assert shared[0, 1] == 1.0
        shared[:], row[:] = -1.0, -1.0
        kept.append((shared, row))
    assert X[0, 1] == 1.0
    assert ROWS[0][0] == 1.0


@pytest.mark.parametrize(
    "batch",
    [
        [],
        [(ROWS[0],)],
        [(ROWS[0],), (ROWS[1], 1.0)],
        [(ROWS[0],), (np.zeros(3),)],
        [(ROWS[0],), (ROWS[1].astype(np.float32),)],
        [(ROWS[0],), ([1.0, 2.0],)],
        [(0.1,), (0.2,)],
        [(np.array(1.0),), (np.array(2.0),)],
        [(X,), (X.copy(order="F"),)],
        [(np.random.default_rng(0),)] * 2,
        [([1.0],)] * 2,
    ],
    ids=[
        "none", "one", "numbers of arguments", "shapes", "dtypes", "a list", "numbers", "no dimensions",
        "column-major", "a generator", "a shared list",
    ],
)  # fmt: skip
def test_calls_that_are_not_alike_go_one_by_one(batch):
    assert columns_of([(arguments, {}) for arguments in batch]) is None


def test_keywords_go_one_by_one():
    assert columns_of([((ROWS[0],), {"axis": 0}), ((ROWS[1],), {"axis": 0})]) is None


def test_bytes_are_counted_for_each_call():
    columns = columns_of([((X, row), {}) for row in ROWS])
    assert nbytes(columns, 3) == 3 * (X.nbytes + ROWS[0].nbytes)


def test_a_batch_in_the_sandbox_gives_what_calls_one_by_one_give(run):
    session = run(
        "import numpy as np\nseen = []",
        "def f(X, w):\n    X[0, 0] += 1\n    w *= 2\n    return X[0, 0] + w.sum(), X.flags.f_contiguous",
    )
    together = session.calls("f", [((X, row), {}) for row in ROWS])
    apart = [session.calls("f", [((X, row), {})])[0] for row in ROWS]
    for one, other in zip(together, apart, strict=True):
        np.testing.assert_equal(one.value, other.value)
        assert one.changed == other.changed == ("0", "1")
