"""Whatever happens to a class, everyone's points are the same in every place, and what the rules say."""

from __future__ import annotations

import contextlib
import csv
import io
import re
import shutil
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.batch.classes import GradedClass
from grader.batch.run import Batch
from grader.cli.display import show_class
from grader.gradebook import (
    Delivery,
    ManualGrade,
    PsetScores,
    Recorder,
    canvas_csv,
    choose_attempt,
    extend,
    grade_by_hand,
    gradescope_results,
    open_gradebook,
    override_points,
    publish,
    scores_csv,
    scores_of,
)
from grader.intake import Intake
from grader.pset import load_problem_set
from grader.report import GradedFolder, write_folder
from grader.report.outputs import page_names
from grader.results import QuestionResult
from tests.gradebook.course import DAY, DUE, POLICY, result, who
from tests.gradebook.model import BY_HAND, EXPECTED, QUESTIONS, Model, Points, Work, shown
from tests.pset.tiny import write_tiny_course

THIRD = Fraction(1, 3)
ASKED = "\n```otter\n# BEGIN QUESTION\nname: {0}\n```\n\n## {0}\n\n```otter\n# END QUESTION\n```\n"
MORE = {
    "pset.yaml": """  - {id: q4, title: "More to explain", points: 1, manual: true, bonus: true}
  - {id: q5, title: "More to compute", points: 1, bonus: true}
""",
    "tiny.md": ASKED.format("q4") + ASKED.format("q5"),
    "suite/test_means.py": """

@question("q5", points=1)
def test_more(student):
    close(student.mean(np.array([2.0])), 2.0)
""",
}

# What happens -------------------------------------------------------------------------------------------------

STATUSES = {
    "A": "graded",
    "B": "graded",
    "C": "graded",
    "R": "rejected",
    "F": "failed_to_run",
    "E": "grader_error",
}
EARNED = {
    "A": {"q1": Fraction(3), "q2": Fraction(2), "q5": Fraction(1)},
    "B": {"q1": THIRD, "q2": 2 * THIRD, "q5": Fraction(0)},
    "C": {"q1": Fraction(1, 200), "q2": Fraction(12, 7), "q5": THIRD},
}
NAMES = {"ada": ((1,),), "again": ((1,),), "bob": ((2,),), "pair": ((1, 2), (1,))}
TIMES = (None, -2 * DAY, timedelta(minutes=15), timedelta(hours=3), 3 * DAY)
GIVEN = (None, Fraction(0), THIRD, Fraction(1, 200), Fraction(1))

names, students = st.sampled_from(sorted(NAMES)), st.sampled_from(EXPECTED)
hand_ins = st.tuples(
    st.just("hand in"), names, st.integers(0, 1), st.sampled_from("AABBCRFE"), st.sampled_from(TIMES),
    st.booleans(), st.sampled_from((False, False, False, True)),
)  # fmt: skip
steps = st.one_of(
    hand_ins,
    hand_ins,
    st.tuples(st.just("grade again"), names, st.sampled_from("ABCFE")),
    st.tuples(st.just("by hand"), names, st.sampled_from(BY_HAND), st.sampled_from(GIVEN)),
    st.tuples(st.just("override"), students, st.sampled_from((None, *QUESTIONS)), st.sampled_from(GIVEN)),
    st.tuples(st.just("bonus"), students, st.just(None), st.just(Fraction(28, 3))),
    st.tuples(st.just("extend"), students, st.sampled_from((None, timedelta(hours=12), 3 * DAY))),
    st.tuples(st.just("choose"), students, st.one_of(st.none(), names)),
    st.tuples(st.just("publish"), st.booleans()),
    st.tuples(st.just("write by half"), st.integers(0, 5)),
    st.tuples(st.just("compare")),
)


class Course:
    """A gradebook and its folder, beside the model: everything happens to both."""

    def __init__(self, folder: Path, problem_set, empty: Path) -> None:
        self.model, self.problem_set, self.clock = Model(), problem_set, DUE - 5 * DAY
        shutil.copy(empty, folder / "gradebook.db")
        self.engine = open_gradebook(folder / "gradebook.db")
        self.folder = GradedFolder(folder)
        self.recorder = Recorder(self.engine, problem_set, by="ta", now=self.tick)
        self.recorder.enrol([who(one) for one in EXPECTED])
        self.numbers: dict[int, int] = {}

    def tick(self) -> datetime:
        return self.clock

    def do(self, step: tuple) -> None:
        self.clock += timedelta(hours=1)
        {
            "hand in": self.hand_in, "grade again": self.grade_again, "by hand": self.by_hand,
            "override": self.override, "bonus": self.override, "extend": self.extend, "choose": self.choose,
            "publish": self.publish, "write by half": self.write_by_half, "compare": self.compare,
        }[step[0]](*step[1:])  # fmt: skip

    def hand_in(self, name, group, content, after_due, late, killed) -> None:
        by = NAMES[name][group % len(NAMES[name])]
        time = None if after_due is None else DUE + after_due
        delivery = Delivery(name, content.encode().hex().ljust(64, "0"), tuple(map(who, by)), time, late)
        number, _ = self.recorder.hand_in(delivery)
        work = self.model.hand_in(Work(number, name, content, by, self.clock, time, late))
        assert number == work.number
        if not killed:
            self.record(work, content)

    def record(self, work: Work, content: str) -> None:
        earned, status = EARNED.get(content, {}), STATUSES[content]
        work.graded = status, earned
        if not earned:
            empty = result(work.name, 0.0, 0.0, status=status, reason="a reason", questions=[])
            self.recorder.record(work.number, empty)
            return
        graded = result(work.name, earned["q1"], earned["q2"])
        more = QuestionResult(id="q5", title="Q5", score=earned["q5"], max_score=1, tests=[], bonus=True)
        graded.questions.append(more)
        graded.score = sum(earned.values(), Fraction(0))
        self.recorder.record(work.number, graded)

    def grade_again(self, name: str, content: str) -> None:
        work = self.model.last_under(name)
        if work:
            self.record(work, content)

    def by_hand(self, name: str, question: str, points: Points) -> None:
        work = self.model.last_under(name)
        if work:
            grade_by_hand(self.engine, "tiny", [ManualGrade(name, question, points)], by="ta")
            self.model.give(work, question, points)

    def override(self, student: int, question: str | None, points: Points) -> None:
        override_points(
            self.engine, "tiny", f"s{student}", points, question=question, why="w", by="ta", bonus=True
        )
        self.model.overrides[student, question] = points

    def extend(self, student: int, later: timedelta | None) -> None:
        until = None if later is None else DUE + later
        extend(self.engine, "tiny", [f"s{student}"], until, why="w", by="ta")
        self.model.extensions[student] = until

    def choose(self, student: int, name: str | None) -> None:
        mine = [one for one in self.model.of(student) if one.name == name]
        if mine or name is None:
            choose_attempt(self.engine, "tiny", f"s{student}", name, why="w", by="ta")
            self.model.choices[student] = mine[-1].number if mine else None

    def publish(self, published: bool) -> None:
        publish(self.engine, "tiny", published, by="ta")
        self.model.published = published

    def write_by_half(self, files: int) -> None:
        """Killed when so many files are written."""
        from grader.report import outputs

        left = iter(range(files))

        def write(path: Path, content: bytes, write_whole=outputs.write_whole) -> None:
            if next(left, None) is None:
                raise KeyboardInterrupt
            write_whole(path, content)

        with patch.object(outputs, "write_whole", write), contextlib.suppress(KeyboardInterrupt):
            write_folder(self.engine, self.folder, "tiny", DUE)

    # Every place where points are shown -----------------------------------------------------------------------

    def compare(self) -> None:
        scores = write_folder(self.engine, self.folder, "tiny", DUE).scores
        model = self.model
        counting = {student: model.counting(student) for student in model.students()}
        score = {f"s{student}": shown(model.score(student)) for student in counting}
        each = {f"s{s}": [shown(p) for p in model.points(s).values()] for s in counting}
        status = {f"s{s}": work.graded[0] if work else "not handed in" for s, work in counting.items()}
        assert scores_csv(scores_of(self.engine, "tiny")) == self.read("scores.csv")
        table = {row["student_id"]: row for row in csv.DictReader(io.StringIO(self.read("scores.csv")))}
        assert {sid: row["score"] for sid, row in table.items()} == score
        assert {sid: [row[q] for q in QUESTIONS] for sid, row in table.items()} == each
        assert {sid: row["status"] for sid, row in table.items()} == status
        canvas = csv.DictReader(io.StringIO(canvas_csv(scores)))
        assert {row["SIS User ID"]: row["Tiny"] for row in canvas if row["SIS User ID"]} == score
        assert in_gradescope(self.engine, scores) == {
            f"s{s}": score[f"s{s}"] for s, work in counting.items() if work and score[f"s{s}"]
        }
        assert in_report(self.read("report.html")) == {
            sid: [points or "–" for points in (score[sid], *each[sid])] for sid in score
        }
        assert self.in_terminal(scores) == {
            sid: [points or "-" for points in (score[sid], *each[sid])]
            for sid in score
            if status[sid] != "not handed in"
        }
        pages = page_names(scores)
        there = {
            sid: score[sid] if model.published else ""
            for sid in score
            if score[sid] or counting[int(sid[1:])]
        }
        assert {
            one.sid: self.on_page(pages[one.number]) for one in scores.students if one.number in pages
        } == there

    def read(self, name: str) -> str:
        return (self.folder.folder / name).read_text(encoding="utf-8")

    def on_page(self, name: str) -> str:
        found = re.search(
            r'<p class="points"[^>]*>(\S+) <small>of 9 points</small>', self.read(f"feedback/{name}.html")
        )
        return found[1] if found else ""

    def in_terminal(self, scores: PsetScores) -> dict[str, list[str]]:
        batch = Batch({attempt.submission: attempt.status for _, attempt in scores.submissions})
        graded = GradedClass(self.problem_set, Intake([], [], [], []), batch, scores)
        with contextlib.redirect_stdout(io.StringIO()) as said:
            show_class(graded, self.folder.folder)
        sids = {
            a.submission if a.members == 1 else f"{a.submission}: {one.name}": one.sid
            for one in scores.students
            if (a := one.attempt)
        }
        rows = re.findall(r"(?m)^(\w+(?:: Student \d)?)" + r" +(\S+)" * 6 + " *$", said.getvalue())
        return {sids[label]: points for label, *points in rows if label in sids}


def in_gradescope(engine, scores: PsetScores) -> dict[str, str]:
    found = {}
    for _, results in gradescope_results(engine, scores):
        found[results["extra_data"]["student"]["id"]] = shown(Fraction(str(results["score"])))
    return found


def in_report(page: str) -> dict[str, list[str]]:
    rows = {}
    for row in re.findall(r"<tr data-m.*?</tr>", page, re.S):
        name, *cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)
        rows["s" + re.search(r"Student (\d)", name)[1]] = cells[1:7]
    return rows


@pytest.fixture(scope="module")
def problem_set(tmp_path_factory):
    folder = write_tiny_course(tmp_path_factory.mktemp("course"), pset=("data: data", POLICY))
    for name, more in MORE.items():
        with (folder / name).open("a") as file:
            file.write(more)
    return load_problem_set(folder)


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """An empty gradebook to copy: making one takes longer than all that happens in it."""
    file = tmp_path_factory.mktemp("empty") / "gradebook.db"
    open_gradebook(file).dispose()
    return file


def handed(content: str, time: timedelta | None = None) -> tuple:
    return "hand in", "ada", 0, content, time, False, False


ANSWER_GRADED_TWICE = [
    handed("A", timedelta(hours=3)),
    ("by hand", "ada", "q3", THIRD),
    handed("B", -2 * DAY),
    handed("A"),
    ("compare",),  # the answer is the same, and has its points
    ("by hand", "ada", "q3", Fraction(1)),
    handed("A", -2 * DAY),  # so the first is the latest after all
    ("by hand", "ada", "q3", THIRD),
]
ANSWER_HANDED_IN_TOGETHER = [
    ("hand in", "pair", 0, "A", None, False, False),
    handed("A"),
    ("by hand", "ada", "q3", Fraction(1)),
    ("compare",),  # it is the pair's answer too
    ("hand in", "bob", 0, "A", None, False, False),
    ("compare",),  # and still theirs when the other one hands it in alone
    ("by hand", "bob", "q4", THIRD),
]


@settings(max_examples=80, deadline=None)
@given(story=st.lists(steps, min_size=4, max_size=24))
@example(story=[("hand in", "ada", 0, content, None, False, False) for content in "ABA"])
@example(
    story=[("hand in", "ada", 0, "A", 3 * DAY, True, False), ("hand in", "ada", 0, "B", None, False, False)]
)
@example(
    story=[
        ("hand in", "pair", 0, "C", timedelta(hours=3), True, False),
        ("publish", True),
        ("bonus", 3, None, THIRD),
    ]
)
@example(story=ANSWER_GRADED_TWICE)
@example(story=ANSWER_HANDED_IN_TOGETHER)
def test_any_story_gives_the_same_points_everywhere(problem_set, empty, story):
    with TemporaryDirectory() as folder:
        course = Course(Path(folder), problem_set, empty)
        try:
            for number, step in enumerate(story, start=1):
                course.do(step)
                if number % 6 == 0:
                    course.compare()
            course.compare()
        finally:
            course.engine.dispose()
