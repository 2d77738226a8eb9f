"""The documentation's site, as `make docs` built it: it fetches nothing, fits a phone, and can be searched."""

import http.server
import threading
from functools import partial

import pytest
from playwright.sync_api import expect

from tests.browser.pages import COURSE

SITE = COURSE / "build" / "site"
PAGES = sorted(path.name for path in (COURSE / "docs").glob("*.md"))


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format, *args):
        pass


@pytest.fixture(scope="module")
def served():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=SITE)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("way", ["served", "opened from a file"])
def test_can_be_searched(browser, served, way):
    base = served if way == "served" else SITE.as_uri()
    page = browser.new_page()
    page.goto(f"{base}/index.html")
    page.locator("input.md-search__input").focus()
    page.keyboard.type("lateness")
    expect(page.locator(".md-search-result__item").first).to_be_visible(timeout=30_000)
    expect(page.locator(".md-search-result__item").first).to_contain_text("ateness")
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_fits_a_phone_and_fetches_nothing_from_elsewhere(page, served, name):
    elsewhere = []
    page.on(
        "request", lambda r: None if r.url.startswith((served, "data:", "blob:")) else elsewhere.append(r.url)
    )
    page.goto(f"{served}/{name.removesuffix('.md')}.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert elsewhere == []
