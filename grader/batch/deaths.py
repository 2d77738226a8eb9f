"""Workers that die: why one did, and whether one can start at all."""

from __future__ import annotations

import pickle
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from multiprocessing import spawn
from typing import Any

__all__ = ["how_a_worker_ended", "why_no_worker_starts"]

START_SECONDS = 300
"""In which a worker must be ready, sandbox and suite included: far more than it takes."""
TRIAL = """
import pickle, sys
from multiprocessing import spawn
spawn.prepare(pickle.load(sys.stdin.buffer))
for function, arguments in pickle.load(sys.stdin.buffer):
    function(*arguments)
"""
"""What a spawned worker does before its first submission, with its errors where we can read them."""
_NAMES_AN_ERROR = re.compile(r"[\w.]*(Error|Exception|Exit)\b")


def why_no_worker_starts(steps: Sequence[tuple[Callable[..., object], tuple[Any, ...]]]) -> str | None:
    """Start a worker that gets no submission: the end of a sentence about it, or None where it gets ready.

    Args:
        steps: Functions, importable by name, and their arguments: what a worker does first.
    """
    data = spawn.get_preparation_data("trial")
    data.pop("authkey", None)  # which multiprocessing gives to nobody but its own
    given = pickle.dumps(data) + pickle.dumps(list(steps))
    try:
        done = subprocess.run(
            [sys.executable, "-c", TRIAL],
            input=given,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=START_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"was not ready after {START_SECONDS} seconds"
    except OSError as error:
        return f"could not be run ({error})"
    if not done.returncode:
        return None
    said = _last_words(done.stderr.decode(errors="replace"))
    return how_a_worker_ended(done.returncode) + (f" and said last: {said}" if said else " and said nothing")


def how_a_worker_ended(code: int | None) -> str:
    """Its exit code in words, as the end of a sentence about it."""
    if code is None:
        return "went away"
    if code >= 0:
        return f"ended with exit code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        return f"was ended by signal {-code}"
    match name:
        case "SIGKILL":
            return "was killed (SIGKILL), most likely because the machine ran out of memory"
        case "SIGALRM":
            return (
                "was stopped (SIGALRM), because a test went on long after the submission's time was used up, "
                "in one step that nothing else interrupts"
            )
        case "SIGSEGV" | "SIGBUS" | "SIGABRT" | "SIGILL" | "SIGFPE":
            return f"crashed ({name})"
        case _:
            return f"was ended from outside ({name})"


def _last_words(text: str) -> str:
    """The last line that names an error: an interpreter that cannot start says more after it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    naming = [line for line in lines if _NAMES_AN_ERROR.match(line)]
    return (naming or lines or [""])[-1][:300]
