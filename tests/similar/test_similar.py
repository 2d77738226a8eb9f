"""Copies are found whatever was renamed; the handout, common answers and a student's own attempts are not."""

from __future__ import annotations

import numpy as np
import pytest
from click.testing import CliRunner

from grader.cli import main
from grader.similar import Document, rank_pairs, write_page
from tests.notebooks import notebook
from tests.pset.tiny import write_tiny_course

HANDOUT = """def normalise(table):
    total = sum(sum(row) for row in table)
    return [[x / total for x in row] for row in table]
"""
COMMON = """def mean(x):
    collected = 0.0
    for value in x:
        collected += value
    return collected / len(x)
"""
OWN = """def weighted(x, w):
    # largest first, so that the sum rounds little
    order = sorted(range(len(x)), key=lambda i: -abs(w[i]))
    top, bottom = 0.0, 0.0
    for i in order:
        if w[i] != 0:
            top, bottom = top + x[i] * w[i], bottom + w[i]
    return top / bottom if bottom else float("nan")
"""
RENAMED = (
    OWN.replace("order", "ranking")
    .replace("top", "above")
    .replace("bottom", "b")
    .replace("# largest", "# <b>")
)


def other(number: int) -> str:
    """Code of some length that nobody else writes."""
    rng = np.random.default_rng(number)
    operators = rng.choice(["+", "-", "*", "/", "**", "//", "%", "@"], 60)
    return "def f(a):\n" + "".join(f"    a = a {op} {rng.integers(10**6)}\n" for op in operators)


def document(name: str, *code: str, student: str = "") -> Document:
    return Document(name, (student or name,), "\n".join((HANDOUT, COMMON, *code)))


CLASS = [document(f"s{number}", other(number)) for number in range(12)]


def test_a_copy_with_other_names_is_the_first_pair_and_the_only_one():
    pairs = rank_pairs([*CLASS, document("ada", OWN), document("eve", RENAMED)], HANDOUT)
    assert [pair.names for pair in pairs] == [("ada", "eve")]
    assert min(pairs[0].shares) > 0.9
    assert "<mark>" in pairs[0].html[0]


def test_passages_of_the_handout_and_of_many_submissions_do_not_count():
    assert rank_pairs(CLASS, HANDOUT) == []
    assert rank_pairs(CLASS[:2], HANDOUT, common=2)[0].names == ("s0", "s1"), "two are not many"
    assert rank_pairs(CLASS[:2], HANDOUT + COMMON, common=2) == []


def test_submissions_with_next_to_nothing_in_them_can_be_compared():
    assert rank_pairs([Document(str(n), (), "x = 1\n" * n) for n in range(4)], "") == []


def test_two_attempts_of_one_student_are_no_pair():
    twice = [document("ada-attempt1", OWN, student="1"), document("ada-attempt2", OWN, student="1")]
    assert rank_pairs([*CLASS, *twice], HANDOUT) == []


@pytest.mark.parametrize("code", ["", "\0\ud800", "def f(:\n '''", "<script>alert(1)</script>\n" * 30])
def test_any_text_can_be_compared_and_shown(code, tmp_path):
    pairs = rank_pairs([document("<i>ada", code, OWN), document("eve", code, OWN)], "")
    write_page(tmp_path / "similar.html", "Tiny & more", pairs, 2, 10)
    page = (tmp_path / "similar.html").read_text(encoding="utf-8")
    assert "&lt;i&gt;ada" in page
    assert "<script>" not in page


def test_the_command_reads_notebooks_without_running_them(tmp_path):
    pset = write_tiny_course(tmp_path / "course")
    folder = tmp_path / "submissions"
    folder.mkdir()
    for name, source in {"ada": OWN, "eve": RENAMED, "zoe": other(1)}.items():
        (folder / f"{name}.ipynb").write_bytes(notebook(["import os; os._exit(0)", source]))
    (folder / "bad.ipynb").write_text("{", encoding="utf-8")
    out = tmp_path / "similar.html"
    done = CliRunner().invoke(main, ["similar", str(folder), "--pset", str(pset), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "ada and eve" in done.output.splitlines()[-2]
    assert "bad was left out: bad.ipynb is not a notebook" in done.output
    assert "1 pairs of 3 submissions" in done.output
