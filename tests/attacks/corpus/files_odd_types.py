# A notebook in which everything has the wrong type.
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
    odd = {"cells": [None, 3, [], {"cell_type": "code", "source": {"a": 1}}, {"cell_type": ["code"], "source": 7}, {"cell_type": "code", "source": [1, None, "x = 1"]}], "metadata": [], "nbformat": "x"}
    return {"ps1.ipynb": json.dumps(odd).encode()}
