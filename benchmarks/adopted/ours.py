"""The verdicts of gradmark on another grader's assignment, through its command."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.adopted.originals import Graded, Verdict, unique

__all__ = ["Ours", "grade_with_gradmark"]


class Ours(NamedTuple):
    """What gradmark made of a class."""

    graded: dict[str, Graded]
    seconds: float
    """Of wall time for the whole class, start-up included."""
    said: str
    """What the command printed."""


def grade_with_gradmark(assignment: Path, submissions: Path, *, jobs: int = 1) -> Ours:
    """Grade a folder of submissions afresh, without pages.

    Raises:
        RuntimeError: Nothing was graded; it has what the command printed.
    """
    with tempfile.TemporaryDirectory(prefix="ours-") as scratch:
        out = Path(scratch, "graded")
        gradmark = str(Path(sys.executable).parent / "gradmark")
        command = [gradmark, "grade", str(assignment), str(submissions), "--out", str(out)]
        started = time.monotonic()
        run = subprocess.run(
            [*command, "--no-feedback", "--jobs", str(jobs)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
        )
        took = time.monotonic() - started
        written = sorted(out.glob("results/*.json"))
        if not written:
            raise RuntimeError(f"gradmark grade ended with {run.returncode}:\n{run.stdout[-3000:]}")
        found = [json.loads(path.read_text(encoding="utf-8")) for path in written]
    return Ours({result["submission"]: _graded(result) for result in found}, took, run.stdout)


def _graded(result: Mapping[str, Any]) -> Graded:
    """Questions without tests wait for a person, in the original too, and do not count."""
    questions = [question for question in result["questions"] if question["tests"]]
    tests = [test for question in questions for test in question["tests"]]
    verdicts = {
        name: Verdict(
            test["status"] == "passed",
            float(test["score"] or 0),
            float(test["max_score"] or 0),
            test["message"],
            test.get("trust", ""),
        )
        for name, test in zip(unique(test["name"] for test in tests), tests, strict=True)
    }
    return Graded(
        sum(float(question["score"] or 0) for question in questions),
        sum(float(question["max_score"] or 0) for question in questions),
        verdicts,
        {question["id"]: float(question["score"] or 0) for question in questions},
        error="" if result["status"] == "graded" else f"{result['status']}: {result['reason']}",
    )
