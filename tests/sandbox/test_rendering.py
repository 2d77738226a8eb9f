"""A notebook rendered in the sandbox: what is shown, and that nothing of it runs."""

from __future__ import annotations

import hashlib
import json
import time

import pytest

from grader.errors import SubmissionRejected
from grader.sandbox.crossing.markup import is_safe
from grader.sandbox.outside.rendering import page_sandbox, render_notebook
from tests.browser.hostile import hostile_notebooks

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@pytest.fixture(scope="module")
def sandbox():
    with page_sandbox() as made:
        made.start()
        assert made.problems == {}
        yield made


def notebook(*cells):
    """Cells of a kind, a source and perhaps outputs, and a code cell, without which nothing is a submission."""
    cells = (*cells, ("code", "pass"))
    made = [
        {"cell_type": kind, "source": source, "metadata": {}, **({"outputs": rest} if kind == "code" else {})}
        for kind, source, *rest in ((*cell[:2], *(cell[2:] or ([],))[0]) for cell in cells)
    ]
    return {"ps.ipynb": json.dumps({"cells": made, "nbformat": 4, "nbformat_minor": 5}).encode()}


def shown(sandbox, *cells):
    found = render_notebook(sandbox, notebook(*cells), "ps")
    assert all(is_safe(cell.markup) for cell in found)
    return found[:-1]


def test_code_is_coloured_and_never_run(sandbox):
    (cell,) = shown(sandbox, ("code", "import os\nos._exit(7)"))
    assert '<span class="kn">import</span>' in cell.markup
    assert cell.source == "import os\nos._exit(7)"


def test_markdown_with_formulas_and_a_table(sandbox):
    (cell,) = shown(sandbox, ("markdown", "# A *b*\n\n| x |\n|---|\n| $\\frac{1}{2} < y$ |\n"))
    assert "<h1>A <em>b</em></h1>" in cell.markup
    assert "<mfrac>" in cell.markup
    assert "<mo>&lt;</mo>" in cell.markup
    assert "<td>" in cell.markup


def test_a_formula_that_cannot_be_read_is_shown_as_typed(sandbox):
    (cell,) = shown(sandbox, ("markdown", "see $\\left( <b>$"))
    assert "<code>\\left( &lt;b&gt;</code>" in cell.markup


def test_outputs_are_text_tables_and_pictures(sandbox):
    outputs = [
        {"output_type": "stream", "text": ["a\x1b[31m<b>\x1b[0m"]},
        {"output_type": "display_data", "data": {"image/png": PNG, "text/plain": "figure"}},
        {"output_type": "execute_result", "data": {"text/html": "<table><tr><td onclick='x'>7</td></tr></table>"}},
        {"output_type": "error", "traceback": ["\x1b[0;31mKeyError\x1b[0m: 'k'"]},
    ]  # fmt: skip
    (cell,) = shown(sandbox, ("code", "x", outputs))
    assert "a&lt;b&gt;" in cell.markup
    assert f"data:image/png;base64,{PNG}" in cell.markup
    assert ">7</td>" in cell.markup
    assert "onclick" not in cell.markup
    assert "KeyError" in cell.markup
    assert "\x1b" not in cell.markup


def test_known_cells_come_without_markup(sandbox):
    digest = hashlib.sha256(b"# handout").hexdigest()
    found = render_notebook(
        sandbox, notebook(("markdown", "# handout"), ("markdown", "# mine")), "ps", [digest]
    )
    assert [bool(cell.markup) for cell in found] == [False, True, True]


def test_a_script_is_shown_by_its_cells(sandbox):
    found = render_notebook(sandbox, {"ps.py": b"x = 1\n\ndef f():\n    return x\n"}, "ps")
    assert [cell.kind for cell in found] == ["code", "code"]
    assert all(cell.markup for cell in found)


@pytest.mark.parametrize("content", [b"{", b"", b"\xff\xfe", b"[]"])
def test_what_is_no_notebook_is_refused(sandbox, content):
    with pytest.raises(SubmissionRejected):
        render_notebook(sandbox, {"ps.ipynb": content}, "ps")


@pytest.mark.parametrize("name", sorted(hostile_notebooks("")))
def test_a_hostile_notebook_comes_out_as_safe_markup_in_time(sandbox, name):
    started = time.monotonic()
    found = render_notebook(sandbox, {"ps.ipynb": hostile_notebooks("x = 1")[name]}, "ps")
    assert time.monotonic() - started < 60
    assert found[-1].kind == "code"
    assert found[-1].markup, "the cell after the hostile ones is rendered all the same"
    assert all(is_safe(cell.markup) for cell in found)


def test_without_nbconvert_everything_is_text(monkeypatch):
    from grader.notebook import NotebookCell
    from grader.sandbox.inside import page

    monkeypatch.setattr(page, "_RENDERER", None)
    assert page._markup(NotebookCell("markdown", "# x"), "# x") == ""


def test_a_cell_that_takes_too_long_is_text(monkeypatch):
    from grader.notebook import NotebookCell
    from grader.sandbox.inside import page

    def endless(_cell, _source):
        while True:
            pass

    monkeypatch.setattr(page, "CELL_SECONDS", 1)
    monkeypatch.setattr(page._RENDERER, "markup", endless)
    started = time.monotonic()
    assert page._markup(NotebookCell("code", "x"), "x") == ""
    assert time.monotonic() - started < 20
