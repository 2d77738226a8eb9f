"""Points in a validation's table."""

from __future__ import annotations

import json
from fractions import Fraction

import msgspec

from grader.encoding import enc_hook_shown
from grader.validate.report import QuestionRow, Report


def a_row(name, points, **more):
    return QuestionRow(
        id=name, tests=1, points=Fraction(points), milliseconds=1.0, mistakes=1, mistakes_caught=1, mutants=1,
        mutants_caught=1, equivalent=0, **more,
    )  # fmt: skip


def test_thirds_add_up_and_bonus_questions_are_in_no_sum():
    rows = [a_row("q1", "1/3"), a_row("q2", "2/3"), a_row("q3", 5, bonus=True)]
    report = Report(pset="tiny", seeds=[1], questions=rows)
    lines = [line.split() for line in report.text().splitlines() if line.strip().startswith(("q", "all "))]
    assert [line[:-4] for line in lines[1:4]] == [
        ["q1", "1", "0.33"],
        ["q2", "1", "0.67"],
        ["q3", "(bonus)", "1", "5"],
    ]
    assert lines[4][:3] == ["all", "3", "1"]
    shown = json.loads(msgspec.json.encode(report, enc_hook=enc_hook_shown))["questions"]
    assert [(row["points"], row.get("bonus")) for row in shown] == [(0.33, None), (0.67, None), (5.0, True)]
