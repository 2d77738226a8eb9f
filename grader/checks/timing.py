"""Is a function vectorised? Time it beside a baseline, in the same place and at the same moment."""

from __future__ import annotations

import time
from typing import Any

from grader.checks.messages import failed, name_of

__all__ = ["check_faster_than"]

# A clock reading, a call's bookkeeping and a cold cache together stay below this many seconds.
OVERHEAD = 2e-4


def check_faster_than(
    function: Any, baseline: Any, *arguments: Any, ratio: float = 1.0, repeats: int = 5, **keywords: Any
) -> float:
    """Fail unless ``function`` takes at most ``ratio`` times as long as ``baseline`` on the same arguments.

    Both run alternately, up to ``repeats`` times each, and the fastest runs are compared: other work on the
    machine can only make a run slower. The first pair that satisfies the ratio ends the check, so a good
    answer costs one call. Choose arguments for which the baseline takes at least 5 ms, and a generous ratio:
    a Python loop over an array is 30 to 200 times slower than one numpy call.

    Times are those that ``.call`` measured where the function has it, so without transport. Returns the ratio.
    """
    __tracebackhide__ = True
    fastest = limit = float("inf")
    for _ in range(max(repeats, 1)):
        limit = min(limit, _seconds(baseline, arguments, keywords))
        fastest = min(fastest, _seconds(function, arguments, keywords))
        if fastest <= ratio * limit + OVERHEAD:
            return fastest / max(limit, 1e-9)
    found = fastest / max(limit, 1e-9)
    raise failed(
        f"{name_of(function)} is too slow: it takes about {found:.2g} times as long as the baseline (at most {ratio:g} "
        "is allowed). Could one array operation replace a loop?",
        f"It took {1e3 * fastest:.3g} ms; the baseline took {1e3 * limit:.3g} ms.",
    )


def _seconds(function: Any, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> float:
    if hasattr(type(function), "call"):
        return float(function.call(*arguments, **keywords).seconds)
    started = time.perf_counter()
    function(*arguments, **keywords)
    return time.perf_counter() - started
