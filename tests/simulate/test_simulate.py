"""Made-up classes: the same for the same seed, true by construction, and compared with what grading gave."""

from __future__ import annotations

import csv
import json

import pytest
from click.testing import CliRunner

from grader.cli import main
from grader.encoding import encode_shown
from grader.pset import load_problem_set
from grader.simulate import KINDS, Classroom, check_truth, recorded, write_truth
from grader.simulate.answers import defined
from grader.simulate.draw import EITHER, FULL, LOST
from tests.asking.answering import judge_of
from tests.gradebook.course import result, who
from tests.pset.tiny import write_tiny_course


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return write_tiny_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def handins(tiny):
    classroom = Classroom(load_problem_set(tiny))
    yield list(classroom.draw(400, seed=5))
    classroom.close()


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_a_class_follows_from_its_seed_and_grows_at_its_end(tiny, handins):
    classroom = Classroom(load_problem_set(tiny))
    assert list(classroom.draw(30, seed=5)) == handins[:30]
    assert list(classroom.draw(30, seed=6)) != handins[:30]
    classroom.close()


def test_every_kind_occurs_with_groups_late_ones_and_second_attempts(handins):
    assert {handin.attempts[-1].kind for handin in handins} == set(KINDS)
    assert {len(handin.people) for handin in handins} == {1, 2, 3}
    assert {len(handin.attempts) for handin in handins} == {1, 2}
    assert 0 < sum(handin.attempts[-1].late for handin in handins) < 80
    people = [person.id for handin in handins for person in handin.people]
    assert len(set(people)) == len(people)
    assert len({handin.attempts[-1].content for handin in handins}) == len(handins)


def test_nothing_is_claimed_about_questions_that_use_a_wrong_function(handins):
    # weighted_mean calls mean in the reference, and the mistake `unweighted` does too
    wrong_mean = [h.attempts[-1] for h in handins if h.attempts[-1].mistakes == ("sum_for_mean",)]
    wrong_weights = [h.attempts[-1] for h in handins if h.attempts[-1].mistakes == ("unweighted",)]
    assert wrong_mean
    assert wrong_weights
    assert all(dict(attempt.verdicts) == {"q1": LOST, "q2": EITHER} for attempt in wrong_mean)
    assert all(dict(attempt.verdicts) == {"q1": FULL, "q2": LOST} for attempt in wrong_weights)


def test_an_answer_is_exchanged_and_what_stands_beside_it_stays(handins):
    whole = {"mean", "weighted_mean", "_total_weight"}
    for handin in handins:
        last = handin.attempts[-1]
        if last.kind in ("right", "right in another style", "mistake", "two mistakes", "raises"):
            cells = [cell["source"] for cell in json.loads(last.content)["cells"]]
            assert whole <= {name for cell in cells for name in defined(cell)}, last.kind


def test_answers_in_variables_are_made_up_too():
    classroom = Classroom(judge_of("variables").problem_set)
    made = [handin.attempts[-1] for handin in classroom.draw(400, seed=5)]
    classroom.close()
    troubles = {"does not parse", "raises", "crashes", "never ends", "hostile"}
    assert troubles <= {one.kind for one in made}
    for one in made:
        if one.kind in troubles or one.mistakes:
            assert LOST in one.verdicts.values(), one.kind
        if one.kind in ("right", "mistake", "raises"):
            cells = [cell["source"] for cell in json.loads(one.content)["cells"]]
            names = [
                name for cell in cells for name in defined(cell, ["slope", "intercept", "g", "long_period"])
            ]
            assert sorted(names) == ["g", "intercept", "long_period", "slope"], cells


@pytest.mark.parametrize(
    ("claimed", "agrees"), [(FULL, False), (LOST, False), ("inherited", True), (EITHER, True)]
)
def test_all_points_with_an_inherited_failure_are_neither_full_nor_lost(tmp_path, claimed, agrees):
    made = result("one", 3.0, 2.0, student=who(1))
    made.questions[1].tests[0].status, made.questions[1].tests[0].inherited = "failed", ["q1"]
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "one.json").write_bytes(encode_shown(made))
    row = {"ids": "s1", "attempt": "1", "attempts": "1", "status": "graded", "q1": FULL, "q2": claimed}
    write_truth([row], ["q1", "q2"], tmp_path / "truth.csv")
    wrong = check_truth(tmp_path / "truth.csv", tmp_path).wrong
    assert wrong == ([] if agrees else [f"one (), q2: inherited, not {claimed}"])


@pytest.fixture(scope="module")
def graded(tiny, tmp_path_factory):
    out = tmp_path_factory.mktemp("simulated")
    made = run(
        "simulate",
        tiny,
        "--count",
        40,
        "--seed",
        3,
        "--layout",
        "gradescope",
        "--archive",
        "zip",
        "--out",
        out,
    )
    assert made.exit_code == 0, made.output
    place = out / "assignment_4242_export.zip"
    done = run("grade", tiny, place, "--attempt", "all", "--jobs", 1, "--out", out / "graded")
    assert done.exit_code in (0, 1), done.output
    return out


def test_grading_agrees_with_the_truth(graded):
    rows = list(csv.DictReader((graded / "truth.csv").open(encoding="utf-8")))
    agreement = check_truth(graded / "truth.csv", graded / "graded")
    assert agreement.wrong == []
    assert agreement.misnamed == []
    assert agreement.submissions == len(rows) > 40
    assert agreement.mistakes > 3
    checked = run("simulate", "--check", graded, graded / "graded")
    assert checked.exit_code == 0
    assert "(100.00%)" in checked.output


@pytest.mark.parametrize("spoil", ["score", "status", "missing", "name"])
def test_disagreement_is_found(spoil, graded, tmp_path):
    results = tmp_path / "results"
    results.mkdir()
    paths = sorted((graded / "graded" / "results").glob("*.json"))
    full = next(p for p in paths if json.loads(p.read_text(encoding="utf-8"))["score"] == 5)
    for path in paths:
        result = json.loads(path.read_text(encoding="utf-8"))
        if path == full and spoil == "score":
            result["questions"][0]["score"] -= 0.5
        if path == full and spoil == "status":
            result["status"] = "rejected"
        if path == full and spoil == "name":
            named = {"name": "sum_for_mean", "says": "You sum.", "function": "mean"}
            result["questions"][0]["tests"][0]["explanation"] = {"mistakes": [named], "shown": []}
        if path != full or spoil != "missing":
            (results / path.name).write_text(json.dumps(result), encoding="utf-8")
    agreement = check_truth(graded / "truth.csv", tmp_path)
    assert (len(agreement.wrong), len(agreement.misnamed)) == ((0, 1) if spoil == "name" else (1, 0))


def test_the_truth_is_noted_as_the_class_goes_by(handins):
    rows = []
    assert list(recorded(handins[:3], rows)) == handins[:3]
    assert sum(row["attempt"] == row["attempts"] for row in rows) == 3


@pytest.mark.parametrize(("lost", "claim"), [(None, FULL), ("test_more", LOST), ("test_mean", LOST)])
def test_a_bonus_test_does_not_hide_what_another_lost(tmp_path, lost, claim):
    def a_test(name, **more):
        points = 0.0 if name == lost else 0.67
        return {"name": name, "status": "failed" if name == lost else "passed", "score": points, "max_score": 0.67,
                "visibility": "hidden", "message": "", **more}  # fmt: skip

    tests = [a_test("test_mean"), a_test("test_more", bonus=True)]
    score = 1.33 if lost is None else 0.67  # two thirds each, rounded once
    where = {"submission_sha256": "", "pset_sha256": "", "gradmark": "", "python": "", "numpy": "", "seed": "5eed",
             "isolation": []}  # fmt: skip
    question = {"id": "q1", "title": "Mean", "score": score, "max_score": 0.67, "tests": tests}
    result = {"submission": "s1", "pset": "tiny", "student": None, "status": "graded", "reason": "", "score": score,
              "max_score": 0.67, "questions": [question], "notebook_errors": [], "provenance": where}  # fmt: skip
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "s1.json").write_text(json.dumps(result))
    row = {"ids": "s1", "names": "S", "emails": "s@x", "logins": "s1", "attempt": "1", "attempts": "1",
           "kind": "right", "status": "graded", "q1": claim}  # fmt: skip
    write_truth([row], ["q1"], tmp_path / "truth.csv")
    assert check_truth(tmp_path / "truth.csv", tmp_path).wrong == []
