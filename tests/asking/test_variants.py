"""A variant for each student: everybody is judged by their own numbers, whatever their notebook holds."""

from __future__ import annotations

import pytest

from grader.results import StudentIdentity
from tests.asking.answering import failed, told
from tests.asking.variants_class import STUDENTS, OwnClass, write_class

FIT = "def fitted_stiffness(x, F):\n    "

RIGHT = {
    "as asked": "def force(x):\n    return -stiffness * x",
    "a copy under another name": "k = stiffness\n\ndef force(x):\n    return -(k * x)",
    "the number typed": "def force(x):\n    return -<stiffness> * x",
    "a default argument": "def force(x, k=stiffness):\n    return np.multiply(-k, x)",
    "a class": "class Spring:\n    def __init__(self, k):\n        self.k = k\n\n    def pull(self, x):\n"
    "        return -self.k * x\n\nforce = Spring(stiffness).pull",
    "a lambda": "force = lambda x: -stiffness * np.asarray(x)",
    "entry by entry": "def force(x):\n    x = np.asarray(x)\n"
    "    return np.array([-stiffness * one for one in x.ravel()]).reshape(x.shape)",
    "a partial": "from functools import partial\n\nforce = partial(np.multiply, -stiffness)",
    "math": "import math\n\nperiod = math.tau * math.sqrt(mass / stiffness)",
    "omega": "omega = np.sqrt(stiffness / mass)\nperiod = 2 * np.pi / omega",
    "numbers typed": "period = 2 * 3.141592653589793 * (<mass> / <stiffness>) ** 0.5",
    "an array of one": "period = (2 * np.pi * np.sqrt(np.array([mass]) / stiffness))[0]",
    "lstsq": f"{FIT}return np.linalg.lstsq(-x[:, np.newaxis], F, rcond=None)[0].item()",
    "normal equations": f"{FIT}A = -x.reshape(-1, 1)\n    return np.linalg.solve(A.T @ A, A.T @ F)[0]",
    "a loop": f"{FIT}top = bottom = 0.0\n    for a, b in zip(x, F):\n        top += a * b\n        bottom += a * a\n"
    "    return -top / bottom",
    "the file read again": "import csv\n\nwith open('readings.csv') as file:\n    rows = list(csv.DictReader(file))\n\n"
    f"{FIT}assert len(rows) == 20 and set(rows[0]) == {{'x', 'F'}}\n    return -np.dot(x, F) / np.dot(x, x)",
}

WRONG = {
    "the sign": ("def force(x):\n    return stiffness * x", "wrong sign: a spring pulls back"),
    "the weight": ("def force(x):\n    return -stiffness * x - mass * 9.81", "You add the weight"),
    "in grams": ("def force(x):\n    return -1000 * stiffness * x", "same factor"),
    "rounded": ("def force(x):\n    return -(stiffness // 3) * x", "force(x) is wrong"),
    "somebody's number typed": ("def force(x):\n    return -17.5 * x", "force(x) is wrong"),
    "no force at all": ("def force(x):\n    return 0 * x", "force(x) is wrong"),
    "without 2π": ("period = np.sqrt(mass / stiffness)", "You left out 2π"),
    "upside down": ("period = 2 * np.pi * np.sqrt(stiffness / mass)", "You divide the stiffness by the mass"),
    "the frequency": ("period = 1 / (2 * np.pi * np.sqrt(mass / stiffness))", "period is wrong"),
    "no root": ("period = 2 * np.pi * mass / stiffness", "period is wrong"),
    "a text": ("period = f'{2 * np.pi * np.sqrt(mass / stiffness):.3f} s'", "period"),
    "with an intercept": (f"{FIT}return -np.polyfit(x, F, 1)[0]", "fitted_stiffness(x, F) is wrong"),
    "ratios": (f"{FIT}return -np.mean(F / x)", "You average the ratios"),
    "the sign of the fit": (f"{FIT}return np.sum(x * F) / np.sum(x**2)", "has the wrong sign: F = −k x"),
    "the stiffness as given": (f"{FIT}return stiffness", "fitted_stiffness(x, F) is wrong"),
    "only the own readings": (f"{FIT}x, F = readings.T\n    return -(x @ F) / (x @ x)", "is wrong"),
}


EVIL = """import numpy as np

class Evil:
    def __eq__(self, other):
        return True

    def __bool__(self):
        1 / 0
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    made = OwnClass(tmp_path_factory.mktemp("own") / "course")
    with made.judge:
        yield made


def test_students_have_different_numbers(own):
    drawn = [own.of(student).drawing.values for student in STUDENTS]
    assert len({str(values) for values in drawn}) == len(STUDENTS)
    assert len({own.of(student).drawn_files["readings.csv"] for student in STUDENTS}) == len(STUDENTS)


@pytest.mark.parametrize("student", STUDENTS)
def test_everybody_gets_full_marks_for_their_own_solution(own, student):
    result = own.graded(student, own.cells(student))
    assert (failed(result), result.score) == ([], 7)
    assert (result.own_numbers.found, result.own_numbers.notice) == ("own", "")
    assert result.own_numbers.numbers["mass"] == repr(own.of(student).drawing.values["mass"])


@pytest.mark.parametrize("number", range(len(RIGHT)), ids=list(RIGHT))
def test_right(own, number):
    student = STUDENTS[number % len(STUDENTS)]
    result = own.graded(student, own.cells(student, list(RIGHT.values())[number]))
    assert (failed(result), result.own_numbers.notice) == ([], "")


@pytest.mark.parametrize("number", range(len(WRONG)), ids=list(WRONG))
def test_wrong(own, number):
    student = STUDENTS[number % len(STUDENTS)]
    answer, sentence = list(WRONG.values())[number]
    result = own.graded(student, own.cells(student, answer))
    assert sentence in told(result)
    assert result.own_numbers.found == "own"


def test_mistakes_are_named_with_every_students_numbers(own):
    for student in STUDENTS:
        for mistake in own.of(student).mistakes():
            result = own.graded(student, own.cells(student, mistake.cell))
            assert mistake.says in told(result)


# Whose numbers ---------------------------------------------------------------------------------------------------


def test_another_students_notebook_is_told_so_and_judged_by_the_own_numbers(own):
    result = own.graded("1001", own.cells("1002"))
    assert {test.name for test in failed(result)} >= {"test_force_at_one_position", "test_period"}
    assert result.own_numbers.found == "others"
    values, theirs = own.of("1001").drawing.values, own.of("1002").drawing.values
    notice = result.own_numbers.notice
    assert notice.startswith("These are another student's numbers: in your notebook ")
    assert f"stiffness = {theirs['stiffness']!r}" in notice
    assert f"stiffness = {values['stiffness']!r}" in notice
    assert "1002" not in notice


@pytest.mark.parametrize("easy", ["1", "1.0", "0", "-1", "10**5000", "float('nan')", "True", "'1' * 10**6"])
def test_easier_numbers_in_the_given_cell_gain_nothing(own, easy):
    cells = own.cells("1003")
    cells[0] = cells[0].replace("stiffness = ", f"stiffness = {easy}  #")
    result = own.graded("1003", cells)
    assert {"test_force_at_one_position", "test_period"} <= {test.name for test in failed(result)}
    assert result.own_numbers.found == "changed"
    assert len(result.own_numbers.notice) < 500


@pytest.mark.parametrize(
    "hostile", ["Evil()", "[1] * 10**6", "print", "np.ones(10)", "type('t', (float,), {})(3)"]
)
def test_an_object_in_place_of_a_number_decides_nothing(own, hostile):
    cells = own.cells("1003")
    cells[0] = cells[0].replace("stiffness = ", f"stiffness = {hostile}  #")
    cells.insert(0, EVIL)
    result = own.graded("1003", cells)
    assert result.own_numbers.found == "changed"
    assert "test_force_at_one_position" in {test.name for test in failed(result)}


def test_a_variable_that_is_used_for_something_else_later_is_no_matter(own):
    result = own.graded("1003", [*own.cells("1003"), "mass = np.linspace(0.1, 2)"])
    assert (result.score, result.own_numbers.found) == (7, "own")


def test_a_variable_that_ends_the_process_costs_nobody_the_result(own):
    cells = [
        *own.cells("1003"),
        "import os\nclass Deadly:\n    def __reduce__(self):\n        os._exit(1)\n    "
        "def __array__(self, *a, **k):\n        os._exit(1)\nmass = Deadly()",
    ]
    result = own.graded("1003", cells)
    assert result.status == "graded"
    assert result.score > 0


def test_a_mark_only_chooses_a_sentence(own):
    other = own.of("1002").drawing.variant
    result = own.graded("1001", own.cells("1001"), gradmark={"variant": other})
    assert (result.score, failed(result)) == (7, [])
    assert result.own_numbers.found == "mark"
    assert result.own_numbers.notice.startswith("This notebook was made for another student.")
    easy = own.graded("1001", own.cells("1002"), gradmark={"variant": other})
    assert easy.own_numbers.found == "others"
    assert easy.score < 7


@pytest.mark.parametrize(
    "mark",
    [None, 7, "", "x" * 10**6, ["0123456789ab"], {"variant": None}, {"variant": "f" * 10**6}, {"variant": "\ud800"},
     {"variant": {"a": 1}}, {"variant": "0123456789AB"}, {"variant": "0123456789ab"}, {"variant": "٠١٢٣٤٥٦٧٨٩ab"}],
)  # fmt: skip
def test_a_malformed_or_unknown_mark_is_ignored(own, mark):
    result = own.graded("1001", own.cells("1001"), gradmark=mark)
    assert (result.score, result.own_numbers.found) == (7, "own")


def test_another_students_data_beside_the_notebook_are_replaced(own):
    theirs = own.of("1002").drawn_files["readings.csv"]
    answer = f"{FIT}assert len(x) != 20 or np.array_equal(readings[:, 0], x)\n    return -np.sum(x * F) / np.sum(x**2)"
    result = own.graded("1001", own.cells("1001", answer), files={"readings.csv": theirs})
    assert failed(result) == []


def test_data_lie_beside_a_notebook_in_a_folder(own):
    from grader.judge import Submission
    from tests.notebooks import notebook

    files = {"hw/variants.ipynb": notebook(own.cells("1001")), "hw/readings.csv": b"nonsense"}
    result = own.judge.grade(Submission("someone", files, StudentIdentity("1001")))
    assert (result.score, result.notebook_errors) == (7, [])


# Who it is ---------------------------------------------------------------------------------------------------------


def test_the_address_finds_a_student_too(own):
    result = own.graded(StudentIdentity("", email="1002@Uni.Example"), own.cells("1002"))
    assert result.score == 7


@pytest.mark.parametrize(
    "student",
    [None, StudentIdentity(), StudentIdentity("9999"), StudentIdentity("", name="1001"),
     StudentIdentity("1001", email="1002@uni.example")],
)  # fmt: skip
def test_who_matches_nobody_waits_for_a_person(own, student):
    result = own.graded(student, own.cells("1001"))
    assert (result.status, result.score, result.waits) == ("rejected", 0, True)
    assert "nobody knows yet which ones are yours" in result.reason


def test_without_a_record_everybody_has_the_sample(tmp_path):
    course = OwnClass(tmp_path / "course")
    course.judge.close()
    (course.pset.path / "variants.json").unlink()
    again = OwnClass.__new__(OwnClass)
    from grader.judge import Judge
    from grader.pset import load_problem_set

    again.pset = load_problem_set(course.pset.path)
    with Judge(again.pset) as again.judge:
        result = again.graded(None, again.pset.solution_cells())
    assert (result.score, failed(result)) == (7, [])


def test_many_variants_are_not_all_kept(own):
    for student in STUDENTS * 2:
        own.graded(student, own.cells(student, "def force(x):\n    return stiffness * x"))
    assert len(own.judge._expectations._kept) <= 8


def test_a_record_that_cannot_be_read_stops_everything(tmp_path):
    from grader.errors import CourseError
    from grader.pset import load_problem_set

    pset = write_class(tmp_path / "course")
    for broken in (
        "",
        "[",
        "{}",
        '[{"id": 7}]',
        '[{"id": "a", "variant": "b", "numbers": {"stiffness": [1]}}]',
    ):
        (pset.path / "variants.json").write_text(broken)
        with pytest.raises(CourseError, match=r"variants.json cannot be read .*restore it from a backup"):
            load_problem_set(pset.path)
