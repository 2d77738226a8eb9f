# A notebook with a number of a million digits and one of each odd constant.
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
    return {"ps1.ipynb": b'{"cells": ' + b"9" * 1_000_000 + b', "a": NaN, "b": -Infinity}'}
