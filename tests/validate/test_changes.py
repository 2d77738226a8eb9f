"""A question that held is validated again if and only if something it depends on changes."""

import contextlib
import shutil

import pytest

from grader.pset import load_problem_set
from grader.validate import Report, validate
from grader.validate.bench import Bench
from grader.validate.changes import Validated
from tests.pset.tiny import SEEDED, write_tiny_course
from tests.validate.planting import FREE, TWO_WAYS, edited_course


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """A course whose two questions hold, with reasons for the mutants that survive."""
    course = tmp_path_factory.mktemp("course")
    folder = write_tiny_course(course, means=(" + 0 * mean(x)", ""))
    entries = [
        {"function": s.function, "was": s.was, "becomes": s.becomes, "because": "Only the speed differs."}
        for s in validate(load_problem_set(folder), workers=1).survivors
    ]
    import yaml

    (folder / "equivalents.yaml").write_text(yaml.safe_dump(entries))
    assert validate(load_problem_set(folder), workers=1).ok
    return folder


def changed(folder):
    report = validate(load_problem_set(folder), workers=1, changed=True)
    return {row.id for row in report.questions}


@pytest.mark.parametrize(
    ("file", "old", "new", "questions"),
    [
        ("tiny.md", "Means of numbers.", "Means of many numbers.", set()),
        ("mistakes.py", "You forget the weights.", "You forgot the weights.", {"q2"}),
        ("alternatives.py", "total = 0.0", "total = 0", {"q1"}),
        ("suite/test_means.py", "size=17", "size=18", {"q1", "q2"}),
        ("pset.yaml", "data: data", "data: data\nseed: a seed that is long enough", {"q1", "q2"}),
        ("pset.yaml", 'title: "Mean"', 'title: "The mean"', {"q1"}),
        ("../../reference/means.py", "FLOOR = 1e-12", "FLOOR = 1e-13", {"q1", "q2"}),
    ],
)
def test_what_changed_is_validated_again(held, tmp_path, file, old, new, questions):
    course = held.parents[1]
    folder = shutil.copytree(course, tmp_path / "course") / held.relative_to(course)
    path = folder / file
    text = path.read_text()
    assert old in text
    assert changed(folder) == set()
    path.write_text(text.replace(old, new))
    assert changed(folder) == questions
    assert changed(folder) == set()


@pytest.mark.parametrize(("seeded", "questions"), [(True, {"q2"}), (False, {"q1", "q2"})])
def test_a_test_in_another_file_concerns_a_question_where_it_changes_its_draws(tmp_path, seeded, questions):
    folder = write_tiny_course(tmp_path, **({"pset": SEEDED} if seeded else {}))
    suite = folder / "suite" / "test_means.py"
    head, first, *others, last = suite.read_text().split('@question("q')
    suite.write_text('@question("q'.join([head, first, *others]))
    other = folder / "suite" / "test_weights.py"
    other.write_text('@question("q'.join([head, last]))
    with contextlib.closing(Bench(load_problem_set(folder))) as bench:
        Validated(bench, 1).keep(Report(pset="tiny", seeds=[0]), ["q1", "q2"])
    other.write_text(other.read_text().replace("size=5", "size=6"))
    with contextlib.closing(Bench(load_problem_set(folder))) as bench:
        validated = Validated(bench, 1)
    assert {question for question in ("q1", "q2") if not validated.holds(question)} == questions


def test_what_does_not_hold_is_validated_until_it_does(held):
    path = held / "mistakes.py"
    text = path.read_text()
    path.write_text(text.replace("    return np.sum(x)", "    return np.sum(x) / len(x)"))
    assert changed(held) == {"q1"}
    report = validate(load_problem_set(held), workers=1, changed=True)
    assert {row.id for row in report.questions} == {"q1"}
    assert not report.ok
    assert "skipped, because they passed before and have not changed: q2" in report.text()
    path.write_text(text)
    assert changed(held) == {"q1"}
    assert changed(held) == set()


@pytest.mark.parametrize(("old", "new"), [("0.125", "0.75"), ("np.sum(x) * len(x)", "np.sum(x) * x.size")])
def test_what_a_mistake_is_in_another_form_concerns_its_questions(tmp_path, old, new):
    before, after = (
        edited_course(tmp_path / name, TWO_WAYS.replace(was, becomes), FREE.replace(was, becomes))
        for name, was, becomes in (("before", old, old), ("after", old, new))
    )
    digests = []
    for folder in (before, after):
        with contextlib.closing(Bench(load_problem_set(folder))) as bench:
            digests.append(Validated(bench, 1)._now)
    concerned = {question for question in digests[0] if digests[0][question] != digests[1][question]}
    assert concerned == ({"q2"} if old == "0.125" else {"q1", "q2"}), "q2 uses the mean"
