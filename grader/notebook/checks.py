"""Where a notebook calls a grader to check a question: otter's, okpy's, gofer's."""

from __future__ import annotations

import posixpath
import re

__all__ = ["ALL", "checks_in"]

ALL = "*"
"""Stands for every question, as in ``ok.grade_all()``; otter's ``check_all`` does nothing while it grades."""
MOST = 500
_CALL = re.compile(
    r"""^[^#\n]*?(?:
        (?:\b\w+\.(?:check|grade)|(?<![\w.])(?:check|grade))\(\s*[rf]?["'](?P<one>[^"'\n]{1,100})["']
      | \b\w+\.(?P<all>grade_all|run_all_checks)\(\s*
      | (?<![\w.])(?P<notebook>grade_notebook)\(
    )""",
    re.VERBOSE | re.MULTILINE,
)


def checks_in(source: str) -> list[str]:
    """The questions that a cell checks, in order; `ALL` for all of them.

    >>> checks_in('grader.check("q1_1")'), checks_in("_ = ok.grade('q2')"), checks_in("check('tests/q3.py')")
    (['q1_1'], ['q2'], ['q3'])
    >>> checks_in("ok.grade_all()"), checks_in("# grader.check('q1')")
    (['*'], [])
    """
    found = []
    for call in _CALL.finditer(source):
        name = call["one"]
        found.append(
            ALL
            if name is None
            else posixpath.splitext(posixpath.basename(name))[0]
            if "/" in name
            else _bare(name)
        )
    return found[:MOST]


def _bare(name: str) -> str:
    return name.removesuffix(".py").removesuffix(".ok")
