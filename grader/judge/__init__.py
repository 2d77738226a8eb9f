"""Judging submissions: the hidden suite, collected once, run against any number of sandboxed students.

Use `Grader`, whose judge is a process of its own. `Judge` is that judge in this process. Both are loaded only on
request, since a judge starts its sandbox before it loads what it needs itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from grader.submission import Submission

if TYPE_CHECKING:
    from grader.judge.grading import Judge
    from grader.judge.watched import Grader

__all__ = ["Grader", "Judge", "Submission"]


def __getattr__(name: str) -> Any:
    if name == "Grader":
        from grader.judge.watched import Grader

        return Grader
    if name == "Judge":
        from grader.judge.grading import Judge

        return Judge
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
