"""What every gradebook must do, whichever database keeps it: run by the tests of SQLite and of PostgreSQL."""

from __future__ import annotations

import csv
import hashlib
import io
import threading
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import DBAPIError

from grader.errors import GradmarkError
from grader.gradebook import (
    Delivery,
    FailingAlike,
    ManualGrade,
    Recorder,
    choose_attempt,
    erase_student,
    everyone,
    extend,
    grade_by_hand,
    gradescope_results,
    history_of,
    override_points,
    publish,
    reading,
    say_to_group,
    scores_csv,
    scores_of,
    transaction,
)
from grader.gradebook.columns import Base
from grader.gradebook.content import files_of, keep_notebook, unpack
from grader.gradebook.models import APPEND_ONLY, ResultRow, Run, StudentRow
from grader.gradebook.personal import Identity
from grader.results import QuestionBehaviour, StudentIdentity, SubmissionBehaviour
from tests.gradebook.course import DUE, HandedIn, course, handed_in, record_results, result, who

DAY = timedelta(days=1)


def score(engine: Engine, sid: str, counts=None) -> float | None:
    found = next(s.score for s in scores_of(engine, "tiny", counts).students if s.sid == sid)
    return None if found is None else float(found)


def the_schema_is_what_the_models_say(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def facts_cannot_be_changed_or_removed(engine: Engine, folder: Path) -> None:
    record_results(engine, course(folder), [handed_in("ada", 1)])
    grade_by_hand(engine, "tiny", [ManualGrade("ada", "q3", 4.0)], by="ta")
    override_points(engine, "tiny", "s1", 1.0, why="w", by="ta")
    extend(engine, "tiny", ["s1"], DUE + DAY, why="w", by="ta")
    choose_attempt(engine, "tiny", "s1", "ada", why="w", by="ta")
    publish(engine, "tiny", True, by="ta")
    alike = FailingAlike(
        QuestionBehaviour(question="q1", digest="d", mistake=None, functions=[], source="", outputs=[]), ()
    )
    say_to_group(engine, "tiny", alike, "You add one.", by="ta")
    for table in APPEND_ONLY:
        column = "result_id" if table == "question_scores" else "id"
        for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
            with engine.begin() as connection:
                assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar(), f"{table} is empty"
            with pytest.raises(DBAPIError, match="forgets nothing"), engine.begin() as connection:
                connection.execute(text(statement))


def recording_twice_is_recording_once(engine: Engine, folder: Path) -> None:
    problem_set = course(folder)
    batch = [handed_in(f"s{number}", number) for number in range(600)]
    assert record_results(engine, problem_set, batch) == 600
    later = [handed_in(f"s{number}", number) for number in range(600)]
    later[7].result.questions[0].tests[0].seconds = 9.0
    assert record_results(engine, problem_set, later) == 0, "times are not part of a result"
    assert record_results(engine, problem_set, [handed_in("s7", 7, 1.0)]) == 1
    assert score(engine, "s7") == 3.0
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Run)) == 2
        assert connection.scalar(select(func.count()).select_from(ResultRow)) == 601, (
            "the earlier result is kept"
        )


def the_attempt_that_counts(engine: Engine, folder: Path) -> None:
    problem_set = course(folder)
    record_results(
        engine,
        problem_set,
        [
            handed_in("ada-1", 1, 3.0, 2.0, late=-3 * DAY),
            handed_in("ada-2", 1, 0.0, 2.0, late=-2 * DAY),
            handed_in("ada-3", 1, 1.0, 2.0, late=-DAY),
        ],
    )
    assert score(engine, "s1") == 3.0, "the latest, as pset.yaml says"
    assert score(engine, "s1", "best") == 5.0
    choose_attempt(engine, "tiny", "s1", "ada-2", why="asked for it", by="ta")
    assert score(engine, "s1") == score(engine, "s1", "best") == 2.0
    choose_attempt(engine, "tiny", "s1", None, why="changed their mind", by="ta")
    assert score(engine, "s1") == 3.0
    with pytest.raises(GradmarkError, match="s1 has no submission 'ada-4'; did you mean 'ada-"):
        choose_attempt(engine, "tiny", "s1", "ada-4", why="w", by="ta")
    record_results(engine, problem_set, [handed_in("ada-3", 1, 2.0, 2.0, late=-DAY / 2, sha="other")])
    assert score(engine, "s1") == 4.0, "another content under the same name is another attempt"
    failed = result("ada-4", 0.0, 0.0, status="grader_error", reason="ours")
    record_results(engine, problem_set, [HandedIn(failed, (who(1),), DUE)])
    assert score(engine, "s1") is None, "what we failed to grade is nobody's zero"
    assert score(engine, "s1", "best") == 5.0


def lateness_and_extensions(engine: Engine, folder: Path) -> None:
    record_results(
        engine,
        course(folder),
        [
            handed_in("in-time", 1),
            handed_in("in-grace", 2, late=timedelta(minutes=15)),
            handed_in("late", 3, late=timedelta(minutes=16)),
            handed_in("later", 4, late=DAY + timedelta(seconds=1)),
            handed_in("much-later", 5, late=30 * DAY),
            handed_in("extended", 6, late=2 * DAY),
            HandedIn(result("marked"), (who(7),), None, True),
        ],
    )
    assert [score(engine, f"s{n}") for n in range(1, 8)] == [5.0, 5.0, 4.5, 4.0, 2.5, 4.0, 4.5]
    extend(engine, "tiny", ["s6@school.edu"], DUE + 3 * DAY, why="ill", by="ta")
    extend(engine, "tiny", ["s7"], DUE + 3 * DAY, why="ill", by="ta")
    assert (score(engine, "s6"), score(engine, "s7")) == (5.0, 5.0)
    extend(engine, "tiny", ["s6"], DUE + DAY, why="was well again", by="ta")
    assert score(engine, "s6") == 4.5, "the last word holds"
    extend(engine, "tiny", ["s6"], None, why="a mistake", by="ta")
    assert score(engine, "s6") == 4.0
    with pytest.raises(GradmarkError, match="no offset from UTC"):
        extend(engine, "tiny", ["s6"], (DUE + DAY).replace(tzinfo=None), why="ill", by="ta")


BUDGET = "late: {percent_per_day: 20, budget_days: 3, budget_days_each: 2}"


def a_budget_of_late_days_over_a_course(engine: Engine, folder: Path) -> None:
    """Used up in the order of the due dates, whatever was recorded first."""
    third = course(folder / "3", f"data: data\ndue: 2027-03-07T23:59:00-05:00\n{BUDGET}", name="third")
    second = course(folder / "2", f"data: data\ndue: 2027-02-28T23:59:00-05:00\n{BUDGET}", name="second")
    first = course(folder / "1", f"data: data\ndue: 2027-02-21T23:59:00-05:00\n{BUDGET}", name="first")
    no_budget = course(folder / "0", name="none")
    late = {"ada": 3, "ben": 1, "cy": 0}
    for week, pset in ((2, third), (1, second), (0, first), (0, no_budget)):
        attempts = [
            handed_in(name, n, late=7 * week * DAY + days * DAY)
            for n, (name, days) in enumerate(late.items())
        ]
        record_results(engine, pset, attempts)

    def days(pset: str) -> dict[str, tuple[int, int, int, float]]:
        found = {one.attempt.submission: one.attempt for one in scores_of(engine, pset).students}
        return {
            name: (one.lateness.days, one.lateness.covered, one.lateness.left, float(one.lateness.percent))
            for name, one in found.items()
        }

    assert days("first") == {"ada": (3, 2, 1, 20.0), "ben": (1, 1, 2, 0.0), "cy": (0, 0, 3, 0.0)}
    assert days("second") == {"ada": (3, 1, 0, 40.0), "ben": (1, 1, 1, 0.0), "cy": (0, 0, 3, 0.0)}
    assert days("third") == {"ada": (3, 0, 0, 60.0), "ben": (1, 1, 0, 0.0), "cy": (0, 0, 3, 0.0)}
    assert days("none") == {"ada": (3, 0, 0, 30.0), "ben": (1, 0, 0, 10.0), "cy": (0, 0, 0, 0.0)}
    assert [scores_of(engine, name).later for name in ("first", "second", "third", "none")] == [
        ("second", "third"), ("third",), (), (),
    ]  # fmt: skip
    # What costs nothing uses nothing, and what is decided later is counted again.
    override_points(engine, "first", "s0", 4.0, why="w", by="ta")
    extend(engine, "second", ["s1"], "+1d", why="ill", by="ta")
    assert days("second")["ada"] == (3, 2, 1, 20.0)
    assert days("third") == {"ada": (3, 1, 0, 40.0), "ben": (1, 1, 1, 0.0), "cy": (0, 0, 3, 0.0)}
    said = {
        one.attempt.submission: one.attempt.lateness.in_words for one in scores_of(engine, "third").students
    }
    assert said == {
        "ada": "3 days late; your late days cover 1, and the rest costs 40% of the points earned; none of your 3 late "
        "days is left",
        "ben": "1 day late, which your late days cover; 1 of your 3 late days is left",
        "cy": "",
    }


ZONE = "data: data\ntimezone: America/New_York\ndue: 2027-03-13 23:59\nlate: {percent_per_day: 10}"


def extensions_by_the_calendar_for_many(engine: Engine, folder: Path) -> None:
    record_results(engine, course(folder, ZONE), [handed_in(f"n{n}", n, late=21 * DAY) for n in range(1, 4)])
    before = len(history_of(engine))
    done = extend(engine, "tiny", ["s1", "s2@school.edu", "Student 1"], "+1d", why="storm", by="ta")
    assert [(one.student, one.until.isoformat(), one.new) for one in done] == [
        # 23 hours later: clocks are put forward in that night.
        ("s1", "2027-03-14T23:59:00-04:00", True), ("s2@school.edu", "2027-03-14T23:59:00-04:00", True),
    ]  # fmt: skip
    again = extend(engine, "tiny", everyone(engine, "tiny"), "2027-03-14 23:59", why="storm", by="ta")
    assert [one.new for one in again] == [False, False, True]
    lines = history_of(engine)[before:]
    assert [(one.student, one.detail["until"]) for one in lines] == [
        (f"Student {n}", "2027-03-14T23:59:00-04:00") for n in (1, 2, 3)
    ]
    extend(engine, "tiny", ["s3"], "+1d12h", why="w", by="ta")
    (third,) = (one for one in scores_of(engine, "tiny").students if one.sid == "s3")
    assert (third.due.isoformat(), third.extended) == ("2027-03-15T15:59:00+00:00", True)
    with pytest.raises(GradmarkError, match=r"no extension was given: .*'x1'.*'x2'"):
        extend(engine, "tiny", ["s1", "x1", "x2"], "+2d", why="w", by="ta")
    with pytest.raises(
        GradmarkError, match="12 March 2027, 23:59 EST is before the due date, 13 March 2027, 23:59 EST"
    ):
        extend(engine, "tiny", ["s1"], "2027-03-12 23:59", why="w", by="ta")
    with pytest.raises(GradmarkError, match="'soon' cannot be read: it is not a date and time"):
        extend(engine, "tiny", ["s1"], "soon", why="w", by="ta")
    assert len(history_of(engine)) == before + 4, "what was refused left nothing behind"


def an_extension_into_the_repeated_hour_is_given_once(engine: Engine, folder: Path) -> None:
    policy = ZONE.replace("2027-03-13 23:59", "2027-11-07 01:30")
    for _ in range(2):
        record_results(engine, course(folder, policy), [handed_in("ada", 1)])
    assert scores_of(engine, "tiny").due.isoformat() == "2027-11-07T01:30:00-05:00", "the second 01:30"
    given = [extend(engine, "tiny", ["s1"], "+0d", why="w", by="ta")[0].new for _ in range(2)]
    assert given == [True, False]
    assert "problem set changed" not in {line.what for line in history_of(engine)}


def a_time_that_is_not_known_is_no_time_in_time(engine: Engine, folder: Path) -> None:
    pset = course(folder)
    untimed = {"unread": "unread", "none": "none", "marked": "", "canvas": ""}

    def hand_in(**more: object) -> None:
        recorder = Recorder(engine, pset, by="ta")
        for n, (name, why) in enumerate(untimed.items()):
            delivery = Delivery(name, f"{n}" * 64, (who(n),), late=name == "marked", untimed=why, **more)
            attempt, _ = recorder.hand_in(delivery)
            recorder.record(attempt, result(name))

    def rows() -> dict[str, tuple[str, ...]]:
        table = csv.DictReader(io.StringIO(scores_csv(scores_of(engine, "tiny"))))
        return {row["submission"]: (row["late_days"], row["late_percent"], row["time_note"]) for row in table}

    hand_in()
    assert rows() == {
        "unread": ("", "", "the submission time cannot be read, so nothing is taken off for lateness"),
        "none": ("", "", "the submission time is not known, so nothing is taken off for lateness"),
        "marked": ("1", "10", "marked late at an unknown time; counted as one day"),
        "canvas": ("0", "0", ""),
    }
    hand_in()
    assert len(scores_of(engine, "tiny").students) == 4
    # The same content with its time read is the same attempt, corrected.
    untimed["unread"] = ""
    hand_in(handed_in_at=DUE + DAY)
    assert rows()["unread"] == ("1", "10", "")
    assert {one.attempts for one in scores_of(engine, "tiny").students} == {1}


def an_older_gradebook_goes_on(opened: Callable[[], Engine], folder: Path) -> None:
    """One of the schema before times could be unread: migrated as it is opened, with the same points."""
    pset, attempts = course(folder), [handed_in("ada", 1, late=DAY), handed_in("ben", 2)]
    engine = opened()
    record_results(engine, pset, attempts)
    before = scores_csv(scores_of(engine, "tiny"))
    with transaction(engine) as connection:
        for statement in (
            "ALTER TABLE psets DROP COLUMN timezone",
            "ALTER TABLE attempts DROP COLUMN untimed",
            """UPDATE psets SET late = '{"percent_per_day": "10", "grace_minutes": 15, "cap_percent": "50"}'""",
            "UPDATE alembic_version SET version_num = '0001'",
        ):
            connection.execute(text(statement))
    engine.dispose()
    engine = opened()
    the_schema_is_what_the_models_say(engine)
    assert scores_csv(scores_of(engine, "tiny")) == before
    assert record_results(engine, pset, attempts) == 0
    assert scores_csv(scores_of(engine, "tiny")) == before
    engine.dispose()


def manual_scores_and_overrides(engine: Engine, folder: Path) -> None:
    record_results(engine, course(folder), [handed_in("ada", 1), handed_in("bob", 2, late=DAY)])
    assert scores_of(engine, "tiny").students[0].attempt.open == ["q3"]
    grades = [ManualGrade("ada", "q3", 3.5, "=good"), ManualGrade("bob", "q3", 4.0)]
    assert grade_by_hand(engine, "tiny", grades, by="ta") == 2
    assert grade_by_hand(engine, "tiny", grades, by="ta") == 0
    assert (score(engine, "s1"), score(engine, "s2")) == (8.5, 8.1)
    override_points(engine, "tiny", "s2", 1.0, question="q1", why="shared code", by="prof")
    assert score(engine, "s2") == 6.3, "lateness is taken of what the override leaves"
    override_points(engine, "tiny", "s2", 7.0, why="agreed", by="prof")
    assert score(engine, "s2") == 7.0, "an override of everything is not reduced"
    override_points(engine, "tiny", "s2", None, why="not agreed", by="prof")
    assert score(engine, "s2") == 6.3
    with pytest.raises(
        GradmarkError,
        match=r"q1 has 3 points, so 5 cannot be given; give between 0 and 3, "
        r"or say that it is a bonus",
    ):
        override_points(engine, "tiny", "s2", 5.0, question="q1", why="w", by="prof")
    with pytest.raises(GradmarkError, match="give a reason"):
        override_points(engine, "tiny", "s2", 1.0, question="q1", why=" ", by="prof")
    wrong = [
        ManualGrade("ada", "q3", 0.0, "", "f.csv:2"),
        ManualGrade("adda", "q3", 1.0, "", "f.csv:3"),
        ManualGrade("ada", "q1", 1.0, "", "f.csv:4"),
        ManualGrade("bob", "q3", 4.5, "", "f.csv:5"),
        ManualGrade("ada", "q3", 1.0, "", "f.csv:6"),
    ]
    with pytest.raises(GradmarkError) as raised:
        grade_by_hand(engine, "tiny", wrong, by="ta")
    assert str(raised.value) == (
        "nothing was imported: f.csv:3: there is no submission 'adda'; did you mean 'ada'?; "
        "f.csv:4: 'q1' is not a question graded by hand; did you mean 'q3'?; "
        "f.csv:5: 4.5 points for q3, but it has only 4; f.csv:6: ada q3 is also in f.csv:2; remove one of them"
    )
    assert score(engine, "s1") == 8.5, "nothing of it was imported"
    told = [(line.what, line.by) for line in history_of(engine, "s2")]
    assert told == [("override", "prof")] * 3
    assert [line.detail["why"] for line in history_of(engine, "s2")] == [
        "shared code",
        "agreed",
        "not agreed",
    ]


def people_are_found_again(engine: Engine, folder: Path) -> None:
    problem_set = course(folder)
    alone, pair = handed_in("alone", 1), handed_in("pair", (1, 2), 3.0, 0.0)
    record_results(engine, problem_set, [HandedIn(result("unknown")), alone, pair])
    students = scores_of(engine, "tiny").students
    assert [(s.sid, s.attempts) for s in students] == [("", 1), ("s1", 2), ("s2", 1)]
    override_points(engine, "tiny", "unknown", 2.0, why="known only by the submission", by="ta")
    record_results(
        engine, problem_set, [HandedIn(result("unknown"), (StudentIdentity("s9", "N\x00ine", "9@x.org"),))]
    )
    assert score(engine, "s9") == 2.0, "decisions stay with whom they were about"
    record_results(engine, problem_set, [HandedIn(result("again"), (StudentIdentity("", "", "9@X.ORG"),))])
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(StudentRow)) == 3
        assert connection.scalar(select(Identity.name).where(Identity.sid == "s9")) == "Nine"
    assert any(line.what == "student corrected" for line in history_of(engine, "s9"))


def a_number_with_another_address_is_nobodys(engine: Engine, folder: Path) -> None:
    problem_set = course(folder)
    ada, ben = who(1), who(2)
    record_results(engine, problem_set, [handed_in("ada", 1), handed_in("ben", 2, 3.0, 0.0)])
    mallory = StudentIdentity("s1", "Mallory", "mallory@school.edu")

    def hand_in(recorder: Recorder, name: str, letter: str, *students: StudentIdentity) -> None:
        attempt, _ = recorder.hand_in(Delivery(name, letter * 64, students))
        recorder.record(attempt, result(name, sha=letter))

    recorder = Recorder(engine, problem_set, roster=[ada])
    hand_in(recorder, "mallory", "a", mallory)
    hand_in(recorder, "mallory", "b", mallory)
    hand_in(recorder, "pair", "c", ben, mallory)
    assert [doubt.split()[0] for doubt in recorder.doubts] == ["mallory", "mallory", "pair"]
    assert "s1 with the address mallory@school.edu" in recorder.doubts[0]
    students = {s.sid: s.attempts for s in scores_of(engine, "tiny").students}
    assert students == {"s1": 1, "s2": 2, "": 2}
    # Letters in another case, no address and no number contradict nothing.
    again = Recorder(engine, problem_set)
    for number, same in enumerate(
        [
            StudentIdentity("s1", "", "S1@School.edu"),
            StudentIdentity("s1"),
            StudentIdentity("", "", ada.email),
        ]
    ):
        hand_in(again, "ada", f"{number}", same)
    moved = StudentIdentity("s1", ada.name, "ada@new.edu")
    told = Recorder(engine, problem_set, roster=[moved])
    hand_in(told, "ada", "d", moved)
    assert again.doubts == told.doubts == []
    assert {s.sid: s.attempts for s in scores_of(engine, "tiny").students} == students | {"s1": 5}
    with engine.connect() as connection:
        assert connection.scalar(select(Identity.email).where(Identity.sid == "s1")) == "ada@new.edu"


def who_handed_in_nothing_has_a_row(engine: Engine, folder: Path) -> None:
    problem_set, batch = course(folder), [handed_in("ada", 1)]
    record_results(engine, problem_set, batch, roster=[who(1), who(2), StudentIdentity("", "", "c@x.org")])
    found = {s.sid or s.email: (s.attempt is not None, s.score) for s in scores_of(engine, "tiny").students}
    assert found == {"s1": (True, 5.0), "s2": (False, None), "c@x.org": (False, None)}
    record_results(engine, problem_set, batch)
    assert len(scores_of(engine, "tiny").students) == 3, "without a roster the last one holds"
    for _ in range(2):
        record_results(engine, problem_set, batch, roster=[who(2)])
    assert [s.sid for s in scores_of(engine, "tiny").students] == ["s1", "s2"]
    lines = [line.detail for line in history_of(engine) if line.what == "roster"]
    assert lines == [{"students": 3, "left": []}, {"students": 1, "left": ["c@x.org", "s1"]}]


def two_writers_at_once(open_again: Callable[[], Engine], folder: Path) -> None:
    """Both record the same class; everybody is there once."""
    problem_set = course(folder)
    failures: list[BaseException] = []

    def write() -> None:
        try:
            engine = open_again()
            record_results(engine, problem_set, [handed_in(f"s{n}", n) for n in range(300)])
            engine.dispose()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    engine = open_again()
    students = scores_of(engine, "tiny").students
    assert (len(students), {s.attempts for s in students}) == (300, {1})
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(ResultRow)) == 300
    engine.dispose()


def everything(engine: Engine, folder: Path) -> str:
    """A gradebook with something of each kind, as its exports: equal on every database."""
    problem_set = course(folder)
    batch = [
        handed_in(f"s{n}", n if n % 5 else (n, n + 1), n % 4, n % 3, late=timedelta(hours=7 * (n % 9) - 20))
        for n in range(40)
    ]
    roster = [who(n) for n in range(0, 60, 2)]
    record_results(engine, problem_set, batch, roster=roster, by="ta")
    record_results(
        engine, problem_set, [handed_in(f"s{n}", n, 3.0, 1.0, sha="again", late=DAY) for n in range(9)]
    )
    grade_by_hand(
        engine, "tiny", [ManualGrade(f"s{n}", "q3", n % 5 * 0.8, "ok é") for n in range(30)], by="ta"
    )
    for n in range(6):
        override_points(engine, "tiny", f"s{n}", n / 3, question="q2" if n % 2 else None, why="w", by="ta")
        extend(engine, "tiny", [f"s{n + 3}"], DUE + n * DAY / 3, why="w", by="ta")
        choose_attempt(engine, "tiny", f"s{n + 2}", f"s{n + 2}", why="w", by="ta")
    parts = [scores_csv(scores_of(engine, "tiny", counts)) for counts in ("latest", "best")]
    parts += [
        f"{line.by} {line.what} {line.student} {line.detail}"
        for line in history_of(engine)
        if line.by == "ta"
    ]
    parts += [repr(one) for one in gradescope_results(engine, scores_of(engine, "tiny"))]
    return "\n".join(parts)


WORDS = (
    "qzid", "qzfirst", "qzlast", "qzmail", "qzbefore", "qzname", "qzpath", "qzplace", "qzwork", "qzshown",
    "qztold", "qzsource", "qzanswer", "qzcomment", "qzoverride", "qzextension", "qzchoice", "qzreason",
)  # fmt: skip
"""One for each field of the gradebook that can name or describe a student."""


def an_erased_student_is_in_no_row(engine: Engine, folder: Path) -> None:
    problem_set, ours = course(folder), StudentIdentity("qzid", "Qzfirst Qzlast", "qzmail@school.edu")
    recorder = Recorder(engine, problem_set, by="ta")
    recorder.enrol([StudentIdentity("qzid", "Qzbefore Qzlast", ""), who(1)])
    recorder.enrol([ours, who(1)])
    same = {"tiny.ipynb": b"what everybody hands in"}

    def hand_in(name: str, *students: StudentIdentity, **files: bytes) -> int:
        content = same | {path.replace("_", "."): content for path, content in files.items()}
        # Who is not erased says the same about themselves, in other words.
        place, reason, answer, told, source, shown = (
            word if ours in students else word[2:]
            for word in ("qzplace", "qzreason", "qzanswer", "qztold", "qzsource", "qzshown")
        )
        sha256 = hashlib.sha256(repr(content).encode()).hexdigest()
        number, _ = recorder.hand_in(Delivery(name, sha256, students, DUE, files=content, place=place))
        graded = result(name, 1.0, sha=sha256, reason=reason, answers={"q3": answer})
        graded.questions[0].tests[0].summary = told
        failed = QuestionBehaviour(
            question="q1", digest="d", mistake=None, functions=["mean"], source=source, outputs=[told]
        )
        behaviour = SubmissionBehaviour(submission=name, pset="tiny", questions=[failed])
        recorder.record(number, graded, behaviour)
        with transaction(engine) as connection:
            keep_notebook(connection, number, shown.encode())
        return number

    alone = hand_in("qzname", ours, qzpath_txt=b"qzwork")
    theirs = hand_in("classmate", who(1))
    grade_by_hand(engine, "tiny", [ManualGrade("qzname", "q3", 1, "qzcomment")], by="ta")
    override_points(engine, "tiny", "qzid", 2, question="q2", why="qzoverride", by="ta")
    extend(engine, "tiny", ["qzid"], DUE + DAY, why="qzextension", by="ta")
    choose_attempt(engine, "tiny", "qzid", "qzname", why="qzchoice", by="ta")
    assert in_rows(engine, WORDS) == set(WORDS)
    before = score(engine, "s1")
    erased = erase_student(engine, "qzid", by="ta")
    assert in_rows(engine, WORDS) == set()
    assert score(engine, "s1") == before
    with reading(engine) as connection:
        assert files_of(connection, theirs) == same, "equal content stays for who else handed it in"
        assert files_of(connection, alone) == {}
    told = [line.what for line in history_of(engine) if line.student == erased.pseudonym]
    assert told == ["student corrected", "override", "extension", "choice", "erased"]
    erase_student(engine, "s1", by="ta")
    assert in_rows(engine, (*WORDS, "classmate", "school.edu")) == set()


def in_rows(engine: Engine, words: Iterable[str]) -> set[str]:
    """Those of the words that stand in any row of any table, compressed or not."""
    said = []
    with engine.connect() as connection:
        for table in Base.metadata.tables.values():
            for row in connection.execute(select(table)):
                for value in row:
                    content = unpack(value) if isinstance(value, bytes) else str(value).encode()
                    said.append(content.lower())
    return {word for word in words if any(word.encode() in content for content in said)}


SCENARIOS = [
    an_erased_student_is_in_no_row,
    facts_cannot_be_changed_or_removed,
    recording_twice_is_recording_once,
    the_attempt_that_counts,
    lateness_and_extensions,
    a_budget_of_late_days_over_a_course,
    extensions_by_the_calendar_for_many,
    an_extension_into_the_repeated_hour_is_given_once,
    a_time_that_is_not_known_is_no_time_in_time,
    manual_scores_and_overrides,
    people_are_found_again,
    a_number_with_another_address_is_nobodys,
    who_handed_in_nothing_has_a_row,
]
