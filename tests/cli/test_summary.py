"""What a grading run ends with: a summary that fits on the screen, however large the class and whatever happened."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from grader.batch.classes import GradedClass
from grader.batch.run import Batch
from grader.cli import main
from grader.cli.display import _points, class_json, show_class
from grader.intake import Intake, Unused
from tests.pset.tiny import write_tiny_course

SCREEN = 24


@pytest.fixture
def terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", str(SCREEN))


def graded_class(count: int) -> GradedClass:
    """A class of which everything that a summary tells of is true, and often."""
    names = [f"s{number:03}" for number in range(count)]
    batch = Batch()
    batch.statuses = {name: "rejected" if name < "s010" else "graded" for name in names}
    batch.reasons = dict.fromkeys(names[:10], "its JSON is broken (line 1)")
    batch.fresh = set(names[5:])
    batch.moved = {name: (Fraction(1), Fraction(2)) for name in names[20:]}
    batch.why = {"s149": ["q6: 1 more point: its failure is inherited from q3."]}
    batch.elsewhere = {"numpy": 3, "python": 2}
    students = [
        SimpleNamespace(
            attempt=SimpleNamespace(submission=name, members=1, questions={}, unfollowed="s100" <= name < "s107"),
            status=batch.statuses[name], score=None if name < "s010" else Fraction(3), name=name, sid=name,
        )
        for name in names
    ]  # fmt: skip
    by_hand = [SimpleNamespace(id="q9", points=Fraction(5))]
    scores = SimpleNamespace(
        students=students, open_answers=count - 10, by_hand=by_hand, max_score=Fraction(40), questions=[], title="Tiny",
        later=[], inside=Fraction(4), by_tests=Fraction(35),
    )  # fmt: skip
    unused = [
        Unused(Path(f"class/{name}/{file}"), "is not a notebook")
        for name in names
        for file in ("a.docx", "b.pdf")
    ]
    doubts = [f"{name} is not in the roster" for name in names]
    intake = Intake([], unused, [], [], doubts)
    return GradedClass(SimpleNamespace(), intake, batch, scores)  # type: ignore[arg-type]


def test_a_class_of_150_ends_with_its_summary_on_the_screen(terminal, tmp_path, capsys):
    for name in ("results", "scores.csv", "report.html"):
        (tmp_path / name).touch()
    show_class(graded_class(150), tmp_path)
    shown = capsys.readouterr().out.splitlines()
    assert max(map(len, shown[-SCREEN:-3])) <= 80
    screen = " ".join(" ".join(shown[-SCREEN:]).split())
    for part in (
        "150 submissions: 145 graded now, 5 kept from before; mean 3 of 40 points.",
        "140 written answers not graded yet",
        "130 scores moved: see above.",
        "In 7 submissions, time ran out before we could tell which failures come from another question: s100, s101, "
        "s102, s103, s104 and 2 more. The same command tries again.",
        "10 submissions were not graded: see above.",
        "150 warnings before the grading: see above.",
        "300 files in 150 folders were not used; --verbose lists them.",
        "s009 was not graded (rejected): its JSON is broken (line 1)",
        "Report:",
    ):
        assert part in screen
    assert not any("a.docx" in line for line in shown)
    assert "1 to 2 points by tests. q6: 1 more point: its failure is inherited from q3." in " ".join(
        " ".join(shown).split()
    )


def test_verbose_lists_every_unused_file_and_counts_none(terminal, tmp_path, capsys):
    show_class(graded_class(150), tmp_path, verbose=True)
    shown = capsys.readouterr().out
    assert shown.count(" was not used: it is not a notebook.") == 300
    assert "--verbose" not in shown


def test_one_file_is_one_file(terminal, tmp_path):
    course = tmp_path / "course"
    write_tiny_course(course)
    place = tmp_path / "class"
    place.mkdir()
    (place / "ada.py").write_text("def mean(x):\n    return sum(x) / len(x)\n")
    (place / "ben.py").write_text("def mean(x):\n    return 0.0\n")
    (place / "notes\x1b[2J.docx").write_text("nothing")
    given = ["grade", "tiny", str(place), "--out", str(tmp_path / "graded"), "--course", str(course)]
    counted = CliRunner().invoke(main, given)
    assert counted.exit_code == 0, counted.output
    assert "1 file in 1 folder was not used; --verbose lists it." in counted.output
    listed = CliRunner().invoke(main, [*given, "--verbose"]).output
    assert "notes\\x1b[2J.docx was not used: it is not a notebook" in listed


@pytest.mark.parametrize(
    ("points", "inherited", "shown"),
    [
        (3, False, ("3", "green")),
        (3, True, ("3", "yellow")),
        (1, True, ("1", "yellow")),
        (0, False, ("0", "red")),
        (0, True, ("0", "red")),
        (None, False, ("-", "")),
    ],
)
def test_full_points_with_an_inherited_failure_are_not_green(points, inherited, shown):
    made = _points(None if points is None else Fraction(points), Fraction(3), inherited=inherited)
    assert (made.plain, made.style) == shown


def test_programs_hear_of_submissions_whose_failures_could_not_be_followed(tmp_path):
    told = class_json(graded_class(150), tmp_path)["unfollowed"]
    assert told == [f"s{number}" for number in range(100, 107)]
