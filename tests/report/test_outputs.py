"""The graded folder's files: what they are called, who may read them, and which are removed."""

from __future__ import annotations

import pytest

from grader.errors import GradmarkError
from grader.report import GradedFolder
from grader.report.outputs import page_link, page_names, remove_others, write_if_new
from tests.gradebook.in_memory import a_student, an_attempt, the_class


def test_a_page_is_called_as_its_student_s_submission():
    assert page_names(the_class(a_student(an_attempt(submission="ada"), 1))) == {1: "ada"}


def test_members_of_a_group_have_pages_called_after_themselves():
    together = an_attempt(submission="ada_and_ben", members=2)
    members = [a_student(together, 1, 1), a_student(together, 1, 2, name="Ben"), a_student(together, 1, 3)]
    members[1].sid = ""
    members[2].sid, members[2].email = "", "cy@x.org"
    assert page_names(the_class(*members)) == {1: "s1", 2: "Ben", 3: "cy@x.org"}


def test_a_name_that_is_taken_gets_a_number_and_submissions_keep_theirs():
    named = a_student(an_attempt(submission="S2"), 1, 1)
    member = a_student(an_attempt(2, submission="both", members=2), 1, 2)
    assert page_names(the_class(member, named)) == {1: "S2", 2: "s2-2"}


def test_only_who_handed_in_or_was_given_points_has_a_page():
    absent, given = a_student(None, None, 1), a_student(None, 2, 2)
    assert page_names(the_class(absent, given)) == {2: "s2"}


def test_a_link_quotes_the_name():
    assert page_link('a b"#ü') == "feedback/a%20b%22%23%C3%BC.html"


def test_a_file_that_holds_this_already_is_not_written_again(tmp_path):
    file = tmp_path / "a.json"
    write_if_new(file, b"1")
    before = file.stat().st_ino
    write_if_new(file, b"1")
    assert file.stat().st_ino == before
    write_if_new(file, b"2")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"2", 0o600)
    file.chmod(0o644)
    write_if_new(file, b"2")
    assert file.stat().st_mode & 0o777 == 0o600, "what others could read is written anew"


def test_other_files_of_the_kind_are_removed(tmp_path):
    for name in ("a.html", "b.html", "a.json"):
        (tmp_path / name).touch()
    remove_others(tmp_path, ".html", ["a"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "a.json"]


def test_a_folder_knows_its_problem_set_and_refuses_another(tmp_path):
    folder = GradedFolder(tmp_path / "graded")
    assert folder.pset is None
    folder.refuse_another("tiny")
    folder.create("tiny")
    assert folder.pset == "tiny"
    folder.refuse_another("tiny")
    with pytest.raises(GradmarkError, match="holds problem set tiny; name another --out for other"):
        folder.refuse_another("other")


@pytest.mark.parametrize("content", [b"", b"{", b'{"pset": 3}'])
def test_a_folder_whose_note_is_unreadable_is_known_by_its_results(tmp_path, content):
    folder = GradedFolder(tmp_path)
    folder.create("tiny")
    (tmp_path / "folder.json").write_bytes(content)
    assert folder.pset is None
    (folder.results / "ada.json").write_bytes(b'{"pset": "tiny", "more": 1}')
    assert folder.pset == "tiny"


def test_a_second_run_is_kept_out_and_what_a_killed_one_left_is_removed(tmp_path):
    folder = GradedFolder(tmp_path)
    folder.create("tiny")
    (folder.results / ".ada.json.123.part").touch()
    with folder.held("tiny"):
        assert list(folder.results.iterdir()) == []
        with pytest.raises(GradmarkError, match="another run is grading into"), folder.held("tiny"):
            pass
    with folder.held("tiny"):
        pass


def test_only_a_folder_of_ours_alone_is_closed_to_others(tmp_path):
    ours, shared = tmp_path / "ours", tmp_path / "shared"
    for folder in (ours, shared):
        folder.mkdir(mode=0o755)
    (shared / "notes.txt").touch()
    for folder in (ours, shared):
        GradedFolder(folder).create("tiny")
    assert [folder.stat().st_mode & 0o777 for folder in (ours, shared)] == [0o700, 0o755]
    assert (shared / "results").stat().st_mode & 0o777 == 0o700


def test_exports_are_removed_and_named(tmp_path):
    folder = GradedFolder(tmp_path)
    folder.create("tiny")
    for name in ("gradescope", "manual"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").touch()
    (tmp_path / "unused.txt").touch()
    assert folder.remove_exports() == ["gradescope", "manual", "unused.txt"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder.json", "results"]
