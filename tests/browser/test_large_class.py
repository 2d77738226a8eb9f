"""A class of 600: the page stays small and quick. The results are those of the graded class, handed in many times."""

from __future__ import annotations

import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import expect

from grader.batch.store import ResultStore
from grader.gradebook import HandedIn, open_engine, record_results, scores_of
from grader.pset import load_problem_set
from grader.report import publish, write_pages
from grader.results import StudentIdentity
from tests.browser.pages import COURSE

STUDENTS = 600
MOST_BYTES = 2_000_000
SECONDS_TO_ANSWER = 2.0


@pytest.fixture(scope="module")
def many(graded, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    source, store = ResultStore(graded), ResultStore(folder)
    store.create()
    names = sorted(path.stem for path in source.results.glob("*.json"))
    behaviours = {one.submission: one for one in source.behaviours()}
    results = []
    for number in range(STUDENTS):
        name = names[number % len(names)]
        result = source.read(name)
        new = f"{name}-{number:04}"
        result.submission, result.student = new, StudentIdentity(str(number), f"Student {number:04}", "")
        store.write(result)
        behaviour = behaviours.get(name)
        store.write_behaviour(new, behaviour and msgspec.structs.replace(behaviour, submission=new))
        results.append(HandedIn(result))
    engine = open_engine(folder / "gradebook.db")
    record_results(engine, load_problem_set(COURSE / "psets" / "ps1"), results, by="a test")
    shutil.copytree(graded / "notebooks", folder / "notebooks")
    publish(folder, True)
    write_pages(store, scores_of(engine, "ps1"), datetime.now(UTC))
    engine.dispose()
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
    expect(page.locator("#shown")).to_have_text(f"1 of {STUDENTS} submissions")
    assert time.monotonic() - started < SECONDS_TO_ANSWER
    assert page.locator("#class tbody tr:visible").count() == 1
    watched.assert_quiet()
