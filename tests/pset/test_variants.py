"""A problem set's mistakes may be spread over the files of a folder, which changes nothing else."""

from __future__ import annotations

import pytest

from grader.errors import CourseError
from grader.pset import check_course, load_problem_set
from tests.pset.tiny import write_tiny_course

HEAD = '"""Wrong versions."""\n\nimport numpy as np\n\nfrom grader import mistake\n\n\n'
WEIGHTED = '@mistake("weighted_mean", says="You forget the weights.")\ndef unweighted(x, w):\n    return np.mean(x)\n'
SUM = '@mistake("mean", says="You return the sum.")\ndef sum_for_mean(x):\n    return np.sum(x)\n'


def tiny_course(place, **files):
    """The tiny problem set with a folder mistakes/ of these files in the place of mistakes.py."""
    folder = write_tiny_course(place)
    (folder / "mistakes.py").unlink()
    (folder / "mistakes").mkdir()
    for name, text in files.items():
        (folder / "mistakes" / f"{name}.py").write_text(HEAD + text)
    return folder


def test_the_files_of_a_folder_are_read_together_in_the_questions_order(tmp_path):
    folder = tiny_course(tmp_path, a_weighted=WEIGHTED, b_mean=SUM)
    problem_set = load_problem_set(folder)
    assert [one.name for one in problem_set.mistakes()] == ["sum_for_mean", "unweighted"]
    assert [one.where for one in problem_set.mistakes()] == [
        "psets/tiny/mistakes/b_mean.py:9",
        "psets/tiny/mistakes/a_weighted.py:9",
    ]
    assert check_course(problem_set) == []


def test_an_edit_of_a_helper_is_a_version_of_the_function_that_uses_it(tmp_path):
    edit = 'mistake("weighted_mean", "weights_counted", {"math.fsum(w.tolist())": "len(w)"}, says="You count.")\n'
    folder = tiny_course(tmp_path, a_weighted=edit, b_mean=SUM)
    assert check_course(load_problem_set(folder)) == []


def test_every_file_of_the_folder_decides_what_is_explained(tmp_path):
    folder = tiny_course(tmp_path, a_weighted=WEIGHTED, b_mean=SUM)
    before = load_problem_set(folder).digest
    (folder / "mistakes" / "b_mean.py").write_text(HEAD + SUM.replace("the sum", "a sum"))
    after = load_problem_set(folder).digest
    assert after.judging == before.judging
    assert after.explaining != before.explaining


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("sum_for_mean", "sum_for_mean is also in psets/tiny/mistakes/a.py:9; rename one"),
        ("total", "total is the same code as sum_for_mean in psets/tiny/mistakes/a.py:9; remove one"),
    ],
)
def test_a_mistake_that_stands_in_two_files_is_found(tmp_path, name, sentence):
    folder = tiny_course(tmp_path, a=SUM, b=SUM.replace("sum_for_mean", name))
    try:
        found = [str(finding) for finding in check_course(load_problem_set(folder))]
    except CourseError as error:
        found = [str(error)]
    assert found == [f"psets/tiny/mistakes/b.py:9: {sentence}"]


def test_an_edit_of_a_helper_has_the_parameters_of_the_function_itself(tmp_path):
    edit = 'mistake("weighted_mean", "no_floor", {"max(math.fsum(w.tolist()), FLOOR)": "sum(w)"}, says="No floor.")\n'
    folder = tiny_course(tmp_path, a=edit)
    assert check_course(load_problem_set(folder)) == []
