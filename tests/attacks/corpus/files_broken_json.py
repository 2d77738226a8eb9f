# A notebook whose JSON is broken.
"""Makes its files from the cells of the blank notebook."""

from tests.attacks.making import notebook


def submission(blank):
    return {"ps1.ipynb": notebook(blank)[:-7]}
