# A zip whose entries climb out of the folder.
# wall: files
"""Makes its files from the cells of the blank notebook."""

from tests.attacks.making import notebook, zipped


def submission(blank):
    return {"a.zip": zipped([("ps1.ipynb", notebook(blank)), ("../../escaped.py", "x = 1"), ("/etc/escaped", "x")])}
