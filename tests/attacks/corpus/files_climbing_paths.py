# Files whose names leave the folder, as a folder of an archive elsewhere may give them.
"""Makes its files from the cells of the blank notebook."""

from tests.attacks.making import notebook


def submission(blank):
    return {"ps1.ipynb": notebook(blank), "../../../../../../tmp/gradmark-escaped": b"x"}
