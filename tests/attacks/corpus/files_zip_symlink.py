# A zip with a symbolic link to a secret, and a file written through it.
"""Makes its files from the cells of the blank notebook."""

import io
import json
import zipfile


def notebook(cells):
    return json.dumps({"cells": [{"cell_type": "code", "source": cell} for cell in cells]}).encode()


def zipped(entries):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return packed.getvalue()


def submission(blank):
    link = zipfile.ZipInfo("data")
    link.external_attr = 0o120777 << 16
    return {"a.zip": zipped([("ps1.ipynb", notebook(blank)), (link, "/etc"), ("data/passwd", "x")])}
