"""What isolation costs: a small notebook and one call, with layers on and off, side by side.

    python benchmarks/isolation.py --count 60

Each round runs every plan once, so that other work on the machine affects all of them alike. Prints the median
milliseconds per submission (fork, confine, read, run two cells, one call, remove) and the ratio to no layer.
"""

from __future__ import annotations

import argparse
import statistics
import time

from grader.sandbox.isolation import Plan, choose_plan
from grader.sandbox.outside.host import Sandbox
from grader.sandbox.outside.session import Session

NOTEBOOK = b"import numpy as np\n# %%\ndef double(x):\n    return 2 * x\n"
ALL = ("bubblewrap", "user", "landlock", "seccomp", "cgroup")


def variants() -> dict[str, Plan]:
    """Plans from no layer to everything that this machine offers."""
    plans = {"no layer but rlimits": choose_plan(without=frozenset(ALL))}
    for layer in ALL:
        alone = choose_plan(without=frozenset(name for name in ALL if name != layer))
        if alone.layers != ["rlimits"]:
            plans[f"{layer} alone"] = alone
    plans["all but namespaces"] = choose_plan(without=frozenset(("bubblewrap",)))
    plans["everything"] = choose_plan()
    return plans


def submission(sandbox: Sandbox) -> float:
    started = time.perf_counter()
    with Session(sandbox, {"ps.py": NOTEBOOK}, "ps", 1) as session:
        session.load()
        session.calls("double", [((1.0,), {})])
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=60, help="submissions per plan")
    given = parser.parse_args()
    sandboxes = {
        name: Sandbox(preload=["numpy", "numpy.random"], plan=plan, unsafe=True)
        for name, plan in variants().items()
    }
    times: dict[str, list[float]] = {name: [] for name in sandboxes}
    try:
        for sandbox in sandboxes.values():
            submission(sandbox)
        for _ in range(given.count):
            for name, sandbox in sandboxes.items():
                times[name].append(submission(sandbox))
    finally:
        for sandbox in sandboxes.values():
            sandbox.close()
    base = statistics.median(times["no layer but rlimits"])
    print(f"{given.count} submissions per plan, median milliseconds")
    for name, taken in times.items():
        median = statistics.median(taken)
        layers = ", ".join(sandboxes[name].layers)
        print(
            f"{name:24} {1e3 * median:7.1f} ms  {1e3 * (median - base):+6.1f} ms  x {median / base:4.2f}  {layers}"
        )


if __name__ == "__main__":
    main()
