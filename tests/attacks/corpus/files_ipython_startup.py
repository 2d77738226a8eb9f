# IPython start-up files and configuration beside the notebook.
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
    return {"ps1.ipynb": notebook(blank), "ipython/profile_default/startup/00.py": evil, "ipython_config.py": evil, ".pdbrc": evil, "matplotlibrc": b"backend: module://evil\n", "evil.py": evil}
