"""A real JupyterLab over a student's folder, in the environment that students install, and a browser in front of it."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.pages import COURSE
from tests.waiting import wait_until

__all__ = ["LAB", "WAIT", "open_notebook", "run_all", "running_lab"]

LAB = COURSE / ".venv-notebook" / "bin"
WAIT = 120_000
"""Milliseconds for a kernel to start and run a notebook on a busy machine."""
_TOKEN = "of-this-run"


@contextlib.contextmanager
def running_lab(folder: Path, home: Path) -> Iterator[str]:
    """The address of a JupyterLab over ``folder``, which keeps its own things in ``home``."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        LAB / "jupyter-lab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}",
        f"--IdentityProvider.token={_TOKEN}", "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
        f"--ServerApp.root_dir={folder}",
    ]  # fmt: skip
    environment = {**os.environ, "HOME": str(home), "PATH": f"{LAB}:{os.environ['PATH']}"}
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"

            def answers() -> bool:
                assert server.poll() is None, (home / "log").read_text()[-2_000:]
                with contextlib.suppress(OSError):
                    urllib.request.urlopen(f"{address}/api?token={_TOKEN}", timeout=2).close()
                    return True
                return False

            wait_until(answers, 120, every=0.1)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=30)


def open_notebook(browser: Browser, lab: str, name: str) -> Page:
    """The notebook, with its kernel ready."""
    page = browser.new_context(viewport={"width": 1280, "height": 1000}).new_page()
    page.goto(f"{lab}/lab/tree/{name}?token={_TOKEN}&reset", timeout=WAIT)
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=WAIT)
    # What is run before the kernel has answered once is dropped without a word.
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=WAIT)
    return page


def run_all(page: Page, *, checks: int) -> Locator:
    """Run every cell; what the notebook's checks show, once that many have."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    results = page.locator(".jp-RenderedHTML")
    expect(results).to_have_count(checks, timeout=WAIT)
    return results
