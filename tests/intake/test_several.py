"""Several paths named together: what a student's folder or archive holds never makes it a class or an export."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from grader.intake import Intake, load_roster, take_in
from grader.intake.tree import InSpool, OnDisk
from tests.intake.test_find import tree

ROSTER = "id,name,email\n2001,Ada,ada@u.example\n2002,Mallory,mallory@u.example\n"
CANVAS = ("ada_2001_9001_ps1.ipynb", "bob_2002_9002_ps1.ipynb", "cyd_2003_9003_ps1.ipynb")


def export(folder: Path, *numbers: int) -> Path:
    """A Gradescope export, with a submission of each student's number."""
    tree(folder, *(f"submission_{number}/ps1.ipynb" for number in numbers))
    about = "".join(
        f"submission_{n}:\n  :submitters:\n  - :name: Ada\n    :sid: '{n}'\n    :email: s{n}@u.example\n"
        "  :created_at: 2031-01-01 10:00:00 UTC\n"
        for n in numbers
    )
    (folder / "submission_metadata.yml").write_text(about, encoding="utf-8")
    return folder


def zipped(path: Path, **files: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def ids(intake: Intake) -> list[str]:
    return sorted(student.id for one in intake.found for student in one.students if student.id)


@pytest.fixture
def roster(tmp_path):
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    return load_roster(tmp_path / "roster.csv")


MADE = {
    "Canvas's": ["ada_2001_9901_ps1.ipynb"],
    "Canvas's, twice": ["ada_2001_9901_ps1.ipynb", "ada_2001_9902_helpers.py"],
    "Canvas's, late": ["ada_LATE_2001_9901_ps1.ipynb"],
    "Canvas's, of two": ["ada_2001_9901_ps1.ipynb", "bob_2009_9902_ps1.ipynb"],
    "nbgrader's": ["submitted/2001/ps1/ps1.ipynb", "submitted/2001/ps1/timestamp.txt"],
    "clones": ["ps1-2001/ps1.ipynb", "ps1-2001/.git/HEAD", "ps1-2009/ps1.ipynb", "ps1-2009/.git/HEAD"],
    "otter's": ["2001/ps1_2027_02_21T15_58_23_948203.zip"],
    "a name": ["Ada.ipynb"],
    "a name, with a module": ["Ada.ipynb", "helpers.py"],
    "a folder's name": ["Ada/ps1.ipynb"],
    "two names": ["Ada.ipynb", "other.ipynb"],
}


@pytest.mark.parametrize("beside", ["a folder", "a notebook", "a zip"])
@pytest.mark.parametrize("made", MADE)
def test_one_students_folder_among_several_is_never_anothers(made, beside, roster, tmp_path):
    mallory = tree(tmp_path / "s" / "mallory", *MADE[made])
    other = {
        "a folder": tmp_path / "s" / "bob",
        "a notebook": tmp_path / "s" / "bob.ipynb",
        "a zip": tmp_path / "s" / "bob.zip",
    }[beside]
    tree(other, "ps1.ipynb") if beside == "a folder" else other.write_bytes(b"{}")
    intake = take_in([mallory, other], "ps1", roster=roster)
    assert "2001" not in ids(intake)
    assert any(one.name.startswith("mallory") for one in intake.found)


def test_metadata_in_one_students_folder_make_it_no_export(roster, tmp_path):
    mallory, ada = export(tmp_path / "s" / "mallory", 2001), tree(tmp_path / "s" / "ada", "ps1.ipynb")
    intake = take_in([ada, mallory], "ps1", roster=roster)
    by_name = {one.name: one for one in intake.found}
    assert ids(intake) == ["2001", "2002"]
    assert by_name["ada"].student.id == "2001"
    assert by_name["mallory"].submitted is None
    assert f"{mallory} holds 1 submission" in intake.doubts[0]
    assert "grade it in a separate run" in intake.doubts[0]


def test_a_download_beside_one_students_folder_is_told_not_to_be_read_as_one(tmp_path):
    canvas = tree(tmp_path / "canvas", *CANVAS)
    mallory = tree(tmp_path / "mallory", "ada_2001_9901_ps1.ipynb")
    intake = take_in([canvas, mallory], "ps1")
    assert ids(intake) == []
    assert len(intake.found) == 4
    assert any(
        f"{canvas} holds 3 submissions, but {mallory}, which is not a class, was named with it" in doubt
        for doubt in intake.doubts
    )


def test_no_file_of_a_students_is_opened_to_tell_whether_it_is_a_class(tmp_path, monkeypatch):
    paths = [
        export(tmp_path / "mallory", 2001),
        tree(tmp_path / "eve", "a/ps1/timestamp.txt", "a/ps1/ps1.ipynb"),
        zipped(tmp_path / "ben.zip", **{"ps1.ipynb": "{}", "submission_metadata.yml": "not: [yaml"}),
        zipped(tmp_path / "cy.zip", **{"work/ps1.ipynb": "{}", "work/submission_metadata.yml": "[" * 99}),
    ]

    def opened(*_: object) -> bytes:
        raise AssertionError("opened")

    monkeypatch.setattr(OnDisk, "read", opened)
    monkeypatch.setattr(InSpool, "read", opened)
    assert len(take_in(paths, "ps1").found) == 4
    assert len(take_in(paths[2:], "ps1").found) == 2
    assert len(take_in(paths[3:], "ps1").found) == 1


def test_a_damaged_archive_among_several_is_its_students_to_hear_about(tmp_path):
    (tmp_path / "eve.tar.gz").write_bytes(b"\x1f\x8b and nothing else")
    paths = [tmp_path / "eve.tar.gz", zipped(tmp_path / "ben.zip", **{"ps1.ipynb": "{}"})]
    assert [one.name for one in take_in(paths, "ps1").found] == ["ben", "eve"]


def test_a_zip_beside_a_notebook_is_one_students(tmp_path):
    eve = zipped(tmp_path / "eve.zip", **{"ada.ipynb": "{}", "ben.ipynb": "{}"})
    paths = [tree(tmp_path, "cy.ipynb") / "cy.ipynb", eve]
    assert [one.name for one in take_in(paths, "ps1").found] == ["cy", "eve"]


@pytest.mark.parametrize("packed", [False, True])
def test_real_downloads_may_be_named_together(packed, tmp_path):
    names = [tuple(name.replace("_20", f"_{late}20") for name in CANVAS) for late in ("LATE_", "")]
    paths = [
        tree(tmp_path / "monday", *names[0][:2]),
        tree(tmp_path / "tuesday", *names[1][1:]),
        export(tmp_path / "gradescope", 2005, 2006),
    ]
    if packed:
        paths = [
            zipped(
                path.with_suffix(".zip"),
                **{str(p.relative_to(path)): p.read_text() for p in path.rglob("*") if p.is_file()},
            )
            for path in paths
        ]
    intake = take_in(paths, "ps1")
    assert ids(intake) == ["2001", "2002", "2003", "2005", "2006"]
    assert intake.doubts == []


def test_an_export_with_one_submission_is_one_where_it_is_all_that_is_named(tmp_path):
    assert ids(take_in([export(tmp_path / "export", 2001)], "ps1")) == ["2001"]
    assert ids(take_in([tree(tmp_path / "canvas", CANVAS[0])], "ps1")) == ["2001"]
    assert ids(take_in([zipped(tmp_path / "canvas.zip", **{CANVAS[0]: "{}"})], "ps1")) == ["2001"]


def test_folders_of_students_folders_are_classes_even_of_one(tmp_path):
    paths = [tree(tmp_path / "monday", "ada/ps1.ipynb"), tree(tmp_path / "tuesday", "ben/ps1.ipynb")]
    assert [one.name for one in take_in(paths, "ps1").found] == ["ada", "ben"]


def test_an_export_that_cannot_be_read_costs_only_itself(tmp_path):
    broken = export(tmp_path / "broken", 2005, 2006)
    (broken / "submission_metadata.yml").write_text("not: [yaml", encoding="utf-8")
    intake = take_in([broken, tree(tmp_path / "canvas", *CANVAS)], "ps1")
    assert ids(intake) == ["2001", "2002", "2003"]
    assert intake.unread[0].startswith(f"{broken} was skipped: ")
    assert intake.unread[0].endswith("export it again")
