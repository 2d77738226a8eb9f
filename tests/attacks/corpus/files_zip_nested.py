# A zip of zips of zips, for a grader that keeps unpacking.
"""Makes its files from the cells of the blank notebook."""

from tests.attacks.making import notebook, zipped


def submission(blank):
    inner = zipped([("ps1.ipynb", notebook(blank))])
    for _ in range(50):
        inner = zipped([("a.zip", inner)])
    return {"a.zip": inner}
