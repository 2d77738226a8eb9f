# conftest.py, pytest.ini, sitecustomize.py, a .pth and a local numpy.py beside the notebook.
"""Makes its files from the cells of the blank notebook."""

from tests.attacks.making import notebook


def submission(blank):
    evil = b"import os\nos._exit(0)\n"
    names = ("conftest.py", "sitecustomize.py", "usercustomize.py", "numpy.py", "msgspec.py", "grader/__init__.py", "reference/softmax.py", "IPython/__init__.py")
    return {"ps1.ipynb": notebook(blank), "pytest.ini": b"[pytest]\naddopts=--co", "evil.pth": b"import os; os._exit(0)", **dict.fromkeys(names, evil)}
