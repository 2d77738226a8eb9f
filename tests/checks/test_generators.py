"""Random numbers that follow from the generator that a function is given, whatever holds them."""

from __future__ import annotations

import numpy as np
import pytest

from grader import CheckFailed, check_uses_rng

sparse = pytest.importorskip("scipy.sparse")
FORMS = {
    "an array": np.array,
    "a list": lambda x: x.tolist(),
    "a sparse array": sparse.csr_array,
    "a sparse matrix": sparse.coo_matrix,
    "several": lambda x: [sparse.csr_array(x), {"a": sparse.lil_array(2 * x)}, 3],
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_function_that_draws_from_its_generator_passes(form):
    check_uses_rng(lambda rng: form(rng.random((3, 3))))


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (
            lambda rng: np.random.default_rng(1).random((3, 3)),
            "the function gives the same whatever generator",
        ),
        (
            lambda rng: np.random.random((3, 3)),
            "the function gives something else for a generator in the same state",
        ),
    ],
    ids=["its own", "the global one"],
)
def test_one_that_does_not_is_caught(form, draw, says):
    with pytest.raises(CheckFailed, match=says):
        check_uses_rng(lambda rng: form(draw(rng)))


def test_entries_elsewhere_are_something_else():
    shapes = iter([(3, 3), (9, 1)])
    with pytest.raises(CheckFailed, match="something else"):
        check_uses_rng(lambda rng: sparse.csr_array(rng.random(next(shapes, (3, 3)))))
