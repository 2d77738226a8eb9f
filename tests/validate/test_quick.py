"""Errors that reading a course's files finds: leaks and dead entries; and how long that takes."""

# ruff: noqa: E501 - tables of whole sentences read better on one line each

import pytest
from click.testing import CliRunner

from grader.cli import main
from grader.pset import load_problem_set
from grader.validate import examine
from tests.pset.tiny import write_tiny_course

ENTRY = """- function: mean
  was: return accumulated / len(x)
  becomes: return accumulated * len(x)
  because: It is not, but it is a mutant.
"""


def found(folder):
    return [str(finding) for finding in examine(folder)]


def test_a_right_course_has_no_errors(tmp_path):
    folder = write_tiny_course(tmp_path)
    (folder / "equivalents.yaml").write_text(ENTRY)
    assert found(folder) == []


# leak → (file's stem, old text, new text, the sentence)
LEAKS = {
    "a public test": ("test_means", "    close(student.mean(np.array([1.0, 2.0, 6.0])), 3.0)", "    x = np.ones(3)\n    centre_of_mass = np.sum(x * x) / 3\n    accumulated = np.sum(x)\n    close(student.mean(x), accumulated / 3)", "psets/tiny/suite/test_means.py:24: the public test test_mean_of_three reveals a secret: 'accumulated = np.sum(x)' is a line of the reference (reference/means.py:23)"),
    "the handout's text": ("tiny", "Now with weights.", "Beware: You forget the\nweights.", "psets/tiny/tiny.md:30: this must not reach students: it contains a mistake's sentence"),
    "a cell": ("tiny", "print(mean(samples))", "print(mean(samples))\naccumulated = np.sum(x)", "psets/tiny/tiny.md:51: this must not reach students: 'accumulated = np.sum(x)' is a line of the reference"),
    "an alternative's name": ("tiny", "Now with weights.", "See mean_by_loop.", "psets/tiny/tiny.md:30: this must not reach students: it names mean_by_loop"),
    "an alternative's sentence": ("alternatives", '@alternative("mean")', '@alternative("mean", says="Means of numbers.")', "psets/tiny/tiny.md:3: this must not reach students: it contains an alternative's sentence"),
}  # fmt: skip


@pytest.mark.parametrize("case", LEAKS)
def test_a_leak_is_found_where_it_stands(tmp_path, case):
    stem, old, new, sentence = LEAKS[case]
    findings = found(write_tiny_course(tmp_path, **{stem: (old, new)}))
    assert any(finding.startswith(sentence) for finding in findings), findings


def test_a_leak_in_the_data_is_found(tmp_path):
    folder = write_tiny_course(tmp_path)
    (folder / "data" / "notes.txt").write_text("one\naccumulated = np.sum(x)\n")
    (finding,) = found(folder)
    assert finding.startswith("psets/tiny/data/notes.txt:2: this must not reach students")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("function: mean", "function: maen", "equivalents.yaml:1: the solution has no function maen; did you mean 'mean'?"),
        ("* len", "+ len", "equivalents.yaml:1: mean has no mutant that changes 'return accumulated / len(x)' to 'return accumulated + len(x)'; copy the lines"),
        ("It is not, but it is a mutant.", "' '", "equivalents.yaml:1: the mutant of mean has no reason; say why it is correct"),
        ("was: return", "was: [return", "equivalents.yaml:3: this is not YAML (did not find expected ',' or ']'); correct the line"),
    ],
)  # fmt: skip
def test_an_entry_that_names_no_mutant_is_found(tmp_path, old, new, sentence):
    folder = write_tiny_course(tmp_path)
    (folder / "equivalents.yaml").write_text(ENTRY.replace(old, new))
    (finding,) = found(folder)
    assert finding.startswith(f"psets/tiny/{sentence}")


def test_the_command_prints_each_error_and_runs_nothing(tmp_path):
    folder = write_tiny_course(tmp_path, pset=("points: 3", "points: 4"), tiny=("means.mean", "means.meen"))
    for arguments in (["--quick"], []):
        result = CliRunner().invoke(main, ["validate", str(folder), *arguments])
        assert result.exit_code == 1
        first, second, last = result.output.splitlines()
        assert first.startswith(
            "psets/tiny/pset.yaml:5: question 'q1' has 4 points but its tests add up to 3"
        )
        assert second.startswith("psets/tiny/tiny.md:23: reference/means.py has no function 'meen'")
        assert last.startswith("tiny: 2 errors in its files")


def test_a_seed_is_suggested_where_none_is_written_down(tmp_path):
    folder = write_tiny_course(tmp_path)
    result = CliRunner().invoke(main, ["validate", str(folder), "--quick"])
    assert result.exit_code == 0
    said, line, last = result.output.splitlines()
    assert said.startswith("psets/tiny/pset.yaml: a suggestion: ")
    assert last.startswith("tiny: no errors in its files")
    pset = folder / "pset.yaml"
    pset.write_text(f"{line}\n{pset.read_text()}")
    assert load_problem_set(folder).file.seed in line
    again = CliRunner().invoke(main, ["validate", str(folder), "--quick"])
    assert (again.exit_code, len(again.output.splitlines())) == (0, 1)


def test_the_largest_problem_set_of_this_course_has_no_errors():
    assert examine("psets/ps2") == []


PUBLIC = """

@question("q1", points=0, public=True)
def {name}(student):
    close(student.mean(np.array([1.0, 3.0])), 2.0)
"""


def test_two_public_tests_of_one_name_in_a_question_are_refused(tmp_path):
    folder = write_tiny_course(tmp_path)
    suite = folder / "suite" / "test_means.py"
    text = suite.read_text()
    head = text[: text.index("@question")]
    (folder / "suite" / "test_more.py").write_text(head + PUBLIC.format(name="test_again").lstrip())
    suite.write_text(text + PUBLIC.format(name="test_again"))
    assert any(
        "already has a public test test_again in psets/tiny/suite/test_means.py" in s for s in found(folder)
    )
