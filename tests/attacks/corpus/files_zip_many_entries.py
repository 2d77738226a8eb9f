# A zip of two hundred thousand empty files.
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
    return {"a.zip": zipped([("ps1.ipynb", notebook(blank)), *((f"f{i}", b"") for i in range(200_000))])}
