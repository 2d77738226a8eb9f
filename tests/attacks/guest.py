"""A Python that any user may run, with what grading needs, and the project beside it.

The one that runs the tests may lie in a private home folder. This one is a virtual environment of the system's own
Python in a temporary folder, from the hashed lock, with the package installed as a wheel.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["guest"]

NOBODY_IN_PARTICULAR = 61_234
"""A user without an account, whom nothing belongs to."""
ROOT = Path(__file__).resolve().parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"


@contextmanager
def guest() -> Iterator[tuple[str, Path, int]]:
    """The Python, the folder to run it in, and the user; as root.

    Raises:
        SystemExit: It cannot be made; the message says what failed.
    """
    with tempfile.TemporaryDirectory(prefix="gradmark-guest-") as made:
        os.chmod(made, 0o755)
        folder = Path(made)
        python = _environment(folder / "venv")
        wheel = _wheel(folder)
        _run([sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", str(wheel)])
        for part in ("reference", "psets", "examples", "tests"):
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        _run(["chmod", "-R", "a+rX", made])
        yield python, folder, NOBODY_IN_PARTICULAR


def _environment(where: Path) -> str:
    """A virtual environment with everything that grading needs."""
    if not os.access(SYSTEM_PYTHON, os.X_OK):
        _run(["apt-get", "update", "-qq"])
        _run(["apt-get", "install", "-y", "-qq", "python3"])
    _run([SYSTEM_PYTHON, "-m", "venv", "--without-pip", str(where)])
    python = str(where / "bin" / "python")
    locked = ["--require-hashes", "-r", str(ROOT / "grader" / "gradescope" / "files" / "requirements.txt")]
    _run([sys.executable, "-m", "pip", "--python", python, "install", *locked])
    return python


def _wheel(folder: Path) -> Path:
    """The package, built from a copy, since building writes beside the sources."""
    source = folder / "source"
    shutil.copytree(ROOT / "grader", source / "grader", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    _run(
        [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(source)]
    )  # fmt: skip
    return next(folder.glob("gradmark-*.whl"))


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip()[-2000:]
        sys.exit(f"no Python for other users could be made: {' '.join(command)} failed:\n{said}")
