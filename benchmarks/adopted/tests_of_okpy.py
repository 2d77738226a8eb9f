"""Test files as otter 7 takes them, of those that it refuses: okpy's, and its own from before ``OK_FORMAT``.

It refuses several suites and code to be set up, and knows neither okpy's nor gofer's client. The cases of all suites
become those of one, each begins with its suite's set-up, and the clients become a few lines that call otter's.
"""

from __future__ import annotations

import ast
import pprint
from textwrap import dedent
from typing import Any

__all__ = ["CLIENTS", "as_otter_takes_it"]

_OKPY = """\
import os
import otter
from IPython import get_ipython


class Notebook:
    def __init__(self, *given, **named):
        self._grader = otter.Notebook()

    def grade(self, question, *given, **named):
        return self._grader.check(question, global_env=get_ipython().user_ns)

    def grade_all(self, *given, **named):
        names = sorted(name[:-3] for name in os.listdir("tests") if name.endswith(".py") and name != "__init__.py")
        return [self.grade(name) for name in names]

    def auth(self, *given, **named):
        pass

    submit = score = backup = auth
"""
_GOFER = """\
import os
import otter
from IPython import get_ipython


def check(path, global_env=None):
    name = os.path.splitext(os.path.basename(path))[0]
    return otter.Notebook().check(name, global_env=global_env or get_ipython().user_ns)


def grade_notebook(*given, **named):
    pass
"""
CLIENTS = {
    "client/__init__.py": "",
    "client/api/__init__.py": "",
    "client/api/notebook.py": _OKPY,
    "gofer/__init__.py": "",
    "gofer/ok.py": _GOFER,
}
"""By path, beside the notebook."""


def as_otter_takes_it(text: str) -> str:
    """A test file's text, changed only where otter refuses it.

    >>> as_otter_takes_it("test = {'name': 'q1', 'suites': [{'cases': []}]}").splitlines()[0]
    'OK_FORMAT = True'
    """
    specification = _specification(text)
    if specification is None:
        return text
    suites = specification["suites"]
    if len(suites) == 1 and not any(suites[0].get(key) for key in ("setup", "teardown")):
        return text if "OK_FORMAT" in text else f"OK_FORMAT = True\n\n{text}"
    cases = []
    for suite in suites:
        before = dedent(suite.get("setup") or "").strip("\n")
        start = f"{before}\n" if before else ""
        cases += [{**case, "code": start + dedent(case["code"])} for case in suite["cases"]]
    merged = {**specification, "suites": [{"cases": cases, "type": "doctest"}]}
    return f"OK_FORMAT = True\n\ntest = {pprint.pformat(merged, width=110, sort_dicts=False)}\n"


def _specification(text: str) -> dict[str, Any] | None:
    """The dictionary of an okpy test file; None if the file is of another kind."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign) and any(
            isinstance(one, ast.Name) and one.id == "test" for one in node.targets
        ):
            try:
                found = ast.literal_eval(node.value)
            except ValueError:
                return None
            return found if isinstance(found, dict) and "suites" in found else None
    return None
