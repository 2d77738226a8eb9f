"""What a test does to objects that cannot be done is said when the suite is validated, not at a student's expense."""

from __future__ import annotations

import shutil

import pytest

from grader.pset import load_problem_set
from grader.validate.sandboxed import in_the_sandbox
from tests.asking.answering import COURSE

USES = {
    "equal": ("assert a == b", "is compared by `==`"),
    "sorted": ("assert len(sorted([a, b])) == 2", "raised TypeError"),
    "listed": ("assert b in [a]", "is compared by `==`"),
    "type": ('assert type(a).__name__ == "RunningStats"', "cannot use"),
    "inner": ("assert a.__dict__", ""),
    "truth": ("assert a", "truth value"),
    "copied": ("c = copy.deepcopy(a).add(5.0)\n    check_close(a.mean, 1.0)", "is wrong"),
    "ufunc": ("assert np.isfinite(np.asarray(a.mean)) and np.exp(a) is not None", "an object of your own"),
    "sets": ("student.RunningStats({1.0, 2.0})", "cannot be passed into the sandbox"),
}


@pytest.fixture(scope="module")
def problems(tmp_path_factory) -> dict[str, str]:
    """What validation says of each of these tests."""
    course = tmp_path_factory.mktemp("asking")
    for part in ("reference", "psets/objects"):
        shutil.copytree(COURSE / part, course / part)
    suite = course / "psets" / "objects" / "suite" / "test_uses.py"
    suite.write_text(
        "import copy\nimport numpy as np\nfrom grader import check_close, question\n\n"
        + "\n\n".join(
            f'@question("q1", points=0)\ndef test_{name}(student):\n'
            f"    a, b = student.RunningStats([1.0]), student.RunningStats([1.0])\n    {use}\n"
            for name, (use, _) in USES.items()
        )
    )
    problem_set = load_problem_set(course / "psets" / "objects")
    (found,) = in_the_sandbox(problem_set, [], [], problem_set.ids, lambda _: ())
    return {one.what.split(" fails test_", 1)[1].split(": ", 1)[0]: one.what for one in found}


def test_the_suite_as_it_is_has_no_problem(problems):
    assert set(problems) <= set(USES)


@pytest.mark.parametrize("name", [name for name in USES if name != "inner"])
def test_it_is_told_with_the_sentence_that_students_would_read(problems, name):
    assert USES[name][1] in problems[name]
