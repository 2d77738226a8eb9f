# A zip with a symbolic link to a secret, and a file written through it.
# wall: files
"""Makes its files from the cells of the blank notebook."""

import zipfile

from tests.attacks.making import notebook, zipped


def submission(blank):
    link = zipfile.ZipInfo("data")
    link.external_attr = 0o120777 << 16
    return {"a.zip": zipped([("ps1.ipynb", notebook(blank)), (link, "/etc"), ("data/passwd", "x")])}
