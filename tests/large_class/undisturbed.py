"""The class graded without disturbance: time, rate and memory, and whether the verdicts are right."""

from __future__ import annotations

import contextlib
import subprocess

from tests.large_class.contents import Contents
from tests.large_class.processes import Clock, Memory, started
from tests.large_class.show import JOBS, Show, fresh, graded, gradmark, say

__all__ = ["undisturbed"]

FLAT_MB = 10.0
"""How much a process may grow from the first quarter of a class to its end and still be called flat."""


def undisturbed(show: Show) -> tuple[Contents, float]:
    """Grade the class, printing the memory of each process; also returns the seconds until the first result."""
    out, count = fresh(show.folder / "undisturbed"), show.options.count
    say(
        "",
        f"Undisturbed, {JOBS} worker processes; memory in MB, the sandboxes' shared pages counted once",
    )
    say("   graded    time  a second   parent        workers  sandboxes")
    taken: list[Memory] = []
    marks: dict[str, float] = {}
    with Clock() as clock, started(show.grade(out, "--jobs", JOBS), show.folder / "log") as process:
        shown, shown_at = 0, 0.0
        while process.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.5)
            done = graded(out)
            marks.setdefault("first" if done else "none", clock.seconds)
            if done < count and (memory := Memory.of(process.pid, done)):
                taken.append(memory)
                if done >= shown + count / 20:
                    rate = (done - shown) / (clock.seconds - shown_at)
                    say(f"{done:9}{clock:>8}{rate:10.1f}{memory}")
                    shown, shown_at = done, clock.seconds
            if done == count:
                marks.setdefault("last", clock.seconds)
    first, last = marks.get("first", 0.0), marks.get("last", clock.seconds)
    say(
        f"{graded(out):9}{clock:>8}  of which {first:.0f} s until the first result, {last - first:.0f} s grading "
        f"({count / max(last - first, 0.1):.1f} a second), {clock.seconds - last:.0f} s gradebook and pages"
    )
    early = [memory for memory in taken if count / 8 <= memory.done < count / 4]
    late = [memory for memory in taken if memory.done >= count * 7 / 8]
    if early and late:
        for who, field in (("parent", "parent"), ("worker", "workers")):
            before, after = (max(max(getattr(m, field)) for m in some) for some in (early, late))
            show.holds(
                after - before < FLAT_MB,
                f"memory is flat: the largest {who} had at most {before:.0f} MB in the second eighth of the class, "
                f"{after:.0f} MB in the last",
            )
    check = subprocess.run(
        gradmark("simulate", "--check", show.folder / "class", out),
        capture_output=True,
        text=True,
        check=False,
    )
    said = " ".join(check.stdout.splitlines()[:2])
    show.holds(check.returncode == 0 and graded(out) == count, f"every verdict is right: {said}")
    return Contents.of(out), first
