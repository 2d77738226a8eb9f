# A zip of a few kilobytes that unpacks to gigabytes.
"""Makes its files from the cells of the blank notebook."""

from tests.attacks.making import notebook, zipped


def submission(blank):
    return {"a.zip": zipped([("ps1.ipynb", notebook(blank)), *((f"zeros{i}", bytes(40 << 20)) for i in range(4))])}
