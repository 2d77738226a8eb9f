"""The page "What you can ask" shows what its problem sets hold, and what their students are told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from grader.pset import load_problem_set
from grader.pset.coursecheck import missing_modules
from tests.asking.answering import COURSE, graded, judge_of, told

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "asking.md"
TOLD = re.compile(r"<!-- told: (?P<pset>\w+) (?P<mistake>\w+) -->")


def sentences() -> list[tuple[str, str, str]]:
    """What the page says that a student reads: the problem set, the mistake, and the text."""
    found, said = [], None
    for token in MarkdownIt("commonmark").parse(PAGE.read_text(encoding="utf-8")):
        if token.type == "fence" and said:
            found.append((said["pset"], said["mistake"], token.content))
        if token.type == "html_block":
            said = TOLD.search(token.content)
        elif token.type == "fence":
            said = None
    return found


def lacking(pset: str) -> str:
    """What this environment lacks for a problem set: `make test-libraries` has the libraries that others have not."""
    return "; ".join(map(str, missing_modules(load_problem_set(COURSE / "psets" / pset))))


@pytest.mark.parametrize(
    ("pset", "mistake", "text"),
    [
        pytest.param(*one, marks=pytest.mark.skipif(bool(lacking(one[0])), reason=lacking(one[0])))
        for one in sentences()
    ],
    ids=lambda value: value[:40],
)
def test_a_student_with_this_mistake_reads_this(pset, mistake, text):
    (planted,) = [one for one in judge_of(pset).problem_set.mistakes() if one.name == mistake]
    assert " ".join(text.split()) in " ".join(told(graded(pset, planted.cell)).split())


def test_every_problem_set_is_on_the_page():
    page = PAGE.read_text(encoding="utf-8")
    missing = [one.name for one in (COURSE / "psets").iterdir() if f"`{one.name}`" not in page]
    assert missing == []
