"""Every export is recognised by itself, with its students, times and late marks; what is not used is reported."""

from __future__ import annotations

import io
import shutil
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from grader.errors import GradmarkError
from grader.intake import load_roster, take_in
from grader.simulate import LAYOUTS, Attempt, Handin, Person, write_class
from tests.intake.test_find import tree

DUE = datetime(2027, 2, 21, 23, 59, tzinfo=UTC)
ADA, BEN = Person("1001", "Ada", "O'Brien", "ada1"), Person("1002", "Ben", "Müller", "ben2")
CY = Person("1003", "Cy", "李", "cy3")


def attempt(text: str, hours: float = -1.0) -> Attempt:
    return Attempt("right", text.encode(), DUE + timedelta(hours=hours), hours > 0)


CLASS = [
    Handin((ADA,), (attempt("ada's first", -30), attempt("ada's second", -2))),
    Handin((BEN, CY), (attempt("ben's and cy's", 5),)),
]


def taken(path: Path, **options):
    intake = take_in([path], "ps1", **options)
    return {one.students[0].id if one.students else one.name: one for one in intake.found}, intake


@pytest.mark.parametrize(
    ("layout", "archive"),
    [(layout, archive) for layout in LAYOUTS for archive in ("", "zip")] + [("gradescope", "tar")],
)
def test_each_layout_comes_back_as_it_was_handed_in(layout, archive, tmp_path):
    path = write_class(CLASS, "ps1", layout, tmp_path, archive=archive)
    (tmp_path / "roster.csv").write_text(
        "Student ID,Last Name,First Name,E-Mail,GitHub username\n"
        + "".join(f"{p.id},{p.last},{p.first},{p.email},{p.login}\n" for p in (ADA, BEN, CY)),
        encoding="utf-8",
    )
    found, intake = taken(path, roster=load_roster(tmp_path / "roster.csv"))
    assert set(found) == {"1001", "1002"}, intake.recognised
    for handin in CLASS:
        one, person, last = found[handin.people[0].id], handin.people[0], handin.attempts[-1]
        assert (one.student.name, one.student.email) == (person.name, person.email)
        files = one.read()
        if layout == "otter":
            files = {n: zipfile.ZipFile(io.BytesIO(c)).read("ps1.ipynb") for n, c in files.items()}
        assert last.content in files.values()
        if layout in ("gradescope", "nbgrader"):
            assert one.submitted == last.submitted
        if layout == "canvas":
            assert one.late is last.late
        if layout == "gradescope":
            assert [s.id for s in one.students] == [p.id for p in handin.people]
        if layout in ("gradescope", "canvas", "otter"):
            assert one.attempt == len(handin.attempts)
    assert [
        one for one in intake.unused if "attempt" not in one.reason and one.path.name != "README.md"
    ] == []


@pytest.mark.parametrize(
    ("attempts", "names"),
    [
        ("latest", {"obrienada_1001": "ada's second"}),
        ("first", {"obrienada_1001": "ada's first"}),
        ("all", {"obrienada_1001-attempt1": "ada's first", "obrienada_1001-attempt2": "ada's second"}),
    ],
)
def test_the_attempt_that_is_asked_for_is_taken_and_the_others_are_reported(attempts, names, tmp_path):
    path = write_class(CLASS[:1], "ps1", "canvas", tmp_path)
    intake = take_in([path], "ps1", attempts=attempts)
    assert {one.name: one.read()["ps1.ipynb"].decode() for one in intake.found} == names
    assert len(intake.unused) == 2 - len(names)
    assert all("by obrienada_1001" in one.reason for one in intake.unused)


def test_canvas_tells_apart_anonymous_texts_links_and_further_attachments(tmp_path):
    tree(
        tmp_path, "anon_7_900_ps1.ipynb", "LATE_anon_8_901_ps1.ipynb", "obrienada_9_902_ps1.ipynb",
        "obrienada_9_903_helpers.py", "zed_10_text.html", "zed_11_link.html", "readme.txt",
    )  # fmt: skip
    found, intake = taken(tmp_path)
    assert {key: (one.late, sorted(one.read())) for key, one in found.items()} == {
        "7": (False, ["ps1.ipynb"]),
        "8": (True, ["ps1.ipynb"]),
        "9": (False, ["helpers.py", "ps1.ipynb"]),
    }
    assert sorted(one.path.name for one in intake.unused) == [
        "readme.txt",
        "zed_10_text.html",
        "zed_11_link.html",
    ]


def test_gradescopes_yaml_is_read_as_ruby_writes_it(tmp_path):
    tree(tmp_path, "submission_1/ps1.ipynb", "submission_2/ps1.ipynb", "submission_9/ps1.ipynb", "__MACOSX/x")
    (tmp_path / "submission_metadata.yml").write_text(
        """---
submission_1:
  :submitters:
  - :name: "=cmd|' /C calc'!A0"
    :email: ada@university.example
  :created_at: 2027-02-21 21:55:09.389690000 -05:00
  :results: !ruby/hash:ActiveSupport::HashWithIndifferentAccess
    tests: !ruby/object:Test {name: x}
submission_2:
  :submitters:
  - :name: Ben
    :sid: 1002
    :email: ben@university.example
  - :name: Cy
    :sid: '01003'
    :email: cy@university.example
  :created_at: 2027-02-22 02:55:09.389690000 Z
submission_3:
  :submitters: []
""",
        encoding="utf-8",
    )
    intake = take_in([tmp_path], "ps1")
    by_folder = {one.where.name: one for one in intake.found}
    assert set(by_folder) == {"submission_1", "submission_2", "submission_9"}
    assert by_folder["submission_1"].student.email == "ada@university.example"
    assert by_folder["submission_1"].submitted == by_folder["submission_2"].submitted
    assert [student.id for student in by_folder["submission_2"].students] == ["1002", "01003"]
    assert by_folder["submission_9"].students == ()
    assert [(one.path.name, one.reason) for one in intake.unused] == [
        ("submission_3", "is named in submission_metadata.yml but has no files")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[",
        "- a list",
        "&a [*a, *a]",
        "x: !!python/object/apply:os.system [touch hacked]",
        "[" * 5000 + "]" * 5000,
        "[" * 10**5,
        # Merges that double with every line.
        "a0: &a0 {k: v}\n" + "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 60)),
    ],
)
def test_metadata_that_make_no_sense_are_one_sentence(text, tmp_path):
    tree(tmp_path, "submission_1/ps1.ipynb")
    (tmp_path / "submission_metadata.yml").write_text(text, encoding="utf-8")
    with pytest.raises(GradmarkError, match=r"submission_metadata\.yml cannot be read"):
        take_in([tmp_path], "ps1")


def test_nbgraders_other_assignments_are_left_alone(tmp_path):
    tree(tmp_path, *(f"submitted/{who}/{what}/x.ipynb" for who in "ab" for what in ("ps1", "ps2")))
    for who in "ab":
        (tmp_path / f"submitted/{who}/ps1/timestamp.txt").write_text(
            "2027-02-21 15:58:23.948203 America/New_York"
        )
    found, intake = taken(tmp_path)
    assert {key: list(one.files) for key, one in found.items()} == {"a": ["x.ipynb"], "b": ["x.ipynb"]}
    assert found["a"].submitted.astimezone(UTC).hour == 20
    assert [one.path.name for one in intake.unused] == ["ps2", "ps2"]


def test_github_needs_no_clones_where_the_folder_says_it(tmp_path):
    tree(tmp_path / "ps1-submissions", "ps1-ada/mine.ipynb", "ps1-team-7/ps1.py", "ps1-eve/README.md")
    found, intake = taken(tmp_path / "ps1-submissions")
    assert set(found) == {"ada", "team-7"}
    assert [one.path.name for one in intake.unused] == ["ps1-eve"]


@pytest.mark.parametrize(
    "made",
    ["ada/submission_metadata.yml", "ada/ps1/timestamp.txt", "ada/.git/HEAD", "ada/anon_1_2_ps1.ipynb"],
)
def test_one_student_cannot_choose_the_layout_in_which_all_are_read(made, tmp_path):
    tree(tmp_path, "ada/ps1.ipynb", "ben/ps1.ipynb", "cy/ps1.ipynb", made)
    found, intake = taken(tmp_path)
    assert {"ben", "cy"} <= set(found)
    assert "files and folders" in intake.recognised[0]


@pytest.mark.parametrize("archive", [False, True])
def test_notebooks_that_are_handed_in_together_are_one_submission(archive, tmp_path):
    made = tree(
        tmp_path / "class",
        "ada/part1.ipynb", "ada/part2.ipynb", "ada/data.csv", "ben/part2.ipynb", "late/cy/part1.ipynb",
        "late/cy/part2.ipynb", "dan.ipynb",
    )  # fmt: skip
    if archive:
        made = Path(shutil.make_archive(str(made), "zip", made))
    intake = take_in([made], "project", together=("part1", "part2"))
    found = {one.name: sorted(one.read()) for one in intake.found}
    assert found == {
        "ada": ["data.csv", "part1.ipynb", "part2.ipynb"],
        "ben": ["part2.ipynb"],
        "late-cy": ["part1.ipynb", "part2.ipynb"],
        "dan": ["dan.ipynb"],
    }
