"""Empty environments that know nothing of the one that runs the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CACHE = os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))
# Any other variable might lead back to this environment.
KEPT = ("PIP_", "SSL_", "REQUESTS_", "LANG", "LC_", "TZ", "TERM", "TMPDIR")


@dataclass(frozen=True)
class Machine:
    """The home folder of somebody who has Python and nothing of ours."""

    home: Path
    path: str

    def run(
        self, script: str, *, cwd: Path | None = None, seconds: float = 600, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a shell script there, to its end or its first error."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if name.startswith(KEPT) or name.lower().endswith("_proxy")
        }
        # Downloads are kept where pip keeps them for whoever runs the tests.
        own = {"HOME": str(self.home), "PATH": self.path, "COLUMNS": "80", "XDG_CACHE_HOME": CACHE}
        environment = {**kept, **own, **variables}
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=cwd or self.home, env=environment, capture_output=True, text=True, timeout=seconds,
        )  # fmt: skip

    def must(self, script: str, *, cwd: Path | None = None, seconds: float = 600, **variables: str) -> str:
        """Run a script that must succeed, and return what it printed."""
        done = self.run(script, cwd=cwd, seconds=seconds, **variables)
        assert done.returncode == 0, f"{script}\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
        return done.stdout


@pytest.fixture(scope="module")
def machine(tmp_path_factory) -> Machine:
    home = tmp_path_factory.mktemp("home")
    programs = home / "bin"
    programs.mkdir()
    # The Python below this environment, under the names that a system gives it.
    base = Path(sys.base_prefix) / "bin" / f"python{sys.version_info[0]}.{sys.version_info[1]}"
    for name in ("python", "python3"):
        (programs / name).symlink_to(base)
    if shutil.which("git", path="/usr/bin:/bin") is None:
        clone = programs / "git"
        clone.write_text('#!/bin/sh\ntest "$1" = clone && cp -R "$2" "$3"\n')
        clone.chmod(0o755)
    return Machine(home, f"{programs}:/usr/bin:/bin")


def repository(files: Sequence[Path], root: Path, target: Path) -> Path:
    """Copy these files into a repository to clone from."""
    for file in files:
        copy = target / file.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, copy, follow_symlinks=False)
    if shutil.which("git"):
        git = ["git", "-C", str(target), "-c", "user.name=a", "-c", "user.email=a@example.org"]
        for words in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "all"]):
            subprocess.run([*git, *words], check=True, capture_output=True)
    return target


def own_files() -> list[Path]:
    """The files that a clone of this project would hold, without anything that was built here."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        command = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
        listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return [ROOT / name for name in listed.split("\0") if name and os.path.lexists(ROOT / name)]
    kept = ("grader", "psets", "reference", "tools", "docs")
    files = [file for name in kept for file in (ROOT / name).rglob("*") if not file.is_dir()]
    files += [ROOT / name for name in ("pyproject.toml", "requirements.lock", "README.md", "LICENSE")]
    return [file for file in files if "__pycache__" not in file.parts]
