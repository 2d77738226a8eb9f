"""The files of tests: dictionaries in the layouts that courses have, and files of test functions."""

from __future__ import annotations

import pprint
from textwrap import indent

from .homework import Case, Homework, Question

__all__ = ["dictionary_file", "exception_file", "specification"]

Specification = dict[str, object]


def case_entry(homework: Homework, question: Question, case: Case) -> Specification:
    """One case as an entry."""
    entry: Specification = {"code": case.code, "hidden": case.hidden, "locked": False}
    if homework.layout == "short" and not case.hidden:
        del entry["locked"]
    if case.points is not None:
        entry["points"] = case.points
    success = case.success or (f"{question.name}: as it should be." if homework.messages else "")
    failure = case.failure or (f"{question.name}: read the question once more." if homework.messages else "")
    entry |= {"success_message": success} if success else {}
    entry |= {"failure_message": failure} if failure else {}
    return entry


def suite(entries: list[Specification], setup: str, layout: str) -> Specification:
    """One suite."""
    if layout == "short" and not setup:
        return {"cases": entries}
    return {"cases": entries, "scored": True, "setup": setup, "teardown": "", "type": "doctest"}


def specification(homework: Homework, question: Question, hidden: bool = True) -> Specification:
    """A question's tests as the author has them."""
    position = homework.questions.index(question) + 1
    cases = [c for c in question.tests if hidden or not c.hidden]
    entries = [case_entry(homework, question, case) for case in cases]
    suites = []
    for size in question.suites or (len(entries),):
        suites.append(suite(entries[:size], question.setup, homework.layout))
        entries = entries[size:]
    if entries:
        raise ValueError(f"{homework.name}, {question.name}: the suites leave {len(entries)} cases over")
    spec: Specification = {"name": f"Question {position}" if homework.titled else question.name}
    if question.points is not None or homework.layout == "printed":
        points = question.points
        spec["points"] = points[: len(cases)] if isinstance(points, list) else points
    if question.all_or_nothing:
        spec["all_or_nothing"] = True
    return {**spec, "suites": suites}


def merged(homework: Homework, question: Question) -> Specification:
    """The same tests as today's otter takes them: one suite, what was set up before in each case."""
    entries = [case_entry(homework, question, case) for case in question.tests]
    for entry in entries:
        setup = question.setup.strip("\n")
        entry["code"] = f"{setup}\n{entry['code']}" if setup else entry["code"]
    spec: Specification = {"name": question.name, "points": question.points}
    spec |= {"all_or_nothing": True} if question.all_or_nothing else {}
    return spec | {"suites": [suite(entries, "", "printed")]}


def dictionary_file(homework: Homework, question: Question, original: bool = False) -> str:
    """The text of a file `tests/q1.py`; `original` in the form that today's otter takes."""
    marked = original or homework.form in ("otter", "metadata", "assign")
    marked = marked or (homework.form == "zip" and homework.layout == "printed")
    head = "OK_FORMAT = True\n\n" if marked else ""
    if original:
        return f"{head}test = {pprint.pformat(merged(homework, question), indent=4, width=200)}\n"
    spec = specification(homework, question)
    if homework.layout == "printed":
        return f"{head}test = {pprint.pformat(spec, indent=4, width=200)}\n"
    return f"{head}test = {literal(spec, 0)}\n"


def literal(value: object, depth: int) -> str:
    """A literal over several lines, texts of code in triple quotes."""
    margin = "  " * (depth + 1)
    match value:
        case dict():
            items = [f"{margin}{key!r}: {literal(item, depth + 1)}," for key, item in value.items()]
        case list() if value and isinstance(value[0], dict):
            items = [f"{margin}{literal(item, depth + 1)}," for item in value]
        case str() if value.startswith(">>>"):
            quotes = "'''" if '"""' in value or value.endswith('"') else '"""'
            return f"r{quotes}\n{indent(value, margin)}\n{margin}{quotes}"
        case _:
            return repr(value)
    opened, closed = "{}" if isinstance(value, dict) else "[]"
    return "\n".join([opened, *items, "  " * depth + closed])


def exception_file(question: Question, hidden: bool = True) -> str:
    """The text of a file of test functions."""
    lines = [
        "from otter.test_files import test_case",
        "",
        "OK_FORMAT = False",
        "",
        f'name = "{question.name}"',
    ]
    cases = [c for c in question.tests if hidden or not c.hidden]
    points = question.points
    lines.append(f"points = {points[: len(cases)] if isinstance(points, list) else points}")
    lines += ["all_or_nothing = True"] if question.all_or_nothing else []
    for case in cases:
        arguments = {
            "points": case.points,
            "hidden": case.hidden,
            "success_message": case.success or None,
            "failure_message": case.failure or None,
        }
        kept = [f"{k}={v!r}" for k, v in arguments.items() if v is not None or k == "points"]
        lines += ["", f"@test_case({', '.join(kept)})", case.code]
    return "\n".join(lines) + "\n"
