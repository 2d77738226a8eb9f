"""What is taken for a submission, and under which name."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from grader.errors import GradmarkError, SubmissionRejected
from grader.files import write_inside
from grader.intake import take_in
from grader.intake.names import places_below, safe_name


def tree(folder: Path, *paths: str) -> Path:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(path, encoding="utf-8")
    return folder


def names(folder: Path, *paths: str) -> dict[str, list[str]]:
    found = take_in([tree(folder, *paths)], "ps1").found
    return {one.name: sorted(one.read()) for one in found}


def test_files_in_a_folder_are_submissions(tmp_path):
    assert names(tmp_path, "ada.ipynb", "bob.py", "cy.zip", "notes.txt") == {
        "ada": ["ada.ipynb"],
        "bob": ["bob.py"],
        "cy": ["cy.zip"],
    }


def test_a_folder_with_the_handouts_file_is_one_submission(tmp_path):
    assert names(tmp_path / "ada", "ps1.ipynb", "helpers.py", "data/x.csv") == {
        "ada": ["data/x.csv", "helpers.py", "ps1.ipynb"]
    }


def test_a_folder_with_one_notebook_inside_the_class_is_one_submission(tmp_path):
    assert names(tmp_path, "ada/mine.ipynb", "ada/helpers.py", "bob/ps1.py", "bob/more.py") == {
        "ada": ["helpers.py", "mine.ipynb"],
        "bob": ["more.py", "ps1.py"],
    }


def test_the_folder_that_was_named_may_hold_a_class_of_one(tmp_path):
    assert names(tmp_path, "ada.ipynb") == {"ada": ["ada.ipynb"]}


def test_equal_file_names_are_told_apart_by_their_folders(tmp_path):
    tree(tmp_path, "monday/ada.ipynb", "tuesday/ada.ipynb", "tuesday/eve.ipynb")
    found = take_in(sorted(tmp_path.glob("*/*.ipynb")), "ps1").found
    assert [one.name for one in found] == ["eve", "monday-ada-86020855", "tuesday-ada-9c0481a4"]
    handed = [tree(tmp_path, f"{who}/x/ps1.ipynb") / who / "x" / "ps1.ipynb" for who in ("p", "q")]
    assert len({one.name for one in take_in(handed, "ps1").found}) == 2


def test_the_order_of_the_paths_does_not_matter(tmp_path):
    tree(tmp_path, "a/x.ipynb", "b/x.ipynb", "x.ipynb")
    paths = sorted(tmp_path.rglob("*.ipynb"))
    assert take_in(paths, "ps1") == take_in(paths[::-1], "ps1")


def test_what_is_not_used_is_reported(tmp_path):
    tree(tmp_path, "ada.ipynb", "notes.txt", "__MACOSX/ada.ipynb", ".hidden.ipynb")
    (tmp_path / "link.ipynb").symlink_to("/etc/passwd")
    intake = take_in([tmp_path], "ps1")
    assert [one.name for one in intake.found] == ["ada"]
    assert {(file.path.name, file.reason) for file in intake.unused} == {
        ("notes.txt", "is not a notebook, a .py file or an archive"),
        ("link.ipynb", "is a link"),
    }


def test_a_link_inside_a_submission_is_refused(tmp_path):
    tree(tmp_path / "ada", "ps1.ipynb")
    (tmp_path / "ada" / "answers.py").symlink_to("/etc/passwd")
    found = take_in([tmp_path / "ada"], "ps1").found
    with pytest.raises(SubmissionRejected, match=r"answers\.py is a link"):
        found[0].read()


def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    tree(tmp_path / "ada", "ps1.ipynb")
    os.mkfifo(tmp_path / "ada" / "pipe.csv")
    found = take_in([tmp_path / "ada"], "ps1").found
    assert list(found[0].read()) == ["ps1.ipynb"]


def test_a_huge_file_is_refused_before_it_is_read(tmp_path):
    with open(tmp_path / "ada.ipynb", "wb") as file:
        file.truncate(1 << 40)
    found = take_in([tmp_path], "ps1").found
    with pytest.raises(SubmissionRejected, match="larger than 48 MB"):
        found[0].read()


@pytest.mark.parametrize("what", ["missing", "empty"])
def test_nothing_to_grade_is_one_sentence(tmp_path, what):
    folder = tmp_path / what
    if what == "empty":
        folder.mkdir()
    with pytest.raises(GradmarkError, match=r"does not exist|there is no submission"):
        take_in([folder], "ps1")


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("ada", "ada"),
        ("Ada Lovelace (late)", "Ada_Lovelace_late"),
        ("../../etc/passwd", "etc_passwd"),
        ("=HYPERLINK(1)", "HYPERLINK_1"),
        ("-rf", "rf"),
        ("Zoë", "Zoë"),
        ("名前", "名前"),
        ("a\u202egpj.exe", "a_gpj.exe"),
        ("line\nbreak", "line_break"),
        ("\udcff", "unnamed"),
        ("...", "unnamed"),
        ("é" * 300, "é" * 75),
    ],
)
def test_names_are_safe_as_file_names_and_in_a_spreadsheet(given, safe):
    assert safe_name(given) == safe


def test_a_name_of_any_length_is_a_file_s_name(tmp_path):
    for above in ("a" + "é" * 100, "b" + "é" * 100):
        folder = tmp_path / above / ("ü" * 120)
        folder.mkdir(parents=True)
        (folder / f"{'ö' * 120}.ipynb").write_text("{}")
    found = take_in([tmp_path], "ps1").found
    names = {one.name for one in found}
    assert len(names) == 2
    assert all(len(name.encode()) <= 220 for name in names)


@pytest.mark.parametrize("given", ["con", "NUL", "aux.txt", "com1.tar.gz", "Lpt9", "con_", "..prn"])
def test_no_name_is_a_device_of_windows(given):
    stem = safe_name(given).partition(".")[0].casefold()
    assert stem.rstrip("_") in {"con", "nul", "aux", "com1", "lpt9", "prn"}
    assert stem.endswith("_")
    assert safe_name(safe_name(given)) == safe_name(given)


@pytest.mark.parametrize("given", ["console", "con-ada", "nul1", "com10", "x.con", "auxiliary.txt"])
def test_a_name_that_only_holds_a_devices_stays(given):
    assert safe_name(given) == given


@pytest.mark.parametrize(
    "paths",
    [
        ["a/d", "a/d/x", "a/d-2"],
        ["a/" + "n" * 300 + ".txt", "a/" + "n" * 299 + "m.txt"],
        ["a/" + "/".join(["p" * 200] * 45), "a/ok"],
        ["a/e\u0301.txt", "a/\u00e9.txt", "a/A.txt", "a/a.txt"],
        ["about.json", "About.json/x", "b/../c"],
        ["D/x", "d"],
    ],
)
def test_files_of_any_paths_find_a_place_each_below_one_folder(paths, tmp_path):
    places = places_below(paths, taken=["about.json"])
    assert list(places) == sorted(paths)
    alike = {unicodedata.normalize("NFC", place).casefold() for place in places.values()} | {"about.json"}
    assert len(alike) == len(paths) + 1
    (tmp_path / "about.json").write_text("ours")
    for path, place in places.items():
        write_inside(tmp_path, place, path.encode())
    assert {path: (tmp_path / place).read_text() for path, place in places.items()} == {p: p for p in paths}
    assert (tmp_path / "about.json").read_text() == "ours"


def test_ordinary_paths_are_their_own_places():
    paths = ["one/ps1.ipynb", "one/data/a.csv", "two/ps1.ipynb"]
    assert places_below(paths) == {path: path for path in sorted(paths)}
