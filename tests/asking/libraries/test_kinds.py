"""Arrays of torch, jax and scipy as data: what they stand for, and how they go in and out."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse
import torch
from hypothesis import given
from hypothesis import strategies as st

from grader import (
    CheckFailed,
    LocalStudent,
    as_library,
    check_close,
    check_gradient,
    check_pure,
    check_sparse,
)
from grader.kinds import plain, type_name
from grader.libraries import Sparse
from tests.asking.libraries.small import answer, judge_for

jax = pytest.importorskip("jax")

TENSORS = {
    "float64": (torch.tensor([1.5, 2.0], dtype=torch.float64), np.array([1.5, 2.0])),
    "float32": (torch.tensor([1.5, 2.0]), np.array([1.5, 2.0], np.float32)),
    "with a gradient": (torch.tensor([1.5], requires_grad=True) * 2, np.array([3.0], np.float32)),
    "a parameter": (torch.nn.Parameter(torch.ones(2)), np.ones(2, np.float32)),
    "half": (torch.tensor([1.5], dtype=torch.float16), np.array([1.5], np.float16)),
    "bfloat16": (torch.tensor([1.5], dtype=torch.bfloat16), np.array([1.5], np.float32)),
    "whole": (torch.tensor([[1, 2]]), np.array([[1, 2]])),
    "true": (torch.tensor(True), np.array(True)),
    "one number": (torch.tensor(2.5, dtype=torch.float64), np.array(2.5)),
    "complex": (torch.tensor([1 + 2j]).conj(), np.array([1 - 2j], np.complex64)),
    "sparse": (torch.eye(2).to_sparse(), np.eye(2, dtype=np.float32)),
    "sparse by rows": (torch.eye(2).to_sparse_csr(), np.eye(2, dtype=np.float32)),
    "a view": (torch.arange(6.0).reshape(2, 3).T[1:], np.arange(6, dtype=np.float32).reshape(2, 3).T[1:]),
    "empty": (torch.zeros(0, 3), np.zeros((0, 3), np.float32)),
    "jax": (jax.numpy.arange(3.0), np.arange(3, dtype=np.float32)),
    "jax's bfloat16": (jax.numpy.ones(2, jax.numpy.bfloat16), np.ones(2, np.float32)),
    "jax's number": (jax.numpy.float32(2), np.array(2, np.float32)),
}


@pytest.mark.parametrize(("value", "array"), TENSORS.values(), ids=TENSORS)
def test_an_array_of_another_library_stands_for_numpys(value, array):
    found = plain(value)
    assert (found.dtype, found.shape) == (array.dtype, array.shape)
    assert found.tobytes() == np.ascontiguousarray(array).tobytes() or np.array_equal(found, array)


def test_types_are_named_by_their_library_and_never_by_a_student():
    class Offensive(torch.Tensor):
        pass

    assert type_name(torch.zeros(1).as_subclass(Offensive)) == "torch.Tensor"
    assert type_name(jax.numpy.ones(1)) == "jax.Array"
    assert type_name(scipy.sparse.eye(2).tocsc()) == "scipy.sparse.csc_matrix"


@pytest.mark.parametrize("form", ["csr", "csc", "coo", "bsr", "dia", "dok", "lil"])
@pytest.mark.parametrize("kind", ["array", "matrix"])
def test_every_form_of_a_sparse_matrix_is_the_same_numbers(form, kind):
    matrix = getattr(scipy.sparse, f"{form}_{kind}")(np.array([[0, 2.0, 0], [1, 0, 0]]))
    found = plain(matrix)
    assert isinstance(found, Sparse)
    assert np.array_equal(found.dense(), [[0, 2, 0], [1, 0, 0]])
    check_sparse(matrix, np.array([[0, 2.0, 0], [1, 0, 0]]), name="A", form=form)
    check_close(matrix, np.array([[0, 2.0, 0], [1, 0, 0]]))


def test_duplicates_are_added_and_nothing_large_is_made_dense():
    twice = scipy.sparse.coo_array(([1.0, 2.0], ([5, 5], [10**8, 10**8])), shape=(10**9, 10**9))
    found = plain(twice)
    assert (found.values.tolist(), found.dense()) == ([3.0], None)
    check_sparse(twice, scipy.sparse.coo_array(([3.0], ([5], [10**8])), shape=(10**9, 10**9)))
    with pytest.raises(CheckFailed, match="too large to be compared as a whole"):
        check_close(twice, np.zeros((2, 2)))


@given(st.lists(st.tuples(st.integers(-2, 6), st.integers(-2, 6), st.floats(-9, 9)), max_size=20))
def test_entries_outside_the_shape_are_refused(entries):
    rows, columns, values = (
        (np.array(part) for part in zip(*entries, strict=True)) if entries else ([], [], [])
    )
    inside = all(0 <= i < 5 and 0 <= j < 5 for i, j, _ in entries)
    kind = int if not len(rows) else None
    try:
        found = Sparse((5, 5), (np.asarray(rows, kind), np.asarray(columns, kind)), np.asarray(values, float))
    except ValueError:
        assert not inside
    else:
        assert inside
        whole = np.zeros((5, 5))
        for i, j, value in entries:
            whole[i, j] += value
        assert np.allclose(found.dense(), whole)


SPARSE_WRONG = {
    "dense": (
        np.eye(3),
        "A is an array of shape (3, 3) (float64), but a sparse matrix was expected: scipy.sparse makes one.",
    ),
    "the sign": (-scipy.sparse.eye_array(3) * 2, "A is wrong"),
    "transposed": (scipy.sparse.csr_array(([1.0, 2], ([0, 0], [1, 2])), shape=(3, 3)).T, "It is transposed."),
    "its shape": (scipy.sparse.eye_array(4), "A has shape (4, 4), but shape (3, 3) was expected."),
    "too much": (scipy.sparse.csr_array(np.ones((3, 3))), "should be 0"),
    "too little": (scipy.sparse.csr_array((3, 3)), "are missing"),
}  # fmt: skip


@pytest.mark.parametrize(("got", "sentence"), SPARSE_WRONG.values(), ids=SPARSE_WRONG)
def test_what_is_wrong_with_a_sparse_matrix_is_said(got, sentence):
    right = scipy.sparse.csr_array(([1.0, 2], ([0, 0], [1, 2])), shape=(3, 3))
    with pytest.raises(CheckFailed) as failure:
        check_sparse(got, right, name="A")
    assert sentence in failure.value.summary


def test_stored_zeros_are_no_entries_and_too_many_are_told():
    padded = scipy.sparse.csr_array(([1.0, 0, 0], ([0, 1, 2], [0, 0, 0])), shape=(3, 3))
    check_sparse(padded, scipy.sparse.csr_array(([1.0], ([0], [0])), shape=(3, 3)))
    with pytest.raises(CheckFailed, match="stores 3 entries"):
        check_sparse(padded, scipy.sparse.csr_array(([1.0], ([0], [0])), shape=(3, 3)), most=1)


# Precision ---------------------------------------------------------------------------------------------------


def mean_square(dtype):
    def loss(W):
        return (torch.as_tensor(W).to(dtype) ** 2).mean()

    return loss


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_rounding_is_that_of_the_tensors_precision(dtype):
    W = np.random.default_rng(0).normal(size=(5, 4))
    student = LocalStudent({"loss": mean_square(dtype)})
    check_close(student.loss(as_library("torch", W)), np.mean(W**2))
    with pytest.raises(CheckFailed):
        check_close(
            student.loss(as_library("torch", W)),
            np.mean(W**2) * (1 + (1e-4 if dtype is torch.float32 else 1e-8)),
        )


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_a_gradient_of_torchs_is_judged_in_its_precision(dtype):
    W = np.random.default_rng(0).normal(size=(5, 4))
    student = LocalStudent({"loss": mean_square(dtype)})
    check_gradient(student.loss, 2 * W / W.size, W)
    with pytest.raises(CheckFailed):
        check_gradient(student.loss, 2.02 * W / W.size, W)


def test_a_tensor_that_is_changed_in_place_is_found():
    student = LocalStudent({"centre": lambda X: X.sub_(X.mean()), "copy": lambda X: X - X.mean()})
    X = as_library("torch", np.arange(4.0))
    check_pure(student.copy, X)
    with pytest.raises(CheckFailed, match="changes"):
        check_pure(student.centre, X)


# Through the sandbox -----------------------------------------------------------------------------------------


def test_jax_goes_in_and_out_through_the_sandbox(tmp_path):
    test = (
        "x = rng.normal(size=5)\n"
        'check_close(student.answer(as_library("jax", x)), np.tanh(x), name="y")\n'
        'check_close(student.answer(x), np.tanh(x), name="y")\n'
        "check_pure(student.answer, x)"
    )
    reference = "import jax.numpy as jnp\n\n\ndef answer(x):\n    return jnp.tanh(x)\n"
    with judge_for(
        tmp_path, test, preload="numpy, jax, jax.numpy", reference=reference, memory_mb=2048
    ) as judge:
        jitted = "import jax, jax.numpy as jnp\n@jax.jit\ndef answer(x):\n    return jnp.tanh(x)"
        result = answer(judge, jitted)
        assert result.score == 1, result
        gradient = "import jax, jax.numpy as jnp\nanswer = jax.vmap(jax.grad(lambda t: jnp.log(jnp.cosh(t))))"
        assert answer(judge, gradient).score == 1
        wrong = answer(judge, "import jax.numpy as jnp\ndef answer(x):\n    return -jnp.tanh(jnp.asarray(x))")
        assert "has the wrong sign" in str(wrong) or "-1 times" in str(wrong) or "sign" in str(wrong)
        assert not judge.problems


def test_sparse_matrices_go_in_and_out_through_the_sandbox(tmp_path):
    test = (
        "A = np.diag([2.0, 0, 3])\n"
        'got = student.answer(as_library("scipy.sparse", A, form="csr_matrix"))\n'
        'check_sparse(got, 2 * A, name="A", form="csr")'
    )
    reference = "def answer(x):\n    return 2 * x\n"
    with judge_for(tmp_path, test, preload="numpy, scipy.sparse", reference=reference) as judge:
        assert answer(judge, "def answer(x):\n    return x + x").score == 1
        dense = answer(judge, "def answer(x):\n    return 2 * x.toarray()")
        assert "but a sparse matrix was expected" in str(dense)
        corrupt = (
            "import scipy.sparse as sp, numpy as np\ndef answer(x):\n    y = sp.csr_matrix(2 * x)\n"
            "    y.indices = np.array([7, 10**6], dtype=y.indices.dtype)\n    return y"
        )
        assert answer(judge, corrupt).score == 0
        vast = "import scipy.sparse as sp\ndef answer(x):\n    return sp.coo_array((10**9, 10**9))"
        assert "A has shape (1000000000, 1000000000), but shape (3, 3) was expected." in str(
            answer(judge, vast)
        )


@pytest.mark.parametrize(
    ("library", "value", "options"),
    [
        ("torch.nn", [("init",)], {}),
        ("torch.nn", [("Parameter", 3)], {}),
        ("torch.nn", [("nothing",)], {}),
        ("torch.nn", [("Linear", 2, 2)], {"dtype": "load"}),
        ("torch", [1.0], {"dtype": "load"}),
        ("sympy", "__import__('os')", {}),
    ],
)
def test_what_a_library_should_make_is_one_of_its_own_kinds(library, value, options):
    with pytest.raises(ValueError, match=r"has no|a text for sympy"):
        as_library(library, value, **options).made()
