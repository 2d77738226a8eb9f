# A notebook of a hundred thousand cells.
"""Makes its files from the cells of the blank notebook."""

from tests.attacks.making import notebook


def submission(blank):
    return {"ps1.ipynb": notebook(["x = 1"] * 100_000)}
