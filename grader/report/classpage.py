"""report.html: a class's results at a glance."""

from __future__ import annotations

import statistics
from datetime import datetime, tzinfo
from fractions import Fraction

from markupsafe import Markup

from grader.gradebook import standing
from grader.points import number
from grader.report.outputs import page_link
from grader.report.page import render
from grader.report.plots import histogram
from grader.report.summary import QuestionStats, Summary
from grader.report.words import STATUS_WORDS, outside_words
from grader.times import date_and_time
from grader.version import version

__all__ = ["class_page"]

MAX_BARS = 20
MAX_MISTAKES = 15
"""How many mistakes are in sight; rarer ones are folded away."""


def class_page(summary: Summary, *, made: datetime, zone: tzinfo | None, published: bool) -> str:
    """The whole page. Its links lead to feedback/ beside it; everything else is in it."""
    scores = summary.graded
    middle = statistics.median(scores) if scores else Fraction(0)
    quarters = statistics.quantiles(scores, n=4, method="inclusive") if len(scores) > 1 else [middle] * 3
    return render(
        "report.html",
        script="report.js",
        s=summary,
        made=date_and_time(made, zone),
        published=published,
        median=middle,
        mean=statistics.mean(scores) if scores else Fraction(0),
        quarter=quarters[0],
        three_quarters=quarters[2],
        plot=_scores_chart(summary, middle) if scores else "",
        charts=[(question, _question_chart(question)) for question in summary.questions],
        MAX_MISTAKES=MAX_MISTAKES,
        link=lambda submission: page_link(summary.pages.get(submission, submission)),
        page_link=page_link,
        standing=standing,
        outside_words=outside_words,
        status=STATUS_WORDS,
        version=version(),
    )


def _scores_chart(summary: Summary, median: Fraction) -> Markup:
    scores, most = summary.graded, summary.reachable
    label = (
        f"Histogram of {len(scores)} scores between 0 and {number(most)} points; "
        f"the lowest is {number(min(scores))}, the median {number(median)}, the highest {number(max(scores))}."
    )
    mark = (median, f"median {number(median)}")
    return histogram(scores, most, steps=MAX_BARS, label=label, width=860, height=280, mark=mark)


def _question_chart(question: QuestionStats) -> Markup:
    if not question.points or not question.most:
        return Markup("")
    label = (
        f"Histogram of the points for {question.id}: {question.all_points} of {len(question.points)} have all "
        f"{number(question.most)}, {question.none} have none."
    )
    return histogram(question.points, question.most, steps=MAX_BARS, label=label, width=300, height=170)
