"""What may be preloaded: a forked child has none of the threads of its template."""

from __future__ import annotations

import subprocess
import sys

import pytest

from grader.limits import Limits
from grader.pset import load_problem_set
from grader.sandbox.outside.host import Sandbox, _clean_environment
from grader.validate import validate
from tests.asking.libraries.small import judge_for

THREADS = """
import os, sys
before = len(os.listdir("/proc/self/task"))
__import__(sys.argv[1])
print(len(os.listdir("/proc/self/task")) - before)
"""


@pytest.mark.parametrize(
    "module", ["torch", "torch.nn", "jax", "jax.numpy", "scipy.sparse", "sympy", "pandas"]
)
def test_importing_a_library_starts_no_thread(module):
    said = subprocess.run(
        [sys.executable, "-c", THREADS, module],
        env=_clean_environment("/tmp"),
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "0"


def test_all_of_them_can_be_preloaded_together():
    preload = ["numpy", "scipy.sparse", "sympy", "pandas", "torch", "jax.numpy"]
    with Sandbox(preload=preload, limits=Limits(), unsafe=True) as sandbox:
        sandbox.start()
        assert sandbox.problems == {}


def test_validation_says_that_memory_is_too_little_for_a_library(tmp_path):
    reference = "import jax.numpy as jnp\n\n\ndef answer(x):\n    return jnp.tanh(x)\n"
    test = "x = rng.normal(size=3)\ncheck_close(student.answer(x), np.tanh(x))"
    judge_for(tmp_path, test, preload="numpy, jax.numpy", reference=reference, memory_mb=512).close()
    report = validate(load_problem_set(tmp_path / "psets" / "one"), workers=1)
    (found,) = [problem.what for problem in report.problems if problem.kind == "too little memory"]
    assert "passes with memory_mb: 2048, and not with 512" in found
