"""How every page is made: nothing is fetched, nothing runs but the page's own script."""

from __future__ import annotations

import base64
import hashlib
import re

from grader.report import suite_page
from grader.report.page import render
from tests.report.pages import a_result, a_test, page_html
from tests.report.test_class_page import html_of, summary_of
from tests.report.test_suite_page import MADE, report


def policy_of(html: str) -> dict[str, str]:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)[1]
    return dict(part.partition(" ")[::2] for part in policy.replace("&#39;", "'").split("; "))


def test_a_page_may_fetch_nothing_and_run_nothing_but_its_script():
    class_, student, suite = (
        html_of(summary_of()),
        page_html(a_result(a_test())),
        suite_page([report()], made=MADE),
    )
    for html in (class_, student, suite):
        policy = policy_of(html)
        assert (policy["default-src"], policy["base-uri"], policy["form-action"]) == ("'none'",) * 3
        assert not re.findall(r'(?:src|href)="(?:https?:)?//', html)
    script = re.search(r"<script>(.*?)</script>", class_, re.S)[1]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy_of(class_)["script-src"] == f"'sha256-{digest}'"
    assert policy_of(student)["script-src"] == policy_of(suite)["script-src"] == "'none'"
    assert "<script" not in student + suite
    assert policy_of(student)["img-src"] == "data:"
    assert "img-src" not in policy_of(class_)


def test_half_a_character_of_json_breaks_no_page():
    html = render("suite.html", reports=[], made="\ud800", version="1", FLAKY=(), title=str)
    assert "?" in html
    html.encode()
