"""feedback/*.html in Chromium: what a student reads, and what a hostile one cannot do."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.hostile import RAW, hostile_notebooks
from tests.browser.pages import make_pages
from tests.browser.test_report import LOOKS, serious

HOSTILE = sorted(hostile_notebooks(""))
# axe-core takes seconds for a page: every look of one, and one look of others.
LOOKED_AT = [
    *(("03-softmax-over-examples", look) for look in LOOKS),
    ("09-syntax-error", "light"),
    ("12-hostile", "phone"),
    ("hostile-covers-the-page", "light"),
]


@pytest.mark.parametrize(("name", "look"), LOOKED_AT)
def test_everyone_can_read_it(open_page, graded, name, look):
    watched = open_page(graded / "feedback" / f"{name}.html", **LOOKS[look])
    assert serious(watched.page) == []
    assert watched.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out"
    for link in watched.page.locator("a[href^='#']").evaluate_all("all => all.map((a) => a.hash.slice(1))"):
        assert watched.page.locator(f"[id='{link}']").count() == 1, link
    watched.assert_quiet()


def test_says_what_is_wrong_and_where(open_page, graded):
    watched = open_page(graded / "feedback" / "03-softmax-over-examples.html")
    verdict = watched.page.locator(".verdict")
    expect(verdict.locator("b")).to_have_text(
        "You normalise down the columns; each row (axis=1) has to sum to 1."
    )
    expect(verdict).to_contain_text("Mend this first: it is in softmax (q2) and costs")
    question = watched.page.locator(".question", has=watched.page.locator("#q2"))
    expect(question.locator(".finding b").first).to_have_text(
        "You normalise down the columns; each row (axis=1) has to sum to 1."
    )
    expect(question).to_contain_text("three zeros give equal ones (failed, 0 of 1 points)")
    expect(question).to_contain_text("softmax(z)[0, 1] should be 0.3 but is 0.75")
    hidden = question.locator("li", has_text="Any number of examples and classes")
    expect(hidden).to_contain_text("is wrong in all 25 entries")
    expect(hidden).not_to_contain_text("should be")
    watched.assert_quiet()


def test_shows_their_own_errors_with_the_cell(open_page, graded):
    page = open_page(graded / "feedback" / "09-syntax-error.html").page
    page.locator("section", has=page.locator("#errors")).locator("a").first.click()
    cell = page.locator(".cell:target")
    expect(cell).to_contain_text("which has an error")
    expect(cell).to_contain_text("result = np.mean((1.0, 2.0)")


def test_shows_their_notebook_by_nbconvert(open_page, graded):
    page = open_page(graded / "feedback" / "01-right.html").page
    assert page.locator(".cell .highlight .k").count() > 20, "code is coloured"
    assert page.locator(".cell math").count() > 20, "formulas are formulas"
    assert page.locator(".cell table").count() >= 1
    assert "$" not in page.locator(".cell p", has=page.locator("math")).first.inner_text()


def test_keeps_back_what_is_not_published_yet(open_page, graded):
    name = "03-softmax-over-examples"
    result = json.loads((graded / "results" / f"{name}.json").read_text())
    hidden = [t for q in result["questions"] for t in q["tests"] if t["visibility"] != "visible"]
    try:
        make_pages(graded, "--unpublish")
        text = (graded / "feedback" / f"{name}.html").read_text()
    finally:
        make_pages(graded)
    title = [t["name"].removeprefix("test_").replace("_", " ").capitalize() for t in hidden]
    assert len(title) > 20
    assert not [one for one in title if one in text]
    public = {line for q in result["questions"] for t in q["tests"] if t["visibility"] == "visible"
              for line in t["message"].split("\n")}  # fmt: skip
    told = {line for t in hidden for line in t["message"].split("\n") if len(line) > 20} - public
    assert told
    assert not [line for line in told if line in text]
    assert "Points are shown when grades are published." in text
    assert not re.search(r"[\d.]+ of [\d.]+ points</span>", text), "no question's points are told"


def test_prints_on_white(open_page, graded):
    watched = open_page(graded / "feedback" / "03-softmax-over-examples.html", color_scheme="dark")
    watched.page.emulate_media(media="print", color_scheme="dark")
    assert watched.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert watched.page.pdf(format="A4").startswith(b"%PDF")
    watched.assert_quiet()


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_of_a_hostile_notebook_runs(open_page, graded, name):
    watched = open_page(graded / "feedback" / f"{name}.html")
    page = watched.page
    strange = "script, style, iframe, object, embed, form, link, base, meta, input, video, svg, [style], [id]"
    assert page.locator(".cell").count() >= 1
    assert page.locator(f".cell :is({strange})").count() == 0
    assert page.locator("main > .verdict").count() == 1
    addresses = page.locator(".cell a[href]").evaluate_all("all => all.map((a) => a.protocol)")
    assert set(addresses) <= {"http:", "https:", "mailto:"}
    sources = page.locator(".cell img").evaluate_all("all => all.map((one) => one.src.slice(0, 22))")
    assert set(sources) <= {"data:image/png;base64,", "data:image/jpeg;base64"}
    handlers = "all => all.flatMap((e) => e.getAttributeNames()).filter((n) => n.startsWith('on'))"
    assert page.locator("body *").evaluate_all(handlers) == []
    # What a student wrote lies over nothing of ours, and closes nothing of ours.
    page.evaluate("scrollTo(0, 0)")
    on_top = """() => {
      const box = document.querySelector(".verdict").getBoundingClientRect();
      return !!document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2).closest(".verdict");
    }"""
    assert page.evaluate(on_top)
    assert page.evaluate(
        "[...document.querySelectorAll('.cell')].every((c) => c.parentElement.matches('.notebook'))"
    )
    assert page.evaluate("document.body.lastElementChild.matches('footer')")
    assert page.title() == "Problem set 1: softmax classification: feedback"
    page.mouse.move(600, 700)
    page.keyboard.press("Tab")
    page.wait_for_timeout(150)
    watched.assert_quiet()


@pytest.mark.parametrize("name", RAW)
def test_the_attacks_work_where_nothing_stops_them(open_page, tmp_path, name):
    (tmp_path / "raw.html").write_text(f"<!doctype html><body>{RAW[name]}", encoding="utf-8")
    watched = open_page(tmp_path / "raw.html")
    watched.page.wait_for_function("window.pwned > 0", timeout=5_000)
