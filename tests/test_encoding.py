"""Results as JSON: exact to keep, rounded to read."""

from __future__ import annotations

import json
from fractions import Fraction

import msgspec
import pytest

from grader.encoding import decode_exact, encode_exact, encode_shown
from grader.results import Provenance, QuestionResult, SubmissionResult, TestResult

THIRD = Fraction(1, 3)


def a_result(**changed):
    tests = [
        TestResult(name=f"test_{n}", status="passed", score=THIRD, max_score=THIRD, visibility="hidden")
        for n in range(3)
    ]  # fmt: skip
    tests.append(
        msgspec.structs.replace(tests[0], name="test_more", score=2 * THIRD, max_score=2 * THIRD, bonus=True)
    )
    question = QuestionResult(id="q1", title="Thirds", score=5 * THIRD, max_score=Fraction(1), tests=tests)
    where = Provenance(
        submission_sha256="a" * 64, pset_sha256="b" * 64, gradmark="0.1", python="3.11", numpy="2.4", seed="5eed",
        isolation=[],
    )  # fmt: skip
    settled = {
        "submission": "somebody", "pset": "ps1", "student": None, "status": "graded", "reason": "", "score": 5 * THIRD,
        "max_score": Fraction(1), "questions": [question], "notebook_errors": [], "provenance": where,
    }  # fmt: skip
    return SubmissionResult(**(settled | changed))


def test_a_kept_result_comes_back_as_it_was():
    result = a_result()
    assert b'"1/3"' in encode_exact(result)
    assert decode_exact(encode_exact(result)) == result


def test_a_shown_result_has_numbers_of_two_decimals_and_is_read_back_as_it_stands():
    shown = json.loads(encode_shown(a_result()))
    assert (shown["score"], shown["max_score"]) == (1.67, 1.0)
    assert [test["score"] for test in shown["questions"][0]["tests"]] == [0.33, 0.33, 0.33, 0.67]
    again = decode_exact(encode_shown(a_result()))
    assert again.score == Fraction(167, 100)
    assert encode_shown(again) == encode_shown(a_result())


def test_bonus_is_written_only_where_there_is_one():
    question = json.loads(encode_shown(a_result()))["questions"][0]
    assert "bonus" not in question
    assert [test.get("bonus") for test in question["tests"]] == [None, None, None, True]
    assert not decode_exact(encode_shown(a_result())).questions[0].tests[0].bonus


def test_what_is_inherited_is_written_of_every_test():
    result = a_result()
    plain = json.loads(encode_shown(result))
    assert "unfollowed" not in plain
    assert plain["questions"][0]["tests"][0]["inherited"] is None
    result.unfollowed = True
    test = result.questions[0].tests[0]
    test.status, test.inherited = "failed", ["q2"]
    shown = json.loads(encode_shown(result))
    assert shown["unfollowed"] is True
    (first, *_) = shown["questions"][0]["tests"]
    assert (first["status"], first["inherited"], first["score"]) == ("failed", ["q2"], 0.33)
    assert first["message"].startswith("Right, given your answer to q2: mend that first.")
    assert decode_exact(encode_exact(result)) == result


@pytest.mark.parametrize("score", ["true", "null", '"much"', "1e999", '"1/0"'])
def test_what_is_no_number_of_points_is_no_result(score):
    text = encode_exact(a_result()).decode().replace('"score":"5/3"', f'"score":{score}', 1)
    with pytest.raises(msgspec.MsgspecError):
        decode_exact(text.encode())
