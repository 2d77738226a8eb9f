# A zip of zips of zips, for a grader that keeps unpacking.
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
    inner = zipped([("ps1.ipynb", notebook(blank))])
    for _ in range(50):
        inner = zipped([("a.zip", inner)])
    return {"a.zip": inner}
