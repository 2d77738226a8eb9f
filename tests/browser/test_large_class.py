"""A class of 600: the page stays small and quick. The results are those of the graded class, handed in many times."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import expect

from grader.gradebook import (
    Delivery,
    Recorder,
    behaviours,
    documents_of,
    open_gradebook,
    publish,
    reading,
    scores_of,
    transaction,
)
from grader.gradebook.content import handout_of, keep_handout, keep_notebook, notebook_of
from grader.pset import load_problem_set
from grader.report import GradedFolder, write_folder
from grader.results import StudentIdentity
from tests.browser.pages import COURSE

STUDENTS = 600
MOST_BYTES = 2_000_000
SECONDS_TO_ANSWER = 2.0


@pytest.fixture(scope="module")
def many(graded, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    source, copy = open_gradebook(graded / "gradebook.db"), open_gradebook(folder / "gradebook.db")
    scores = scores_of(source, "ps1")
    last = scores.submissions
    wanted = [(attempt.result, attempt.submission, None) for _, attempt in last]
    with reading(source) as connection:
        results = [result for _, result in documents_of(connection, scores.number, wanted)]
        shown = [notebook_of(connection, attempt.number) for _, attempt in last]
        shared = handout_of(connection, scores.number)
    behaved = {one.submission: one for one in behaviours(source, scores)}
    recorder = Recorder(copy, load_problem_set(COURSE / "psets" / "ps1"), by="a test")
    for number in range(STUDENTS):
        which = number % len(results)
        result, behaviour = results[which], behaved.get(results[which].submission)
        name = f"{result.submission}-{number:04}"
        student = StudentIdentity(str(number), f"Student {number:04}", "")
        attempt, _ = recorder.hand_in(Delivery(name, f"{number:064}", (student,)))
        recorder.record(attempt, msgspec.structs.replace(result, submission=name), behaviour)
        if (content := shown[which]) is not None:
            with transaction(copy) as connection:
                keep_notebook(connection, attempt, content)
    with transaction(copy) as connection:
        keep_handout(connection, recorder.pset, shared)
    publish(copy, "ps1", True, by="a test")
    write_folder(copy, GradedFolder(folder), "ps1", datetime.now(UTC))
    source.dispose()
    copy.dispose()
    return folder


def test_the_page_is_one_file_of_less_than_two_megabytes(many):
    assert (many / "report.html").stat().st_size < MOST_BYTES
    assert len(list((many / "feedback").glob("*.html"))) == STUDENTS


def test_sorting_and_searching_600_answers_at_once(open_page, many):
    watched = open_page(many / "report.html")
    page = watched.page
    started = time.monotonic()
    page.locator("#class thead button").nth(1).click()
    page.locator("#find").fill("Student 0599")
    expect(page.locator("#shown")).to_have_text(f"1 of {STUDENTS} students")
    assert time.monotonic() - started < SECONDS_TO_ANSWER
    assert page.locator("#class tbody tr:visible").count() == 1
    watched.assert_quiet()
