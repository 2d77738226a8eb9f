"""A real Chromium, a graded class, and pages that are watched for anything that they should not do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.pages import COURSE, graded_class, make_pages

CLASS = int(os.environ.get("PAGES_CLASS", "60"))
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip


def chromium() -> str:
    """The browser's program."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert program, "Chromium is missing: apt-get install chromium"
    return program


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class graded for real, with the pages after publication; a copy, since other processes test beside this one."""
    kept = graded_class(COURSE / "build" / "pages", CLASS)
    folder = shutil.copytree(kept.parent, tmp_path_factory.mktemp("pages") / kept.parent.name) / kept.name
    make_pages(folder)
    return folder


@dataclass
class Watched:
    """A page and what happened in it that nobody asked for."""

    page: Page
    requests: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def assert_quiet(self) -> None:
        """Nothing was fetched, nothing failed, nothing of a student's ran."""
        assert self.requests == []
        assert self.problems == []
        assert self.page.evaluate("window.pwned") is None
        assert len(self.page.frames) == 1


Open = Callable[..., Watched]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens a file in a context of its own; keywords are those of a browser context."""
    contexts: list[BrowserContext] = []

    def opened(path: Path, **options: object) -> Watched:
        context = browser.new_context(**{"viewport": {"width": 1200, "height": 900}, **options})  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        watched = Watched(page)
        address = path.as_uri()
        page.on(
            "request", lambda r: None if r.url.split("#")[0] == address else watched.requests.append(r.url)
        )
        page.on("console", lambda m: watched.problems.append(f"{m.type}: {m.text}"))
        page.on("pageerror", lambda e: watched.problems.append(f"error: {e}"))
        page.on("dialog", lambda d: (watched.problems.append(f"dialog: {d.message}"), d.dismiss()))
        page.on("popup", lambda p: watched.problems.append(f"window: {p.url}"))
        page.goto(address)
        return watched

    yield opened
    for context in contexts:
        context.close()
