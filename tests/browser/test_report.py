"""report.html in Chromium: what a TA does with it."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

LOOKS = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}},
}


def serious(page: Page) -> list[str]:
    """axe-core's findings that keep somebody from using the page."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:3]
    ]


def shown(page: Page) -> list[str]:
    """Students in the table, from top to bottom."""
    return page.locator("#class tbody tr:visible th").all_inner_texts()


def column(page: Page, number: int) -> list[str]:
    return page.locator(f"#class tbody tr:visible > :nth-child({number})").all_inner_texts()


@pytest.fixture
def report(open_page, graded):
    watched = open_page(graded / "report.html")
    yield watched.page
    watched.assert_quiet()


@pytest.mark.parametrize("look", LOOKS)
def test_everyone_can_use_it(open_page, graded, look):
    watched = open_page(graded / "report.html", **LOOKS[look])
    watched.page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert serious(watched.page) == []
    assert watched.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out"
    watched.assert_quiet()


def test_says_at_a_glance_what_matters(report, graded):
    count = len(list((graded / "results").glob("*.json")))
    expect(report.locator(".tiles")).to_contain_text(f"of {count}")
    sections = report.locator("main h2").all_inner_texts()
    assert sections == [
        "What needs a person", "Scores", "Questions", "Mistakes", "Tests", "Slow and failed", "Students",
    ]  # fmt: skip
    assert report.locator("svg.chart").count() >= 9, "scores and every question"
    for title in ("points", "students"):
        expect(report.locator("svg.chart text.title", has_text=title).first).to_be_visible()
    expect(report.get_by_text("written answers to grade")).to_be_visible()


def test_sorts_by_click_and_by_key(report):
    head = report.locator("#class thead th").nth(3)
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    points = [float(text) for text in column(report, 4) if text != "–"]
    assert points == sorted(points, reverse=True)
    assert points[0] > points[-1]
    head.get_by_role("button").focus()
    report.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    texts = column(report, 4)
    assert [float(text) for text in texts if text != "–"] == points[::-1]
    assert "–" not in texts[: len(points)], "what has no points stays at the end"


def test_searches_and_filters(report):
    everyone = len(shown(report))
    report.keyboard.press("/")
    expect(report.locator("#find")).to_be_focused()
    report.keyboard.type("Softmax-Over")
    assert shown(report) == ["03-softmax-over-examples"]
    expect(report.locator("#shown")).to_have_text(f"1 of {everyone} students")
    report.get_by_role("button", name="Clear").click()
    expect(report.locator("#shown")).to_have_text(f"{everyone} students")
    report.get_by_label("Points lost in").select_option("q2")
    lost = column(report, 6)
    assert lost
    assert all(float(text) < 4 for text in lost)
    report.get_by_role("button", name="Clear").click()
    report.get_by_label("Show").select_option("full marks")
    assert "01-right" not in shown(report) or "03-softmax-over-examples" not in shown(report)
    assert len(shown(report)) < everyone


def test_goes_from_a_mistake_to_its_submissions(report):
    group = report.locator(".mistake", has_text="You normalise down the columns").first
    group.locator("summary").focus()
    report.keyboard.press("Enter")
    expect(group.locator("pre").first).to_contain_text("def softmax")
    group.get_by_role("button", name="Show these in the table").click()
    report.wait_for_function("document.activeElement.id === 'named'")
    assert "03-softmax-over-examples" in shown(report)


def test_every_link_leads_somewhere(open_page, graded):
    report = open_page(graded / "report.html").page
    links = report.locator("a").evaluate_all(
        "all => [...new Set(all.map((one) => one.getAttribute('href')))]"
    )
    for link in links:
        if link.startswith("#"):
            assert report.locator(f"[id='{link[1:]}']").count() == 1, link
        else:
            assert (graded / unquote(link)).is_file(), link
    assert len([link for link in links if link.startswith("feedback/")]) == len(
        list((graded / "results").glob("*.json"))
    )
    report.locator("#class a", has_text=re.compile("^01-right$")).click()
    expect(report.locator("header h1")).to_have_text("Problem set 1: softmax classification")
    expect(report.locator(".verdict")).to_contain_text("points")


def test_prints_on_white_what_is_unfolded(open_page, graded):
    watched = open_page(graded / "report.html", color_scheme="dark")
    watched.page.emulate_media(media="print", color_scheme="dark")
    assert watched.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    expect(watched.page.locator("form.tools")).to_be_hidden()
    assert watched.page.pdf(format="A4").startswith(b"%PDF")
    for line in watched.page.locator(".mistake > summary").all()[:3]:
        expect(line).to_be_visible()
    watched.assert_quiet()


def test_names_are_text(report):
    for name in ("<img src=x onerror=", "</title></script>", "{{ 7*7 }}{% raw %}"):
        expect(report.locator("#class td", has_text=name).first).to_be_attached()
    assert report.locator("#class img, #class script").count() == 0


def test_works_without_script(open_page, graded):
    page = open_page(graded / "report.html", java_script_enabled=False).page
    everyone = (graded / "scores.csv").read_text(encoding="utf-8").count("\n") - 1
    assert (
        page.locator("#class tbody tr").count() == everyone > len(list((graded / "results").glob("*.json")))
    )
    page.locator(".mistake summary").first.click()
    expect(page.locator(".mistake pre").first).to_be_visible()
