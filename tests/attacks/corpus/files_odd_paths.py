# Files whose names are absolute, climb, hold newlines, surrogates or the data file's name.
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
    return {"ps1.ipynb": notebook(blank), "a\nb.txt": b"x", "\udcff.txt": b"x", "x" * 200: b"x", "digits.csv": b"forged"}
