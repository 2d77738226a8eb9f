"""Pictures of every page for the documentation.

    python -m tests.browser.screenshots build/pages docs/images

They are there to be looked at: after a change of a page, make them again and look.
"""

from __future__ import annotations

import contextlib
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Page, sync_playwright

from tests.browser.conftest import ARGUMENTS, chromium
from tests.browser.lab import open_notebook, run_all, running_lab
from tests.browser.pages import COURSE, graded_class, make_pages

WIDE, PHONE = {"width": 1200, "height": 900}, {"width": 390, "height": 844}
STUDENT = "03-softmax-over-examples.html"


def main() -> None:
    graded, out = graded_class(Path(sys.argv[1]).resolve(), 600), Path(sys.argv[2])
    make_pages(graded)
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        for name, (page, look, ready) in pictures(graded).items():
            take(browser, graded / page, look, ready, out / f"{name}.png")
        take_notebook(browser, graded.parent, out / "jupyterlab.png")
        browser.close()


Look = Mapping[str, Any]
Picture = tuple[str, Look, Callable[[Page], object]]


def pictures(graded: Path) -> dict[str, Picture]:
    """Name → the page, how it is looked at, and what is done before the picture is taken."""

    def at(selector: str) -> Callable[[Page], object]:
        return lambda page: page.locator(selector).first.evaluate("(one) => one.scrollIntoView()")

    def open_mistake(page: Page) -> None:
        page.locator(".mistake").first.evaluate("(one) => { one.open = true; one.scrollIntoView() }")

    def by_points(page: Page) -> None:
        page.locator("#class thead button").nth(3).click()
        at("#students")(page)

    def printed(page: Page) -> None:
        page.emulate_media(media="print")

    dark = {"color_scheme": "dark"}
    return {
        "report": ("report.html", {}, lambda page: None),
        "report-scores": ("report.html", {}, at("#scores")),
        "report-mistakes-dark": ("report.html", dark, open_mistake),
        "report-table": ("report.html", {}, by_points),
        "report-phone": ("report.html", {"viewport": PHONE}, lambda page: None),
        "report-print": ("report.html", {}, printed),
        "feedback": (f"feedback/{STUDENT}", {}, lambda page: None),
        "feedback-dark": (f"feedback/{STUDENT}", dark, at("#q4")),
        "feedback-notebook": (f"feedback/{STUDENT}", {}, at("#notebook")),
        "feedback-phone": (f"feedback/{STUDENT}", {"viewport": PHONE}, lambda page: None),
        "feedback-hostile": ("feedback/hostile-covers-the-page.html", {}, at("#notebook")),
    }


def take_notebook(browser: Browser, place: Path, out: Path) -> None:
    """A student's notebook in JupyterLab, at a check that does not pass yet."""
    with tempfile.TemporaryDirectory() as scratch:
        folder, home = Path(scratch) / "student", Path(scratch) / "home"
        shutil.copytree(place / "built" / "student", folder)
        shutil.copy(place / "submissions" / "04-loss-summed.ipynb", folder / "ps1.ipynb")
        home.mkdir()
        with running_lab(folder, home) as lab:
            page = open_notebook(browser, lab, "ps1.ipynb")
            results = run_all(page, checks=8)
            with contextlib.suppress(Error):
                page.get_by_role("button", name="No", exact=True).click(timeout=3_000)  # news
            results.filter(has_text="q3: ").evaluate("(one) => one.scrollIntoView({block: 'center'})")
            page.screenshot(path=out, animations="disabled")
            page.context.close()


def take(browser: Browser, path: Path, look: Look, ready: Callable[[Page], object], out: Path) -> None:
    """One picture of what a window shows."""
    context = browser.new_context(**{"viewport": WIDE, **look})
    page = context.new_page()
    page.goto(path.as_uri())
    ready(page)
    page.screenshot(path=out, animations="disabled")
    context.close()
    print(
        f"{out.relative_to(COURSE) if out.is_relative_to(COURSE) else out}: {out.stat().st_size / 1e3:.0f} kB"
    )


if __name__ == "__main__":
    main()
