# conftest.py, pytest.ini, sitecustomize.py, a .pth and a local numpy.py beside the notebook.
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
    evil = b"import os\nos._exit(0)\n"
    names = ("conftest.py", "sitecustomize.py", "usercustomize.py", "numpy.py", "msgspec.py", "grader/__init__.py", "reference/softmax.py", "IPython/__init__.py")
    return {"ps1.ipynb": notebook(blank), "pytest.ini": b"[pytest]\naddopts=--co", "evil.pth": b"import os; os._exit(0)", **dict.fromkeys(names, evil)}
