"""A person is taken out of the gradebook: a name planted in every field and file is then nowhere."""

from __future__ import annotations

import csv
import json
import sqlite3
import zlib
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from grader.gradebook import everything_about, open_gradebook, prune, reading, scores_of
from grader.gradebook.content import files_of
from tests.gradebook.course import DUE, course
from tests.gradebook.test_class import gradmark, rows_of

HEADER = {"nbformat": 4, "nbformat_minor": 5, "metadata": {"authors": [{"name": "qzmetadata"}]}}
IN_THE_ROSTER = ("qzid", "qzfirst", "qzlast", "qzmail")
CORRECTED = ("qzbefore",)
AS_FILES = ("qzlogin", "qzfile", "qzdata", "qzplace")
IN_THE_NOTEBOOK = (
    "qzsource", "qzmarkdown", "qzstored", "qzprinted", "qzerror", "qzfailure", "qzbehaviour", "qzanswer", "qzmetadata",
)  # fmt: skip
DECIDED = ("qzcomment", "qzoverride", "qzextension", "qzchoice")
PLANTED = (*IN_THE_ROSTER, *CORRECTED, *AS_FILES, *IN_THE_NOTEBOOK, *DECIDED)

MEAN = "def mean(x):\n    return x.sum() / len(x)"
WEIGHTED = "def weighted_mean(x, w):\n    return (x * w).sum() / w.sum()"
PARTNERS = "def weighted_mean(x, w):\n    return 0.0  # the two of us"


def cell(kind: str, source: str, *outputs: object) -> dict[str, object]:
    code = {"outputs": list(outputs), "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "metadata": {}, "source": source, **code}


def notebook(*cells: dict[str, object]) -> bytes:
    return json.dumps({"cells": [cell("code", "import numpy as np"), *cells], **HEADER}).encode()


PLAIN = json.dumps(
    {"cells": [cell("code", MEAN)], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}
).encode()
TOGETHER = json.dumps(
    {
        "cells": [cell("code", MEAN), cell("code", PARTNERS)],
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {},
    }
).encode()
TELLING = notebook(
    cell("markdown", "By qzmarkdown"),
    cell(
        "code",
        "# qzsource\nprint('qzprinted')",
        {"output_type": "stream", "name": "stdout", "text": "qzstored"},
    ),
    cell("code", "raise ValueError('qzerror')"),
    cell("code", "def mean(x):\n    raise ValueError('qzfailure')"),
    cell("code", "def weighted_mean(x, w):\n    qzbehaviour = 7.0\n    return qzbehaviour"),
    cell("markdown", "<!-- BEGIN QUESTION -->\n\n## Question 3"),
    cell("markdown", "Because qzanswer says so."),
)


class Place:
    """A graded folder in which one student is everywhere, and what a TA does with it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.graded = folder, folder / "graded"
        self.pset = course(folder).path
        self.plain, self.own = folder / "everyone", folder / "qzplace"

    def grade_and_decide(self) -> None:
        self.hand_in(self.plain / "classmate", PLAIN)
        self.hand_in(self.own / "qzlogin", PLAIN, qzfile=b"what qzdata holds")
        self.grade(self.plain, self.own, name="Qzbefore Qzlast")
        self.hand_in(self.own / "qzlogin", TELLING)
        self.grade(self.own)
        self.grade(self.in_a_group())
        decide = ("--by", "ta", "--why")
        until = (DUE + timedelta(days=2)).isoformat()
        gradmark("gradebook", "override", self.graded, "qzid", 1, "--question", "q2", *decide, "qzoverride")
        gradmark("gradebook", "extend", self.graded, "qzid", until, *decide, "qzextension")
        gradmark("gradebook", "choose", self.graded, "qzid", "qzlogin", *decide, "qzchoice")
        gradmark("gradebook", "choose", self.graded, "partner", self.together(), *decide, "asked for it")
        gradmark("manual", "export", self.graded)
        self.import_comments()
        gradmark("report", self.graded, "--publish")
        self.export()

    def hand_in(self, folder: Path, content: bytes, **more: bytes) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "tiny.ipynb").write_bytes(content)
        for stem, data in more.items():
            (folder / f"{stem}.txt").write_bytes(data)

    def in_a_group(self) -> Path:
        """What Gradescope exports of a pair; the submission is called after the first of them."""
        exported = self.folder / "qzplace-export"
        (exported / "submission_7").mkdir(parents=True, exist_ok=True)
        (exported / "submission_7" / "tiny.ipynb").write_bytes(TOGETHER)
        pair = [
            {":name": "Qzfirst Qzlast", ":sid": "qzid", ":email": "qzmail@school.edu"},
            {":name": "Part Ner", ":sid": "partner", ":email": "partner@school.edu"},
        ]
        about = {"submission_7": {":submitters": pair, ":created_at": DUE - timedelta(days=3)}}
        (exported / "submission_metadata.yml").write_text(yaml.safe_dump(about))
        return exported

    def grade(self, *paths: Path, name: str = "Qzfirst Qzlast") -> None:
        roster = self.folder / "roster.csv"
        roster.write_text(
            f"id,name,email,login\nqzid,{name},qzmail@school.edu,qzlogin\n"
            "other,Class Mate,mate@school.edu,classmate\npartner,Part Ner,partner@school.edu,partner\n"
        )
        gradmark("grade", self.pset, *paths, "--roster", roster, "--jobs", 1, "--out", self.graded)

    def import_comments(self) -> None:
        filled = self.folder / "comments.csv"
        with (self.graded / "manual" / "manual.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        with filled.open("w", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            for row in rows:
                comment = "I liked this, qzcomment" if row["submission"] == "qzlogin" else "Well said"
                writer.writerow(row | {"points": "2", "comment": comment})
        gradmark("manual", "import", self.graded, filled, "--by", "ta")

    def together(self) -> str:
        return rows_of(gradmark("scores", self.graded), "student_id")["partner"]["submission"]

    def export(self) -> None:
        """Every export there is, into the graded folder."""
        for to in ("csv", "canvas"):
            gradmark("scores", self.graded, "--to", to, "--output", self.graded / f"as-{to}.csv")
        gradmark("scores", self.graded, "--to", "gradescope")
        gradmark("manual", "export", self.graded)
        for name, command in {
            "mistakes": ("mistakes", self.graded, "--all", "--json"),
            "history": ("gradebook", "history", self.graded, "--json"),
            "of-partner": ("gradebook", "everything-about", self.graded, "partner"),
        }.items():
            (self.graded / f"{name}.json").write_text(gradmark(*command))
        gradmark("report", self.graded)

    def engine(self):
        return open_gradebook(self.graded / "gradebook.db")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    made = Place(tmp_path_factory.mktemp("erasure"))
    made.grade_and_decide()
    return made


def planted_in(content: bytes) -> set[str]:
    """The planted words in some bytes, in any case and either encoding."""
    lower = content.lower()
    return {word for word in PLANTED for code in ("utf-8", "utf-16-le") if word.encode(code) in lower}


def in_files(folder: Path) -> dict[str, set[str]]:
    """The files that hold a planted word, or are called by one; the database and what lies beside it are among them."""
    found = {}
    for path in folder.rglob("*"):
        name = str(path.relative_to(folder))
        words = planted_in(name.encode()) | (planted_in(path.read_bytes()) if path.is_file() else set())
        if words:
            found[name] = words
    return found


def in_the_database(file: Path) -> set[str]:
    """The planted words in every cell of every table, whether it is compressed or not."""
    words: set[str] = set()
    with sqlite3.connect(file) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        for table in tables:
            for row in connection.execute(f"SELECT * FROM {table}"):
                for value in row:
                    packed = isinstance(value, bytes)
                    words |= planted_in(zlib.decompress(value) if packed else str(value).encode())
    connection.close()
    return words


@pytest.fixture(scope="module")
def before(place):
    """What there was before erasing; then the student is erased and everything exported again."""
    engine = place.engine()
    record = everything_about(engine, "qzid")
    names = {one.sid: one.attempt.submission for one in scores_of(engine, "tiny").students}
    engine.dispose()
    told = gradmark("gradebook", "everything-about", place.graded, "qzid")
    found = {
        "record": planted_in(
            told.encode() + b"".join(record.files.values()) + repr([*record.files]).encode()
        ),
        "database": in_the_database(place.graded / "gradebook.db"),
        "files": set().union(*in_files(place.graded).values()),
        "names": names,
        "shared": place.together(),
        "scores": rows_of(gradmark("scores", place.graded), "student_id"),
    }
    gradmark("gradebook", "erase", place.graded, "qzid", "--yes", "--by", "ta")
    found["left"] = in_files(place.graded)
    place.export()
    return found


def test_everything_about_a_student_holds_each_planted_word(before):
    assert set(PLANTED) - before["record"] == set()


def test_the_words_were_in_the_database_and_in_what_was_made_of_it(before):
    assert before["database"] == set(PLANTED)
    shown = {"qzid", "qzlast", "qzmail", "qzlogin", "qzfailure", "qzbehaviour", "qzcomment", "qzoverride"}
    assert shown - before["files"] == set()


def test_of_an_erased_student_no_word_is_left(place, before):
    exports_beside = {"as-csv.csv", "as-canvas.csv", "mistakes.json", "history.json", "of-partner.json"}
    assert set(before["left"]) <= exports_beside, "what gradmark wrote into DIR is gone at once"
    assert in_files(place.graded) == {}, "raw bytes, free pages and the log among them"
    assert in_the_database(place.graded / "gradebook.db") == set()
    assert not planted_in(gradmark("gradebook", "history", place.graded).encode())


def test_a_classmate_with_the_same_content_keeps_theirs(place, before):
    rows = rows_of(gradmark("scores", place.graded), "student_id")
    assert rows["other"] == before["scores"]["other"]
    engine = place.engine()
    number = next(one.attempt.number for one in scores_of(engine, "tiny").students if one.sid == "other")
    with reading(engine) as connection:
        assert files_of(connection, number) == {"tiny.ipynb": PLAIN}
    engine.dispose()
    assert "Class Mate" in (place.graded / "feedback" / "classmate.html").read_text()


def test_what_a_group_handed_in_stays_for_the_other_under_another_name(place, before):
    assert "qzfirst" in before["shared"].casefold()
    then, now = (
        rows["partner"]
        for rows in (before["scores"], rows_of(gradmark("scores", place.graded), "student_id"))
    )
    assert now.pop("submission") != then.pop("submission")
    assert now == then, "points, comment and the choice of the attempt"
    engine = place.engine()
    record = everything_about(engine, "partner")
    engine.dispose()
    assert TOGETHER in record.files.values()
    assert "the two of us" in gradmark("mistakes", place.graded)
    page = (place.graded / "feedback" / "partner.html").read_text()
    assert "Part Ner" in page
    assert "erased" not in page


def test_the_history_keeps_what_was_decided_under_a_pseudonym(place, before):
    lines = json.loads(gradmark("gradebook", "history", place.graded, "--json"))
    called = next(line["student"] for line in lines if line["what"] == "erased")
    assert called.startswith("student-")
    decided = [
        (line["what"], line["by"]) for line in lines if line["student"] == called and line["by"] == "ta"
    ]
    assert decided == [("override", "ta"), ("extension", "ta"), ("choice", "ta"), ("erased", "ta")]
    assert next(line["detail"]["points"] for line in lines if line["what"] == "override") == 1
    with sqlite3.connect(place.graded / "gradebook.db") as connection:
        scores = [score for (score,) in connection.execute("SELECT score FROM results")]
    assert len(scores) == 4, "that somebody was graded, and what they got"


def test_pruning_keeps_what_counts_and_changes_no_points(tmp_path):
    place = Place(tmp_path)
    place.hand_in(place.plain / "classmate", PLAIN, first=b"thrown away later" * 1000)
    place.grade(place.plain)
    (place.plain / "classmate" / "first.txt").unlink()
    place.hand_in(place.plain / "classmate", TELLING)
    place.grade(place.plain)
    shown = {
        path.relative_to(tmp_path): path.read_bytes() for path in place.graded.rglob("*") if path.is_file()
    }
    engine = place.engine()
    before = everything_about(engine, "other").files
    assert prune(engine) > 0
    kept = everything_about(engine, "other").files
    counting = next(one.attempt.number for one in scores_of(engine, "tiny").students if one.sid == "other")
    assert kept == {path: data for path, data in before.items() if path.startswith(f"attempts/{counting}")}
    assert any(data == TELLING for data in kept.values())
    assert prune(engine) == 0
    engine.dispose()
    gradmark("report", place.graded)
    again = {
        path.relative_to(tmp_path): path.read_bytes() for path in place.graded.rglob("*") if path.is_file()
    }
    database = {path for path in shown if "gradebook.db" in path.name}
    assert {path: shown[path] for path in shown.keys() - database} == {
        path: again[path] for path in again.keys() - database
    }
    assert len(again[Path("graded/gradebook.db")]) <= len(shown[Path("graded/gradebook.db")])
