# Files whose names are absolute, climb, hold newlines, surrogates or the data file's name.
# wall: files
"""Makes its files from the cells of the blank notebook."""

from tests.attacks.making import notebook


def submission(blank):
    return {"ps1.ipynb": notebook(blank), "a\nb.txt": b"x", "\udcff.txt": b"x", "x" * 200: b"x", "digits.csv": b"forged"}
