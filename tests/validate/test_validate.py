"""A suite that deserves trust passes; every reason for distrust is reported."""

import json

import pytest
from click.testing import CliRunner

from grader.cli import main
from grader.errors import CourseError
from grader.pset import load_problem_set
from grader.validate import validate
from tests.pset.tiny import write_tiny_course

EQUIVALENTS = """
- function: _total_weight
  was: return max(math.fsum(w.tolist()), FLOOR)
  becomes: return max(math.fsum(w), FLOOR)
  because: Only the speed differs.
"""


@pytest.fixture
def course(tmp_path):
    return write_tiny_course(tmp_path)


def spoil(pset, file, old, new):
    path = pset / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def problems(pset, **options):
    report = validate(load_problem_set(pset), workers=2, **options)
    return report, {(problem.kind, problem.what) for problem in report.problems}


def kinds(found, kind):
    return [what for k, what in found if k == kind]


def test_the_little_course_is_trusted_but_for_mutants_of_what_it_cannot_see(course):
    report, found = problems(course)
    assert {kind for kind, _ in found} <= {"mutant survives"}
    assert all("math.fsum(w)" in what or "0 * mean(x)" in what for _, what in found)
    assert [(one.kind, one.trials, one.right) for one in report.naming] == [
        ("one mistake", 2, 2),
        ("one in each of two functions", 1, 1),
    ]
    rows = {row.id: row for row in report.questions}
    assert set(rows) == {"q1", "q2"}
    assert (rows["q1"].mistakes, rows["q1"].mistakes_caught) == (1, 1)
    assert rows["q1"].mutants == rows["q1"].mutants_caught > 0
    assert "mistakes caught" in report.text()


def test_a_suite_that_lets_answers_through_is_found_out(course):
    suite = "suite/test_means.py"
    spoil(course, suite, "if not abs(got - expected) <= BOUND", "if abs(got - expected) > 1e9")
    _, found = problems(course)
    assert any("unweighted" in what for what in kinds(found, "mistake not caught"))
    assert any("sum_for_mean" in what for what in kinds(found, "mistake not caught"))
    assert kinds(found, "mutant survives")


def test_a_test_that_a_stub_passes_is_reported(course):
    spoil(
        course, "suite/test_means.py", "    close(student.mean(np.array([1.0, 2.0, 6.0])), 3.0)", "    pass"
    )
    _, found = problems(course)
    reported = kinds(found, "passes without an answer")
    assert sorted(what.split(";")[0] for what in reported) == [
        "test_mean_of_three passes for a blank notebook",
        "test_mean_of_three passes for a starter notebook",
    ]


def test_a_right_answer_that_fails_is_reported(course):
    spoil(course, "alternatives.py", "return total / len(x)", "return total / len(x) + 1e-6")
    _, found = problems(course)
    assert any("mean_by_loop fails test_mean_of_three" in w for w in kinds(found, "right answer fails"))


def test_a_flaky_test_is_reported(course):
    spoil(
        course,
        "suite/test_means.py",
        "    close(student.mean(secret_sample), ref.mean(secret_sample))",
        "    close(student.mean(secret_sample), ref.mean(secret_sample) + 2 * BOUND * (rng.random() < 0.4))",
    )
    _, found = problems(course)
    assert any("test_mean_secretly" in what and "of 20 seeds" in what for what in kinds(found, "flaky test"))


def test_a_mistake_that_never_ends_is_caught_and_does_not_stop_the_rest(course, monkeypatch):
    monkeypatch.setattr("grader.validate.run.TRIAL_SECONDS", 8.0)
    spoil(course, "pset.yaml", "data: data", "data: data\nlimits: {call_seconds: 2}")
    spoil(course, "mistakes.py", "    return np.sum(x)", "    while True:\n        pass")
    report, found = problems(course)
    assert not kinds(found, "mistake not caught")
    assert kinds(found, "mistake never named")
    assert report.naming[0].trials == 2


def test_two_mistakes_that_behave_alike_cannot_be_named(course):
    text = (course / "mistakes.py").read_text()
    twin = text[text.index('@mistake("mean"') :].split("\n\n\n")[0].replace("sum_for_mean", "sum_again")
    (course / "mistakes.py").write_text(text + "\n\n" + twin + "\n")
    _, found = problems(course)
    assert len(kinds(found, "mistake never named")) == 2
    assert not kinds(found, "wrong name")


def test_equivalents_are_justified_and_stale_ones_reported(course):
    (course / "equivalents.yaml").write_text(EQUIVALENTS)
    report, found = problems(course)
    assert [survivor.because for survivor in report.survivors if survivor.because] == [
        "Only the speed differs."
    ]
    assert not kinds(found, "stale entry")
    assert not any("fsum(w)" in what for what in kinds(found, "mutant survives"))
    (course / "equivalents.yaml").write_text(
        EQUIVALENTS.replace("return max(math.fsum(w), FLOOR)", "return 7")
    )
    _, found = problems(course)
    assert kinds(found, "stale entry")


@pytest.mark.parametrize(
    "text", ["- {function: f}", "[", "- {function: f, was: a, becomes: b, because: ' '}"]
)
def test_an_unreadable_list_of_equivalents_is_said_so(course, text):
    (course / "equivalents.yaml").write_text(text)
    with pytest.raises(CourseError, match=r"equivalents\.yaml"):
        validate(load_problem_set(course), workers=1)


def test_the_command_writes_json_and_a_page_and_its_exit_code_says_whether_all_holds(course, tmp_path):
    target, page = tmp_path / "out.json", tmp_path / "out.html"
    files = ["--json", str(target), "--html", str(page)]
    run = CliRunner().invoke(main, ["validate", str(course), *files, "--jobs", "1"])
    document = json.loads(target.read_text())
    assert run.exit_code == (0 if document["ok"] else 1)
    assert document["psets"][0]["pset"] == "tiny"
    assert "one mistake: 2 planted, 2 named rightly (100.0%)" in run.output
    written = page.read_text(encoding="utf-8")
    assert "Do the suites deserve trust?" in written
    assert "<td>Mean of three</td>" in written
