"""Problem sets drafted from adopted assignments: they load, and their suites tell an answer from none."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.adopt.draft import Draft, draft_problem_set
from grader.adopt.recognise import read_assignment
from grader.errors import CourseError
from grader.pset import load_problem_set
from grader.validate.drafted import look_at_draft
from grader.validate.quick import examine

from . import nbgrader_courses, otter_courses
from .nbgrader_courses import writing as of_nbgrader
from .otter_courses import writing as of_otter

DRAFTED = {
    "hw01": ("otter", 4),
    "hw05": ("otter", 12),
    "roots": ("nbgrader", 6),
}
"""Assignments, and how many functions their suites get."""


def drafted(name: str, folder: Path, look: bool = True) -> tuple[Path, Draft]:
    """A course of our own, drafted as psets/hw."""
    courses, writing = (
        (otter_courses.COURSES, of_otter)
        if DRAFTED[name][0] == "otter"
        else (nbgrader_courses.COURSES, of_nbgrader)
    )
    (course,) = (one for one in courses if one.name == name)
    (folder / "given").mkdir()
    found = read_assignment(writing.write(course, folder / "given"))  # type: ignore[arg-type]
    target = folder / "course" / "psets" / "hw"
    return target, draft_problem_set(found, target, look=look_at_draft if look else None)


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Draft]]:
    """Each of them, drafted once."""
    return {name: drafted(name, tmp_path_factory.mktemp(name)) for name in DRAFTED}


@pytest.mark.parametrize("name", DRAFTED)
def test_a_draft_has_no_errors_and_its_suite_tells_an_answer_from_none(
    name: str, drafts: dict[str, tuple[Path, Draft]]
) -> None:
    target, draft = drafts[name]
    assert examine(target) == []
    pset = load_problem_set(target)
    assert len(pset.tests) == draft.turned == DRAFTED[name][1]
    seen = look_at_draft(target)
    assert (seen.failing, seen.passing) == (frozenset(), frozenset())
    for file in draft.files:
        assert (target / file).is_file()


def test_tests_become_checks_of_what_students_write(drafts: dict[str, tuple[Path, Draft]]) -> None:
    target, _ = drafts["hw01"]
    suite = (target / "suite" / "test_hw.py").read_text()
    assert 'cars = student.value("cars")' in suite
    assert "assert type(cars) in {int, float}" in suite
    assert "check_close(cars, 7980" in suite
    assert "A ferry carries 38 cars" in (target / "hw.md").read_text()
    assert "cars = ...  # SOLUTION: reference.hw.cars" in (target / "hw.md").read_text()
    assert "return 38 * 7 * 30" in (target / "../../reference/hw.py").read_text()


def test_what_is_left_out_says_so_with_its_points(drafts: dict[str, tuple[Path, Draft]]) -> None:
    target, draft = drafts["roots"]
    suite = (target / "suite" / "test_hw.py").read_text()
    assert "# TODO: newton-alone (1 point) is left out: it binds bisect itself." in suite
    assert "newton-alone is left out: it binds bisect itself." in draft.notes
    assert "newton has 2 points, 2 fewer than before." in draft.notes
    assert load_problem_set(target).question("newton").points == 2


def test_nothing_is_written_over_what_is_there(tmp_path: Path) -> None:
    target = tmp_path / "course" / "psets" / "hw"
    target.mkdir(parents=True)
    (target / "notes.txt").write_text("mine")
    with pytest.raises(CourseError, match="is not empty; choose a folder that does not exist yet"):
        drafted("hw01", tmp_path, look=False)
    assert [file.name for file in target.iterdir()] == ["notes.txt"]
    assert not (tmp_path / "course" / "reference").exists()


def test_a_draft_is_in_a_folder_of_problem_sets(tmp_path: Path) -> None:
    (tmp_path / "given").mkdir()
    found = read_assignment(of_otter.write(otter_courses.COURSES[0], tmp_path / "given"))
    with pytest.raises(CourseError, match=r"is in no folder psets/; choose one that is, such as psets/hw1"):
        draft_problem_set(found, tmp_path / "hw1")
    assert not (tmp_path / "hw1").exists()
