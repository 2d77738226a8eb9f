"""Folders nested so deeply that walking them would exhaust the stack."""

import os

import pytest

from grader.errors import SubmissionRejected
from grader.intake import take_in
from grader.sandbox.isolation.scratch import remove_tree


@pytest.fixture
def deep(tmp_path):
    here = os.getcwd()
    top = tmp_path / "sam"
    top.mkdir()
    try:
        os.chdir(top)
        for _ in range(1500):
            os.mkdir("d")
            os.chdir("d")
    finally:
        os.chdir(here)
    yield top
    remove_tree(str(top))


def test_a_folder_of_submissions_is_searched_to_a_bounded_depth(deep, tmp_path):
    (tmp_path / "kim.ipynb").write_text("{}")
    intake = take_in([tmp_path], "ps1")
    assert [one.name for one in intake.found] == ["kim"]
    assert any("50 folders deep" in one.reason for one in intake.unused)


def test_a_submission_nested_too_deep_is_rejected_by_itself(deep, tmp_path):
    (deep / "ps1.ipynb").write_text("{}")
    found = take_in([tmp_path], "ps1").found
    with pytest.raises(SubmissionRejected, match="nested"):
        found[0].read()
