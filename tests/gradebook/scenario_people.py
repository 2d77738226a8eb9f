"""What every gradebook must do with people: find them again, list who handed in nothing, and erase them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Engine, func, select

from grader.gradebook import (
    Delivery,
    ManualGrade,
    Recorder,
    choose_attempt,
    erase_student,
    extend,
    grade_by_hand,
    history_of,
    override_points,
    reading,
    scores_of,
    transaction,
)
from grader.gradebook.columns import Base
from grader.gradebook.content import files_of, keep_notebook, unpack
from grader.gradebook.models import StudentRow
from grader.gradebook.personal import Identity
from grader.results import QuestionBehaviour, StudentIdentity, SubmissionBehaviour
from tests.gradebook.course import DAY, DUE, HandedIn, course, handed_in, record_results, result, score, who


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
