"""No file for students tells the value of a variable that they are asked for."""

import pytest

from grader.build.leaks import leaks_in_sources
from grader.build.values import AnswerValues
from tests.asking.answering import judge_of
from tests.pset.test_values import course


def found(text, pset):
    return AnswerValues(pset).found_in(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the slope is 4.038", "slope"),
        ("the slope is 4.0383685, or so", "slope"),
        ("x = 0.4038e1", "slope"),
        ("0.07102", "intercept"),
        ("it is 9.78", "g"),
        ("3.1885649018", "long_period"),
        ("14.038", ""),
        ("4.0380", ""),
        ("4.04", ""),
        ("4.0384685", ""),
        ("version 4.038.1", ""),
        ("9.8 m/s^2", ""),
        ("9.79", ""),
        ("", ""),
    ],
)
def test_a_number_is_recognised_by_its_first_digits(text, name):
    told = found(text, judge_of("variables").problem_set)
    assert (told[0] if told else "") == name


def test_a_text_is_recognised_and_a_short_answer_proves_nothing(tmp_path):
    edits = [("largest = max(parts)  # SOLUTION", "largest = 'a saddle, and no minimum'  # SOLUTION")]
    pset = course(tmp_path, *edits)
    assert found("It is\n  a saddle, and   no minimum.", pset) == ("largest", "a saddle, and no minimum")
    assert found("a saddle", pset) is None
    pset = course(tmp_path, ("largest = max(parts)  # SOLUTION", "largest = 5  # SOLUTION"))
    assert found("largest = 5", pset) is None


def test_what_reveals_a_value_is_found_by_file_and_line(tmp_path):
    assert list(leaks_in_sources(course(tmp_path))) == []
    (leak,) = leaks_in_sources(course(tmp_path, ("# Shares\n", "# Shares\n\nThe largest is 0.4706.\n")))
    assert "psets/shares/shares.md:3: this must not reach students: '0.4706' is the value of largest" in str(leak)


def test_given_data_may_hold_an_answer_by_chance(tmp_path):
    pset = course(tmp_path, ("1\n2\n4\n", "1\n2\n4\n"))
    (pset.data_dir / "other.csv").write_text("0.4705882\n")
    assert list(leaks_in_sources(pset)) == []


def test_code_of_the_course_that_fails_is_reported_elsewhere(tmp_path):
    assert found("0.4706", course(tmp_path, ("return data[0] / total", "return data[9] / total"))) is None
