"""A class graded and decided about by the commands that a TA types: the same on both databases."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path

from grader.simulate import write_class
from tests.gradebook.course import DUE, course
from tests.gradebook.test_class import ADA, BEN, CLASS, CY, DEE, EVE, gradmark, write_roster


def whole_story(folder: Path, db: list[str]) -> dict[str, str]:
    """Everything that the commands say at the end of a term, without the times of saying it."""
    folder.mkdir()
    graded = folder / "graded"
    pset = course(folder).path
    exported = write_class(CLASS, "tiny", "gradescope", folder)
    write_roster(folder, ADA, BEN, CY, DEE, EVE)
    grade = [
        "grade",
        pset,
        exported,
        "--roster",
        folder / "roster.csv",
        "--jobs",
        1,
        "--out",
        graded,
        "--no-feedback",
    ]
    gradmark(*grade, "--attempt", "all", *db)
    until = (DUE + timedelta(days=2)).isoformat()
    gradmark("gradebook", "extend", graded, CY.id, until, "--why", "ill", "--by", "ta", *db)
    gradmark("gradebook", "override", graded, EVE.id, 3, "--why", "oral", "--by", "ta", *db)
    gradmark(
        "gradebook", "override", graded, BEN.id, 1.5, "--question", "q1", "--why", "copied", "--by", "ta", *db
    )
    gradmark(
        "gradebook", "choose", graded, ADA.id, "Ada_Lee_100-attempt1", "--why", "asked", "--by", "ta", *db
    )
    gradmark("manual", "export", graded, *db)
    rows = list(csv.DictReader((graded / "manual" / "manual.csv").open(encoding="utf-8")))
    assert len(rows) == 4
    for number, row in enumerate(rows):
        row |= {"points": str(number), "comment": f"=read {number} é"}
    with (graded / "manual" / "manual.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    gradmark("manual", "import", graded, graded / "manual" / "manual.csv", "--by", "ta", *db)
    gradmark("scores", graded, "--to", "gradescope", *db)
    history = [line.split("  ", 1)[1] for line in gradmark("gradebook", "history", graded, *db).splitlines()]
    return {
        "csv": gradmark("scores", graded, *db),
        "best": gradmark("scores", graded, "--count", "best", *db),
        "canvas": gradmark("scores", graded, "--to", "canvas", *db),
        "history": "\n".join(history),
        **{path.name: path.read_text(encoding="utf-8") for path in sorted((graded / "gradescope").iterdir())},
    }


def test_a_class_has_the_same_story_in_sqlite_and_postgresql(url, tmp_path):
    here, there = whole_story(tmp_path / "sqlite", []), whole_story(tmp_path / "postgresql", ["--db", url])
    assert (tmp_path / "sqlite" / "graded" / "gradebook.db").exists()
    assert not (tmp_path / "postgresql" / "graded" / "gradebook.db").exists()
    assert here == there
    rows = {row["student_id"]: row for row in csv.DictReader(io.StringIO(here["csv"]))}
    assert rows["104"]["score"] == "3"
    assert float(rows["102"]["score"]) > float(rows["101"]["score"]), "extended, and not overridden"
    assert rows["100"]["chosen"] == "yes"
