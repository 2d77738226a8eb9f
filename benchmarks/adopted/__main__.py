"""Compare gradmark's verdicts with those of otter-grader and nbgrader.

    python -m benchmarks.adopted folder PATH    a folder of assignments
    python -m benchmarks.adopted own            our own courses, with what the record says of them
    python -m benchmarks.adopted record         ask the originals about what changed in them (--all: about all)
    python -m benchmarks.adopted speed          submissions a second, two at a time
    python -m benchmarks.adopted runs           how many times a notebook is run

`folders` says how a folder of assignments is laid out. The originals' environments are made by `make originals`.
The exit code is 1 if something could not be graded or verdicts differ.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.adopted.compare import Comparison, compare, listed, summary
from benchmarks.adopted.folders import Assignment, assignments_in, for_nbgrader, for_otter
from benchmarks.adopted.originals import Graded, grade_with_nbgrader, grade_with_otter, original_python
from benchmarks.adopted.ours import Ours, grade_with_gradmark


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("folder", help="a folder of assignments")
    one.add_argument("path", type=Path)
    one.add_argument("--originals-only", action="store_true", help="without gradmark")
    one.add_argument(
        "--as-numpy-2-prints", action="store_true", help="do not let numpy print as version 1.25 did"
    )
    one.add_argument("--seconds", type=float, default=120, help="for each submission of otter's")
    two = commands.add_parser("own", help="our own courses")
    two.add_argument("--one-in", type=int, default=1, help="one assignment in so many")
    three = commands.add_parser("record", help="ask the originals about our own courses")
    three.add_argument(
        "--all", action="store_true", help="also about assignments that are as the file has them"
    )
    four = commands.add_parser("speed", help="submissions a second")
    four.add_argument("--count", type=int, default=12)
    five = commands.add_parser("runs", help="how many times a submission's notebook is run")
    five.add_argument("--one-in", type=int, default=4, help="one assignment in so many")
    for each in (one, two):
        each.add_argument("--json", type=Path, help="write everything as JSON into this file")
    for each in (one, two, three, four):
        each.add_argument("--jobs", type=int, default=2, help="submissions graded at a time")
    given = parser.parse_args(words)
    if given.command == "speed":
        from benchmarks.adopted.speed import measured

        print(measured(given.count, given.jobs))
        return 0
    if given.command == "runs":
        from benchmarks.adopted.runs import counted

        print(counted(given.one_in))
        return 0
    if given.command == "record":
        return _record(given.all, given.jobs)
    found: list[Comparison] = []
    for comparison in _folder(given) if given.command == "folder" else _own(given.one_in, given.jobs):
        found.append(comparison)
        print(listed(comparison) or f"{comparison.assignment}: the same", flush=True)
    print(f"\n{summary(found)}")
    if given.json:
        given.json.write_text(json.dumps([one.as_json() for one in found], indent=1), encoding="utf-8")
    return int(any(one.error or one.differences or one.scores for one in found) or not found)


def _folder(given: argparse.Namespace) -> Iterator[Comparison]:
    for assignment in assignments_in(given.path):
        try:
            theirs = _originals(assignment, given)
            if given.originals_only:
                ours = Ours(theirs, 0.0, "")
            else:
                ours = grade_with_gradmark(assignment.path, assignment.submissions, jobs=given.jobs)
        except (OSError, RuntimeError, ValueError, subprocess.SubprocessError) as error:
            yield Comparison(assignment.name, assignment.original, 0, 0, error=str(error))
        else:
            yield compare(assignment.name, assignment.original, theirs, ours.graded, our_seconds=ours.seconds)


def _originals(assignment: Assignment, given: argparse.Namespace) -> dict[str, Graded]:
    python = original_python(assignment.original)
    with tempfile.TemporaryDirectory(prefix="adopted-") as scratch:
        if assignment.original == "nbgrader":
            course, name = for_nbgrader(assignment, Path(scratch), python)
            return grade_with_nbgrader(course, name, python, jobs=given.jobs)
        autograder, submissions = for_otter(assignment, Path(scratch), python)
        return grade_with_otter(
            autograder,
            submissions,
            python,
            seconds=given.seconds,
            jobs=given.jobs,
            legacy_printing=not given.as_numpy_2_prints,
        )


def _own(one_in: int, jobs: int) -> Iterator[Comparison]:
    from benchmarks.adopted.recorded import expected, own_assignments, read_record, write_for_gradmark

    _, record = read_record()
    for number, own in enumerate(own_assignments()):
        if number % one_in:
            continue
        with tempfile.TemporaryDirectory(prefix="adopted-") as scratch:
            try:
                ours = grade_with_gradmark(*write_for_gradmark(own, Path(scratch)), jobs=jobs)
            except RuntimeError as error:
                yield Comparison(own.name, own.original, 0, 0, error=str(error))
                continue
        yield compare(
            own.name, own.original, expected(own, record[own.name]), ours.graded, our_seconds=ours.seconds
        )


def _record(everything: bool, jobs: int) -> int:
    from benchmarks.adopted.recorded import (
        RECORD,
        ask_original,
        digest_for,
        own_assignments,
        read_record,
        write_record,
    )

    before = read_record()[1] if RECORD.exists() and not everything else {}
    assignments = list(own_assignments())
    found = {own.name: before[own.name] for own in assignments if own.name in before}
    for own in assignments:
        if own.name in found and found[own.name].digest == digest_for(own):
            continue
        found[own.name] = made = ask_original(own, jobs=jobs)
        took = sum(graded.seconds for graded in made.graded.values())
        failed = {name: graded.error for name, graded in made.graded.items() if graded.error}
        print(f"{own.name}: {len(made.graded)} submissions, {took:.0f} s", failed or "", flush=True)
        write_record({one.name: found[one.name] for one in assignments if one.name in found})
    write_record({own.name: found[own.name] for own in assignments})
    return 0


if __name__ == "__main__":
    sys.exit(main())
