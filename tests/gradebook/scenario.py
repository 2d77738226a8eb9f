"""What every gradebook must do, whichever database keeps it: run by the tests of SQLite and of PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import DBAPIError

from grader.errors import GradmarkError
from grader.gradebook import (
    FailingAlike,
    ManualGrade,
    choose_attempt,
    extend,
    grade_by_hand,
    gradescope_results,
    history_of,
    override_points,
    publish,
    say_to_group,
    scores_csv,
    scores_of,
    transaction,
)
from grader.gradebook.columns import Base
from grader.gradebook.models import APPEND_ONLY, ResultRow, Run
from grader.results import QuestionBehaviour
from tests.gradebook.course import DAY, DUE, HandedIn, course, handed_in, record_results, result, score, who
from tests.gradebook.scenario_people import (
    a_number_with_another_address_is_nobodys,
    an_erased_student_is_in_no_row,
    people_are_found_again,
    who_handed_in_nothing_has_a_row,
)
from tests.gradebook.scenario_times import (
    a_budget_of_late_days_over_a_course,
    a_time_that_is_not_known_is_no_time_in_time,
    an_extension_into_the_repeated_hour_is_given_once,
    extensions_by_the_calendar_for_many,
    lateness_and_extensions,
)


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


def an_older_gradebook_goes_on(opened: Callable[[], Engine], folder: Path) -> None:
    """One of the first schema: migrated as it is opened, with the same points."""
    pset, attempts = course(folder), [handed_in("ada", 1, late=DAY), handed_in("ben", 2)]
    engine = opened()
    record_results(engine, pset, attempts)
    before = scores_csv(scores_of(engine, "tiny"))
    with transaction(engine) as connection:
        for statement in (
            "ALTER TABLE psets DROP COLUMN timezone",
            "ALTER TABLE attempts DROP COLUMN untimed",
            "ALTER TABLE question_scores DROP COLUMN inherited",
            "ALTER TABLE question_scores DROP COLUMN inside",
            "ALTER TABLE question_scores DROP COLUMN most_inside",
            "ALTER TABLE results DROP COLUMN unfollowed",
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
