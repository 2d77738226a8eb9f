"""Which files of a graded folder are written: for attempts that count, for a name's last one, and without pages."""

from __future__ import annotations

import json

import pytest

from grader.errors import GradmarkError
from grader.gradebook import open_gradebook, publish
from grader.report import GradedFolder, write_folder
from tests.gradebook.course import DAY, DUE, POLICY, course, handed_in, record_results


@pytest.fixture
def engine(tmp_path):
    engine = open_gradebook(tmp_path / "gradebook.db")
    yield engine
    engine.dispose()


def test_results_and_scores_alone_are_written_where_no_pages_are_asked_for(engine, tmp_path):
    record_results(engine, course(tmp_path), [handed_in("ada", 1), handed_in("bob", 2)])
    out = tmp_path / "graded"
    written = write_folder(engine, GradedFolder(out), "tiny", DUE, pages=False)
    assert (written.pages, written.problems) == (0, {})
    assert {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()} == {
        "folder.json", "scores.csv", "results/ada.json", "results/bob.json",
    }  # fmt: skip
    written = write_folder(engine, GradedFolder(out), "tiny", DUE)
    assert written.pages == 2
    assert sorted(path.name for path in (out / "feedback").iterdir()) == ["ada.html", "bob.html"]


def test_a_page_shows_the_attempt_that_counts_and_a_result_the_last_one(engine, tmp_path):
    first, second = handed_in("ada", 1, late=-2 * DAY), handed_in("ada", 1, 1.0, late=-DAY, sha="changed")
    record_results(engine, course(tmp_path, POLICY + "\ncounts: best"), [first, second])
    publish(engine, "tiny", True, by="ta")
    out = tmp_path / "graded"
    write_folder(engine, GradedFolder(out), "tiny", DUE)
    assert [path.name for path in (out / "results").iterdir()] == ["ada.json"]
    assert json.loads((out / "results" / "ada.json").read_text())["score"] == 3
    assert "3 of 3 points" in (out / "feedback" / "ada.html").read_text()


def test_another_problem_set_s_folder_is_left_alone(engine, tmp_path):
    record_results(engine, course(tmp_path), [handed_in("ada", 1)])
    folder = GradedFolder(tmp_path / "graded")
    folder.create("other")
    before = {path: path.read_bytes() for path in folder.folder.rglob("*") if path.is_file()}
    with pytest.raises(GradmarkError, match="holds problem set other; name another --out for tiny"):
        write_folder(engine, folder, "tiny", DUE)
    assert {path: path.read_bytes() for path in folder.folder.rglob("*") if path.is_file()} == before
