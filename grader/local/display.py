"""``grader.check("q3")`` in a notebook: otter's results as tidy HTML, in the words that grading uses."""

from __future__ import annotations

import contextlib
import html
import re
import sys
from collections.abc import Mapping
from typing import Any

from grader.local.files import test_title
from grader.local.reports import QuestionReport, TestReport
from grader.student import LocalStudent

__all__ = ["question_html", "speak_for", "student_in"]

_OTTER_RESULT = ("otter.test_files.exception_test", "ExceptionTestFile")
# What otter says about a failed test: the line that failed, then the exception's class and its message.
_FAILED = re.compile(r"(?s).*?\nError at line \d+ in test [^\n]*\n[^\n]*\n(?P<kind>\w+): ?(?P<message>.*)")
_OURS = {"CheckFailed", "StudentError", "StudentMissing", "AssertionError"}
# JupyterLab's own colours, readable in both its light and its dark theme.
_GOOD, _BAD = "var(--jp-success-color1, #17693a)", "var(--jp-error-color1, #a3212f)"


_checked: LocalStudent | None = None


def speak_for(student: LocalStudent) -> None:
    """Let public tests in this process get this student, who can say more than the bare namespace."""
    global _checked
    _checked = student


def student_in(env: Mapping[str, Any]) -> LocalStudent:
    """The functions of a notebook as a public test sees them.

    In a notebook, this also makes results appear as tidy HTML from then on.
    """
    if _checked is not None:
        return _checked
    shell = None
    if "IPython" in sys.modules:
        with contextlib.suppress(ImportError):
            from IPython.core.getipython import get_ipython

            shell = get_ipython()
    formatter = getattr(shell, "display_formatter", None)
    if formatter is not None:
        formatter.formatters["text/html"].for_type_by_name(*_OTTER_RESULT, _otter_html)
    return LocalStudent(env)


def question_html(report: QuestionReport) -> str:
    """The results of one question's public tests as HTML that needs no style sheet."""
    passed = sum(test.passed for test in report.tests)
    count = len(report.tests)
    if report.passed:
        said = "the check passes" if count == 1 else f"all {count} checks pass"
    else:
        said = f"{passed} of {count} checks pass" if count > 1 else "the check does not pass yet"
    colour = _GOOD if report.passed else _BAD
    items = "".join(map(_item, report.tests))
    return (
        f'<div style="border-left: 4px solid {colour}; padding: 0.2em 0 0.2em 0.9em">'
        f"<p><strong>{html.escape(report.question)}: {said}.</strong></p>"
        f'<ul style="list-style: none; padding: 0; margin: 0">{items}</ul></div>'
    )


def _item(test: TestReport) -> str:
    mark, colour = ("✓", _GOOD) if test.passed else ("✗", _BAD)
    said = (
        f'<div style="white-space: pre-line; padding-left: 1.4em">{_code(test.message)}</div>'
        if test.message
        else ""
    )
    return f'<li><span style="color: {colour}">{mark}</span> {_code(test.title)}{said}</li>'


def _code(text: str) -> str:
    return re.sub(r"`([^`\n]+)`", r"<code>\1</code>", html.escape(text))


def _otter_html(found: Any) -> str:
    tests = [
        TestReport(test_title(result.test_case.body.test_func), result.passed, _message(result))
        for result in found.test_case_results
    ]
    return question_html(QuestionReport(found.name, tests))


def _message(result: Any) -> str:
    """What a failed test says; otter's own text if its form has changed."""
    if result.passed:
        return ""
    text = result.message or ""
    if (failed := _FAILED.fullmatch(text)) is None:
        return str(text).strip()
    message = failed["message"].strip()
    if re.search(r"\s'[^'\n]*$", message):
        message += "'"  # otter strips quotation marks from the end
    return message if failed["kind"] in _OURS else f"{failed['kind']}: {message}"
