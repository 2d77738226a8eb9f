"""Which cells belong to a question."""

from __future__ import annotations

import pytest

from grader.notebook import NotebookCell
from grader.notebook.cells import read_cells
from grader.notebook.regions import Region, cells_of

Q2 = Region("q2", "## Question 2", ("## Question 1", "## Question 3"))


def cells(*texts):
    """Cells of a notebook; a text that begins with ``#`` is Markdown."""
    return [NotebookCell("markdown" if text.startswith("#") else "code", text) for text in texts]


@pytest.mark.parametrize(
    ("notebook", "found"),
    [
        (["import a", "## Question 1", "b", "## Question 2", "c", "d", "## Question 3", "e"], [2, 3]),
        (["## Question 2\nDraw.", "c", "# my notes", "d"], [0, 1]),
        (["## Question 2", "c", "## Question 3", "d", "## Question 2", "e"], [0, 2]),
        (["a", 'grader.check("q1")', "b", "c", 'grader.check("q2")', "d"], [2, 3, 4]),
        (["## Question 1", "a", "b", "grader.check('q2')"], [0, 1, 2]),
        (["a", "## Question 1", "b", "## Question 3", "c"], [0]),
        (["a", "b"], [0, 1]),
        ([], []),
    ],
)
def test_cells_of_a_question(notebook, found):
    assert cells_of(cells(*notebook), Q2) == found


def test_headings_in_the_comments_of_a_python_file():
    script = "a = 1\n# %% [markdown]\n# ## Question 2\n# Draw.\n# %%\nb = 2\n# %% [markdown]\n# ## Question 3\nc = 3\n"
    made = read_cells(script.encode(), "a.py", script=True)
    found = [made[number].source for number in cells_of(made, Q2)]
    assert any("b = 2" in source for source in found)
    assert not any("c = 3" in source or "a = 1" in source for source in found)


def test_headings_between_the_statements_of_a_python_file():
    script = "a = 1\n\n# ## Question 2\n# Draw.\nb = 2\n\nc = 3\n# ## Question 3\nd = 4\n"
    made = read_cells(script.encode(), "a.py", script=True)
    assert [made[number].source.split("\n")[0] for number in cells_of(made, Q2)] == ["b = 2", "c = 3"]
