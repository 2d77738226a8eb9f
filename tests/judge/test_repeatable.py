"""Memory that nobody filled is the same each time, while mistakes are planted and explained."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from grader.judge.calls import CallLog
from grader.judge.repeatable import repeatable_memory
from tests.validate.planting import edited_course

UNFILLED = """
mistake("mean", "unfilled", {"np.sum(x)": "np.empty(7)[3] + np.sum(x)"}, says="You use numbers that nobody set.")
"""


def dirty(count):
    """Fill memory that the next array of this size may get."""
    made = [np.full(count, float(number)) for number in range(50)]
    del made


@pytest.mark.parametrize(
    "dtype", ["float64", "float32", "int64", "int8", "uint8", "complex128", "bool", "U3", "M8[s]"]
)
def test_unfilled_arrays_are_the_same_each_time(dtype):
    with repeatable_memory():
        dirty(200)
        one, like = np.empty((4, 50), dtype), np.empty_like(np.ones(200, dtype))
        dirty(200)
        two = np.empty((4, 50), dtype=dtype)
    assert one.dtype == np.dtype(dtype)
    assert one.tobytes() == two.tobytes()
    assert np.array_equal(like, one.ravel())
    if np.dtype(dtype).kind in "if":
        assert len(np.unique(one)) > 50
        assert np.isfinite(one).all()


def test_everything_else_about_them_is_numpys():
    with repeatable_memory():
        assert np.empty((), order="F").shape == ()
        assert np.empty((2, 3), order="F").flags.f_contiguous
        assert np.empty(3, object).tolist() == [None] * 3
        assert isinstance(np.empty_like(np.ma.ones(3)), np.ma.MaskedArray)
        with pytest.raises(ValueError, match="negative"):
            np.empty(-1)


def test_numpy_is_itself_again_when_the_last_one_leaves():
    empty, like = np.empty, np.empty_like
    entered, leave = threading.Event(), threading.Event()

    def other():
        with repeatable_memory():
            entered.set()
            leave.wait(20)

    thread = threading.Thread(target=other)
    with repeatable_memory():
        thread.start()
        assert entered.wait(20)
    assert np.empty is not empty, "the other thread is still inside"
    leave.set()
    thread.join(20)
    assert (np.empty, np.empty_like) == (empty, like)
    with pytest.raises(KeyError), repeatable_memory():
        raise KeyError
    assert (np.empty, np.empty_like) == (empty, like)


def test_a_mistake_that_returns_unfilled_memory_is_named(tmp_path):
    from grader.pset import load_problem_set
    from grader.validate.bench import Bench
    from grader.validate.plantings import Plant

    bench = Bench(load_problem_set(edited_course(tmp_path, UNFILLED)))
    try:
        version = bench.version(Plant("mean", (("unfilled", None),)))
        log = CallLog()
        failed = [run.key for run in bench.run(bench.namespace_of([version]), 0, log=log) if not run.passed]
        digest = bench.results(version, 0)
        bench._results.clear()
        dirty(7)
        assert bench.results(version, 0) == digest
        assert {one.name for one in bench.explainer.explain(log, failed).values()} == {"unfilled"}
    finally:
        bench.close()
