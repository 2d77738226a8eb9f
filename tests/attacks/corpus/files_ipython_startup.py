# IPython start-up files and configuration beside the notebook.
# wall: files
"""Makes its files from the cells of the blank notebook."""

from tests.attacks.making import notebook


def submission(blank):
    evil = b"import os\nos._exit(0)\n"
    return {"ps1.ipynb": notebook(blank), "ipython/profile_default/startup/00.py": evil, "ipython_config.py": evil, ".pdbrc": evil, "matplotlibrc": b"backend: module://evil\n", "evil.py": evil}
