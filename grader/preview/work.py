"""Rounds of work: after each save, check the files, build and run the handout, and validate what changed.

Every step is a process of its own: so each sees the files as they are now, whatever was imported before, an endless
loop in the course ends with its process, and a save ends the round.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from grader.preview.state import State

__all__ = ["Rounds"]


class _Superseded(Exception):
    """A file was saved; the round begins again."""


class Rounds:
    """Works on one problem set until told to stop; ``pages`` is the folder that HTML is written to."""

    def __init__(self, folder: Path, pages: Path, state: State) -> None:
        self._folder, self._pages, self._state = folder, pages, state
        self._wanted = threading.Event()
        self._stopped = False

    def again(self) -> None:
        """Start a new round, and abandon the present one."""
        self._wanted.set()

    def stop(self) -> None:
        self._stopped = True
        self._wanted.set()

    def run(self) -> None:
        """Rounds, one after the other, until `stop`."""
        while not self._stopped:
            self._wanted.clear()
            try:
                self._round()
            except _Superseded:
                continue
            self._wanted.wait()

    def _round(self) -> None:
        folder = str(self._folder)
        self._state.set(doing="checking the files", report="", ok=None)
        code, said = self._step("grader.cli", "validate", folder, "--quick")
        self._state.set(files=said, files_ok=code == 0)
        if code != 0:
            self._state.set(doing="", ok=False)
            return
        for page, doing in (("student", "building the handout"), ("solved", "running the solved handout")):
            self._state.set(doing=doing)
            code, said = self._step("grader.preview.render", folder, str(self._pages), page)
            if code != 0:
                self._state.set(doing="", ok=False, files=said, files_ok=False)
                return
            self._state.set(**{page: self._state.get()["version"] + 1})
        self._state.set(doing="validating what changed")
        code, said = self._step("grader.cli", "validate", folder, "--changed")
        self._state.set(doing="", ok=code == 0, report=said)

    def _step(self, module: str, *arguments: str) -> tuple[int, str]:
        """Exit code and output of a module run as a program; raises `_Superseded` when a save comes first."""
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            start_new_session=True,
        )  # fmt: skip
        said: list[str] = []
        reader = threading.Thread(target=lambda: said.append(process.stdout.read() if process.stdout else ""))
        reader.start()
        try:
            while reader.is_alive():
                reader.join(0.1)
                if self._wanted.is_set():
                    raise _Superseded
        finally:
            _end(process)
            reader.join()
        return process.returncode, said[0].strip()


def _end(process: subprocess.Popen[str]) -> None:
    """End a process and those it started, such as validation's workers or a notebook's kernel."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
