"""``import grader`` needs numpy alone: a notebook checks itself where nothing else of ours is installed."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = '''
import sys

class OnlyNumpy:
    """Finds nothing but the standard library, numpy and us."""

    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        own = top in sys.stdlib_module_names or top.startswith("_sysconfigdata")  # named after the machine
        if not own and top not in ("numpy", "grader"):
            raise ModuleNotFoundError(f"{top} was asked for", name=top)

sys.meta_path.insert(0, OnlyNumpy())
import numpy as np
import grader

for name in grader.__all__:
    getattr(grader, name)
try:
    grader.check_close(np.array([1.0, 2.5]), np.array([1.0, 2.0]), name="x")
except grader.CheckFailed as failed:
    print("told:", failed.summary)
try:
    import click
except ModuleNotFoundError as error:
    print("blocked:", error.name)
'''


def test_importing_and_checking_need_numpy_alone():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    told, blocked = done.stdout.splitlines()
    assert told.startswith("told: x is wrong in 1 of 2 entries")
    assert blocked == "blocked: click"
