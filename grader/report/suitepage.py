"""A page for authors with what `gradmark validate` found: kill rates, survivors, flakiness and cost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from grader.report.page import render
from grader.times import date_and_time
from grader.version import version
from grader.wording import title_of

if TYPE_CHECKING:
    from grader.validate import Report

__all__ = ["suite_page"]

_BY_LUCK = ("flaky test", "reference fails", "right answer fails")
"""Kinds of problems in which a correct answer fails, always or on some draws."""


def suite_page(reports: Sequence[Report], *, made: datetime) -> str:
    """One page for all reports."""
    return render(
        "suite.html",
        reports=reports,
        made=date_and_time(made, made.tzinfo),
        version=version(),
        FLAKY=_BY_LUCK,
        title=lambda test: title_of(test.rpartition("::")[2], None),
    )
