"""The process that runs a notebook on the student's machine, seen from the command that checks it."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

from grader.errors import GradmarkError

__all__ = ["TimeIsUp", "WorkerProcess"]


class TimeIsUp(Exception):
    """No time is left for the whole notebook."""


class WorkerProcess:
    """One process of `grader.local.worker`.

    Args:
        request: What it should do.
    """

    def __init__(self, request: dict[str, Any]) -> None:
        command = [sys.executable, "-m", "grader.local.worker"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, encoding="utf-8"
        )
        streams = self._process.stdin, self._process.stdout, self._process.stderr
        self._stdin, self._stdout, self._stderr = (stream for stream in streams if stream is not None)
        self._stdin.write(json.dumps(request))
        self._stdin.close()
        self._lines: queue.Queue[str] = queue.Queue()
        self._errors: list[str] = []
        self._readers = [
            threading.Thread(target=self._read_lines, daemon=True),
            threading.Thread(target=lambda: self._errors.extend(self._stderr), daemon=True),
        ]
        for reader in self._readers:
            reader.start()

    def _read_lines(self) -> None:
        for line in self._stdout:
            self._lines.put(line)
        self._lines.put("")

    def events(self, left: Callable[[], float]) -> Iterator[dict[str, Any]]:
        """What the process says, until it ends.

        Raises:
            TimeIsUp: No time is left, as ``left`` says.
            GradmarkError: The process could not be started.
        """
        began = False
        while True:
            try:
                line = self._lines.get(timeout=max(left(), 0.01))
            except queue.Empty:
                raise TimeIsUp from None
            try:
                said = json.loads(line)
            except ValueError:  # the process ended, perhaps in the middle of a line
                break
            began = True
            yield said
        if not began:
            self._readers[1].join(timeout=5)
            told = [line for line in self._errors if line.strip()] or ["it said nothing"]
            raise GradmarkError(f"the notebook could not be run here: {told[-1].strip()}")

    def close(self) -> int:
        """Make sure that the process is gone; returns its exit code."""
        self._process.kill()
        code = self._process.wait()
        for reader in self._readers:
            reader.join(timeout=5)
        for stream in (self._stdout, self._stderr):
            stream.close()
        return code
