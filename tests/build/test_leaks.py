"""A leak planted in what students get is found in any kind of file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from grader.build import assert_no_answers, build
from grader.errors import CourseError
from grader.pset import load_problem_set
from tests.pset.tiny import SEED, write_tiny_course

LEAKS = {
    "a solution line": ("centre_of_mass = np.sum(weighted) / _total_weight(w)", "line of the reference"),
    "a line respaced": ("\tcentre_of_mass=np.sum( weighted )/_total_weight(w)  # x", "line of the reference"),
    "an answer under another name": ("m = np.sum(weighted) /  _total_weight(w)", "expression of the reference"),
    "a hidden test's line": ("    secret_sample = rng.normal(size=17)", "line of a hidden test"),
    "a hidden test's name": ("see test_mean_secretly", "test_mean_secretly"),
    "a mistake's sentence": ("Note: You forget  the weights.", "a mistake's sentence"),
    "a mistake's name": ("sum_for_mean", "sum_for_mean"),
    "a solution marker": ("# BEGIN SOLUTION", "BEGIN SOLUTION"),
    "a handout marker": ("# SOLUTION: reference.means.mean", "SOLUTION:"),
    "an import": ("from reference.means import mean", "imports the reference"),
    "the seed": (f"as in {SEED!r}", "the problem set's seed"),
    "the model answer": ("Because heavy samples pull the centre\ntowards themselves.", "the model answer"),
}  # fmt: skip


def copied(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built / "student", tmp_path / "student"))


def test_what_is_built_holds_no_answer(tiny, built):
    assert_no_answers(built / "student", tiny)
    assert_no_answers(built / "tiny-student.zip", tiny)


@pytest.mark.parametrize("leak", LEAKS)
@pytest.mark.parametrize("place", ["cell", "output", "metadata", "tests/q1.py", "README.md"])
def test_a_planted_leak_is_found(tiny, built, tmp_path, leak, place):
    text, problem = LEAKS[leak]
    student = copied(built, tmp_path)
    if "." in place:
        with (student / place).open("a") as file:
            file.write(f"\n{text}\n")
    else:
        notebook = json.loads((student / "tiny.ipynb").read_text())
        cell = next(c for c in notebook["cells"] if c["cell_type"] == "code")
        if place == "cell":
            cell["source"] = text.splitlines(keepends=True)
        elif place == "output":
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": [text]}]
        else:
            notebook["metadata"]["note"] = text
        (student / "tiny.ipynb").write_text(json.dumps(notebook))
    with pytest.raises(CourseError, match=problem) as raised:
        assert_no_answers(student, tiny)
    assert SEED not in str(raised.value)


@pytest.mark.parametrize(
    "name",
    ["reference/means.py", "suite/test_x.py", "mistakes.py", "mistakes/x.py", "tests/__pycache__/q1.pyc"],
)
def test_a_planted_file_is_found(tiny, built, tmp_path, name):
    student = copied(built, tmp_path)
    (student / name).parent.mkdir(parents=True, exist_ok=True)
    (student / name).write_bytes(b"x")
    with pytest.raises(CourseError, match="must not reach students"):
        assert_no_answers(student, tiny)


def test_a_handout_that_tells_the_answer_is_not_built(tmp_path):
    told = "print(mean(samples))\naccumulated = np.sum(x)\n"
    pset = load_problem_set(write_tiny_course(tmp_path / "course", tiny=("print(mean(samples))\n", told)))
    with pytest.raises(CourseError, match=r"line of the reference \(reference/means.py:"):
        build(pset, tmp_path / "out")
    assert not (tmp_path / "out").exists()
