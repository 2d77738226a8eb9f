"""A test draws the same numbers whatever else of the suite changes, and a public one the same at home."""

# ruff: noqa: E501 - a table of changes reads better on one line each

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from grader.build import build
from grader.judge import Judge
from grader.judge.plugin import following
from grader.judge.runner import SuiteRunner
from grader.local import check_notebook
from grader.points import number
from grader.pset import load_problem_set
from grader.pset.suitefile import read_suite
from grader.student import LocalStudent
from grader.submission import Submission
from tests.notebooks import notebook, submission_cells
from tests.pset.tiny import SEED, SEEDED, write_tiny_course

PUBLIC = """
@question("q1", points=0.1, public=True)
def test_public(student, rng):
    close(student.mean(rng.normal(size=3)), 7)


@question("q1", points=0.1, public=True)
@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize(("size", "power"), [(2, 1), (3, 2), (2, 1)])
def test_public_cases(student, scale, size, power, rng):
    close(student.mean(scale * rng.normal(size=size) ** power), 7)
"""
HIDDEN = """

@question("q1", points=0.1)
@pytest.mark.parametrize("size", [2, 5])
def test_cases(student, size, rng):
    student.mean(rng.normal(size=size))
"""
ADDED = """

@question("q1", points=0.5)
def test_added(student, rng):
    student.mean(rng.normal(size=3))
"""


@pytest.fixture
def folder(tmp_path):
    """The tiny problem set with a seed, public tests that draw, and a hidden one with cases."""
    folder = write_tiny_course(tmp_path / "course", pset=SEEDED)
    edit(folder, "", PUBLIC + HIDDEN)
    return folder


def edit(folder: Path, old: str, new: str, file: str = "test_means.py") -> None:
    """Change the suite, where ``old`` stands or at its end, and the questions' points with it."""
    path = folder / "suite" / file
    text = path.read_text() if path.exists() else ""
    assert old in text
    path.write_text(text.replace(old, new, 1) if old else text + new)
    points: Counter[str] = Counter()
    for test in read_suite(folder / "suite", folder.parents[1]):
        points[test.question] += test.points * (test.cases or 0)
    settings = (folder / "pset.yaml").read_text()
    for question, total in points.items():
        settings = re.sub(rf"(id: {question}, .*?points: )[\d.]+", rf"\g<1>{number(total)}", settings)
    (folder / "pset.yaml").write_text(settings)


def drawn(folder: Path, draw: int = 0) -> dict[str, list]:
    """For each test, what it called the student's functions with."""
    runner = SuiteRunner(load_problem_set(folder))
    numbers: dict[str, list] = {}

    def run(plugin):
        for test, after in following(plugin.tests):
            calls = numbers.setdefault(test.name, [])

            def kept(*arguments, calls=calls):
                calls.append([np.asarray(one).tolist() for one in arguments])
                return 0.0

            plugin.run(test, LocalStudent({"mean": kept, "weighted_mean": kept}), draw, after)

    try:
        runner.submit(run)
    finally:
        runner.close()
    return numbers


def reversed_tests(folder: Path) -> None:
    """The suite's tests in the opposite order."""
    file = folder / "suite" / "test_means.py"
    head, *tests = re.split(r"(?m)^(?=@question)", file.read_text())
    file.write_text(head + "\n\n".join(test.strip() + "\n" for test in reversed(tests)))


# what changes → how, and the tests that it concerns
CHANGES = {
    "a test changed": (lambda f: edit(f, "rng.normal(size=17)", "rng.normal(size=18)"), {"test_mean_secretly"}),
    "a test renamed": (lambda f: edit(f, "def test_mean_secretly", "def test_mean"), {"test_mean_secretly", "test_mean"}),
    "a test removed": (lambda f: edit(f, HIDDEN, ""), {"test_cases[2]", "test_cases[5]"}),
    "a test added at the end": (lambda f: edit(f, "", ADDED), {"test_added"}),
    "a test added in front": (lambda f: edit(f, '@question("q1"', ADDED + '@question("q1"'), {"test_added"}),
    "a file added": (lambda f: edit(f, "", "from grader import question\n" + ADDED, "test_again.py"), {"test_added"}),
    "a case added in front": (lambda f: edit(f, "[2, 5]", "[1, 2, 5]"), {"test_cases[1]"}),
    "a helper changed": (lambda f: edit(f, "BOUND = 1e-9", "BOUND = 1e-8"), set()),
    "the tests reversed": (reversed_tests, set()),
    "a hidden test made public": (lambda f: edit(f, '"q1", points=0.1)', '"q1", points=0.1, public=True)'), {"test_cases[2]", "test_cases[5]"}),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_moves_no_other_tests_numbers(folder, change):
    made, concerned = CHANGES[change]
    before = drawn(folder)
    made(folder)
    after = drawn(folder)
    assert {name for name in before | after if before.get(name) != after.get(name)} == concerned


def test_the_course_may_lie_anywhere(folder, tmp_path):
    course = shutil.copytree(folder.parents[1], tmp_path / "elsewhere" / "a second course")
    renamed = (course / "psets" / "tiny").rename(course / "psets" / "small")
    (renamed / "tiny.md").rename(renamed / "small.md")
    assert drawn(renamed) == drawn(folder)


def test_tests_and_their_cases_draw_numbers_of_their_own(folder):
    edit(folder, "", HIDDEN.replace("def test_cases", "def test_more").replace("[2, 5]", "[5, 5]"))
    numbers = drawn(folder)
    fives = [numbers[name] for name in ("test_cases[5]", "test_more[5_0]", "test_more[5_1]")]
    assert len({json.dumps(one) for one in fives}) == 3


def test_equal_names_in_two_files_draw_numbers_of_their_own(folder):
    edit(folder, HIDDEN, "")
    edit(folder, "", "import pytest\nfrom grader import question\n" + HIDDEN, "test_again.py")
    again = drawn(folder)
    edit(folder, "", HIDDEN)
    (folder / "suite" / "test_again.py").unlink()
    edit(folder, "", "")
    first = drawn(folder)
    assert again["test_cases[5]"] != first["test_cases[5]"]


def test_another_seed_changes_what_hidden_tests_draw_and_public_ones_not(folder):
    before = drawn(folder)
    (folder / "pset.yaml").write_text((folder / "pset.yaml").read_text().replace(SEED, SEED[::-1]))
    after = drawn(folder)
    same = {name for name in before if before[name] == after[name]}
    assert same == {name for name in before if "public" in name or "three" in name or "small" in name}


def test_validation_tries_other_draws_of_every_test(folder):
    first, second = drawn(folder), drawn(folder, 1)
    changed = {name for name in first if first[name] != second[name]}
    assert changed == {name for name in first if "three" not in name and "small" not in name}


def test_without_a_seed_the_draws_follow_from_the_suites_content(folder):
    (folder / "pset.yaml").write_text((folder / "pset.yaml").read_text().replace(f'seed: "{SEED}"\n', ""))
    before = drawn(folder)
    assert drawn(folder) == before
    edit(folder, "BOUND = 1e-9", "BOUND = 1e-8")
    assert drawn(folder)["test_mean_secretly"] != before["test_mean_secretly"]


def test_a_public_test_draws_at_home_what_it_draws_in_grading(folder, tmp_path):
    """The exported file, in the built folder, against the sandbox: the messages show the numbers."""
    (student, _) = build(load_problem_set(folder), tmp_path / "built")
    told = {"mean": "def mean(x):\n    return float(np.asarray(x) @ np.arange(1.0, len(x) + 1))"}
    problem_set = load_problem_set(folder)
    content = notebook(submission_cells(problem_set, told))
    (student / "mine.ipynb").write_bytes(content)
    (home,) = check_notebook(student / "mine.ipynb", "q1").questions
    with Judge(problem_set) as grader:
        graded = grader.grade(Submission("someone", {"tiny.ipynb": content})).questions[0].tests
    at_home = [test.message for test in home.tests]
    in_grading = [test.message for test in graded if test.visibility == "visible"]
    assert len(set(at_home)) == len(at_home) == 10
    assert at_home == in_grading


def test_how_a_question_behaved_keeps_its_digest_when_another_test_changes(folder):
    def digests():
        problem_set = load_problem_set(folder)
        wrong = {"mean": "def mean(x):\n    return float(np.sum(x))"}
        content = notebook(submission_cells(problem_set, wrong))
        with Judge(problem_set) as grader:
            grader.grade(Submission("someone", {"tiny.ipynb": content}))
            return {one.question: one.digest for one in grader.behaviour.questions}

    before = digests()
    assert set(before) == {"q1"}
    edit(folder, "rng.normal(size=5)", "rng.normal(size=5) + 1")
    reversed_tests(folder)
    assert digests() == before
