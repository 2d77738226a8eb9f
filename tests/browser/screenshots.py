"""Pictures for the documentation: the pages, a notebook in JupyterLab, a problem set's preview.

    python -m tests.browser.screenshots build/pages docs/images

Make them again after changing a page, and look at each: that is what they are for.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import nbformat
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from grader.scaffold import new_course
from tests.browser.conftest import ARGUMENTS, chromium
from tests.browser.lab import open_notebook, run_all, running_lab
from tests.browser.pages import graded_class, make_pages

COUNT = 400
MARKERS = ("# BEGIN SOLUTION", "# END SOLUTION")
WIDE, PHONE = {"width": 960, "height": 900}, {"width": 390, "height": 844}
STUDENT = "feedback/03-softmax-over-examples.html"


def main() -> None:
    graded, out = graded_class(Path(sys.argv[1]).resolve(), COUNT), Path(sys.argv[2])
    make_pages(graded)
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        for name, (page, look, ready) in PICTURES.items():
            context = browser.new_context(**{"viewport": WIDE, **look})
            opened = context.new_page()
            opened.goto((graded / page).as_uri())
            ready(opened)
            take(opened, out / f"{name}.png")
        notebook_in_jupyterlab(browser, graded.parent, out / "jupyterlab.png")
        preview(browser, out / "preview.png")
        browser.close()


def at(selector: str) -> Callable[[Page], object]:
    return lambda page: page.locator(selector).first.evaluate("(one) => one.scrollIntoView()")


def one_mistake_open(page: Page) -> None:
    page.locator(".mistake").first.evaluate("(one) => { one.open = true }")
    at("#mistakes")(page)


def by_points(page: Page) -> None:
    page.locator("#class thead button").nth(3).click()
    at("#students")(page)


Look = Mapping[str, Any]
PICTURES: dict[str, tuple[str, Look, Callable[[Page], object]]] = {
    "report": ("report.html", {}, at("#scores")),
    "report-phone": ("report.html", {"viewport": PHONE}, at("#scores")),
    "report-mistakes": ("report.html", {}, one_mistake_open),
    "report-table": ("report.html", {}, by_points),
    "feedback": (STUDENT, {}, lambda page: None),
    "feedback-phone": (STUDENT, {"viewport": PHONE}, lambda page: None),
    "feedback-phone-dark": (STUDENT, {"viewport": PHONE, "color_scheme": "dark"}, at("#q4")),
}
"""Name → the page, how it is looked at, and what to do before taking the picture."""


def notebook_in_jupyterlab(browser: Browser, place: Path, out: Path) -> None:
    """A student's notebook, at a check that does not pass yet."""
    with tempfile.TemporaryDirectory() as scratch:
        folder, home = Path(scratch) / "student", Path(scratch) / "home"
        shutil.copytree(place / "built" / "student", folder)
        given = (place / "submissions" / "04-loss-summed.ipynb").read_text(encoding="utf-8")
        (folder / "ps1.ipynb").write_text(without_markers(given), encoding="utf-8")
        home.mkdir()
        with running_lab(folder, home) as lab:
            page = open_notebook(browser, lab, "ps1.ipynb")
            results = run_all(page, checks=8)
            with contextlib.suppress(Error):
                page.get_by_role("button", name="No", exact=True).click(timeout=3_000)  # news
            results.filter(has_text="q3: ").evaluate("(one) => one.scrollIntoView({block: 'center'})")
            take(page, out)


def without_markers(notebook: str) -> str:
    """A made-up student's notebook without the comments around solutions, which no student's has."""
    made = nbformat.reads(notebook, as_version=4)
    for cell in made.cells:
        lines = cell.source.splitlines()
        cell.source = "\n".join(line for line in lines if not line.strip().startswith(MARKERS))
    return str(nbformat.writes(made))


def preview(browser: Browser, out: Path) -> None:
    """The problem set of a new course, as its author sees it."""
    with tempfile.TemporaryDirectory() as scratch:
        course = Path(scratch) / "course"
        new_course(course)
        command = [sys.executable, "-m", "grader.cli", "preview", "ps1", "--course", course, "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            page = browser.new_context(viewport={"width": 1440, "height": 800}).new_page()
            page.goto(process.stdout.readline().split()[0])
            expect(page.locator("#verdict")).to_have_class("good", timeout=240_000)
            page.frame_locator("#page").get_by_text("Question 1").first.wait_for()
            take(page, out)
            process.terminate()


def take(page: Page, out: Path) -> None:
    """A picture of what the window shows."""
    page.screenshot(path=out, animations="disabled")
    page.context.close()
    print(f"{out}: {out.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
