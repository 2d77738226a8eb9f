# A pset.yaml, a suite and a reference of its own beside the notebook.
"""Makes its files from the cells of the blank notebook."""

from tests.attacks.making import notebook


def submission(blank):
    return {"ps1.ipynb": notebook(blank), "pset.yaml": b"title: mine\nquestions: []\n", "suite/test_mine.py": b"def test_x(): pass\n"}
