"""The folder above one or several downloads: each is read as what it is, and nobody counts twice."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from grader.intake import take_in
from tests.intake.test_find import tree
from tests.intake.test_several import export, ids

CANVAS = ("ada_2001_9001_ps1.ipynb", "bob_2002_9002_ps1.ipynb")


def packed(folder: Path) -> Path:
    path = folder.with_name(f"{folder.name}.zip")
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(folder))
    return path


def test_a_download_and_the_archive_it_came_in_are_one(tmp_path):
    packed(tree(tmp_path / "d" / "submissions", *CANVAS))
    intake = take_in([tmp_path / "d"], "ps1")
    assert ids(intake) == ["2001", "2002"]
    assert intake.recognised == [f"{tmp_path / 'd' / 'submissions'}: a Canvas download, 2 submissions"]
    assert [one.reason for one in intake.unused] == ["holds what lies in the folder of the same name"]


@pytest.mark.parametrize("deep", ["", "a/b/"])
def test_several_downloads_are_several_however_deep(deep, tmp_path):
    tree(tmp_path / "d" / deep / "monday", *CANVAS)
    tree(tmp_path / "d" / deep / "late", "cyd_LATE_2003_9003_ps1.ipynb")
    export(tmp_path / "d" / deep / "gradescope", 2005, 2006)
    (tmp_path / "d" / deep / "grades.xlsx").write_bytes(b"x")
    intake = take_in([tmp_path / "d"], "ps1")
    assert ids(intake) == ["2001", "2002", "2003", "2005", "2006"]
    assert len(intake.recognised) == 3
    assert [one.path.name for one in intake.unused] == ["grades.xlsx"]


def test_a_download_that_is_still_packed_is_read_in_its_folder(tmp_path):
    folder = tree(tmp_path / "d" / "submissions", *CANVAS)
    packed(folder)
    for file in folder.iterdir():
        file.unlink()
    assert ids(take_in([tmp_path / "d"], "ps1")) == ["2001", "2002"]


def test_clones_below_another_folder_are_clones(tmp_path):
    tree(tmp_path / "d" / "ps1-submissions", "ps1-ada/ps1.ipynb", "ps1-ben/ps1.ipynb")
    assert ids(take_in([tmp_path / "d"], "ps1")) == ["ada", "ben"]


@pytest.mark.parametrize("beside", ["bob/ps1.ipynb", "bob.ipynb", "bob/bob_2009_9003_ps1.ipynb"])
def test_a_students_folder_among_others_is_no_download(beside, tmp_path):
    tree(tmp_path / "class" / "mallory", "ada_2001_9901_ps1.ipynb")
    tree(tmp_path / "class", beside)
    assert ids(take_in([tmp_path / "class"], "ps1")) == []


def test_students_archives_in_a_folder_stay_packed(tmp_path):
    packed(tree(tmp_path / "x" / "mallory", *CANVAS)).rename(tmp_path / "mallory.zip")
    packed(tree(tmp_path / "y" / "ben", "ps1.ipynb")).rename(tmp_path / "ben.zip")
    (tmp_path / "class").mkdir()
    for name in ("mallory.zip", "ben.zip"):
        (tmp_path / name).rename(tmp_path / "class" / name)
    assert [one.name for one in take_in([tmp_path / "class"], "ps1").found] == ["ben", "mallory"]


def test_a_students_archive_that_somebody_unpacked_beside_it_is_one_submission(tmp_path):
    for who in ("ada", "ben"):
        packed(tree(tmp_path / "class" / who, "ps1.ipynb"))
    intake = take_in([tmp_path / "class"], "ps1")
    assert [(one.name, list(one.files)) for one in intake.found] == [
        ("ada", ["ps1.ipynb"]),
        ("ben", ["ps1.ipynb"]),
    ]
    assert len(intake.unused) == 2


@pytest.mark.parametrize("zipped", [False, True])
def test_of_two_downloads_one_may_hold_a_single_student(zipped, tmp_path):
    paths = [tree(tmp_path / "all", *CANVAS), tree(tmp_path / "late", "cyd_LATE_2003_9003_ps1.ipynb")]
    intake = take_in([packed(path) if zipped else path for path in paths], "ps1")
    assert ids(intake) == ["2001", "2002", "2003"]
    assert ["was read as a download, like the paths named with it" in doubt for doubt in intake.doubts] == [
        True
    ]
