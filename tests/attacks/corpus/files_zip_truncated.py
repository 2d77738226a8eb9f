# A zip cut off in the middle, and one that is random bytes.
"""Makes its files from the cells of the blank notebook."""

from tests.attacks.making import notebook, zipped


def submission(blank):
    return {"a.zip": zipped([("ps1.ipynb", notebook(blank))])[:-30]}
