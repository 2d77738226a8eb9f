# A zip with two entries of the same name, one for each reader.
"""Makes its files from the cells of the blank notebook."""

from tests.attacks.making import notebook, zipped


def submission(blank):
    return {"a.zip": zipped([("ps1.ipynb", notebook(blank)), ("ps1.ipynb", notebook(["import os", "os._exit(0)"]))])}
