"""How a judge ended, in words."""

from __future__ import annotations

import re
import signal

__all__ = ["how_it_ended", "last_words"]

_NAMES_AN_ERROR = re.compile(r"[\w.]*(Error|Exception|Exit)\b")


def how_it_ended(code: int) -> str:
    """Its exit code in words, as the end of a sentence about it."""
    if code >= 0:
        return f"ended with exit code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        return f"was ended by signal {-code}"
    match name:
        case "SIGKILL":
            return "was killed (SIGKILL), most likely because the machine ran out of memory"
        case "SIGSEGV" | "SIGBUS" | "SIGABRT" | "SIGILL" | "SIGFPE":
            return f"crashed ({name})"
        case _:
            return f"was ended from outside ({name})"


def last_words(text: str) -> str:
    """The last line that names an error; an interpreter that cannot start prints more lines after it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    naming = [line for line in lines if _NAMES_AN_ERROR.match(line)]
    return (naming or lines or [""])[-1][:300]
