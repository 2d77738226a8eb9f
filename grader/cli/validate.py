"""``gradmark validate``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from grader.cli.options import course_option, load

__all__ = ["validate"]


@click.command(epilog="Example: gradmark validate ps1 --seeds 20 --json validation.json")
@click.argument("psets", metavar="[PSET]...", nargs=-1)
@click.option(
    "--seeds",
    type=click.IntRange(min=1),
    default=None,
    metavar="K",
    help="Draw the tests' numbers, and plant mistakes, K times (1); the reference is run 20 times at least.",
)
@click.option("--jobs", type=click.IntRange(min=1), default=None, metavar="N", help="Processes (all).")
@click.option(
    "--json", "json_file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write all."
)
@course_option
def validate(
    psets: tuple[str, ...], seeds: int | None, jobs: int | None, json_file: Path | None, course: Path | None
) -> None:
    """Tell whether the suites of some problem sets deserve trust; of all of the course where none is named.

    The reference must get full marks, a blank and a starter notebook none; every known mistake must fail its
    question, and be named; every right alternative must pass; mutants of the reference must be caught.
    Exit code 0 if all holds, else 1.
    """
    import msgspec

    from grader.pset import find_course
    from grader.validate import Report
    from grader.validate import validate as validate_one
    from grader.validate.run import SEEDS

    if not psets:
        folder = (course or find_course(Path.cwd())) / "psets"
        psets = tuple(sorted(p.parent.name for p in folder.glob("*/pset.yaml")))
        if not psets:
            raise click.UsageError(f"{folder} holds no problem set; name one")
    problem_sets = [load(pset, course) for pset in psets]
    workers = jobs or len(os.sched_getaffinity(0))
    reports: list[Report] = []
    for problem_set in problem_sets:
        report = validate_one(
            problem_set, seeds=seeds or SEEDS, workers=workers, progress=_progress(problem_set.name)
        )
        reports.append(report)
        click.echo(report.text())
        click.echo()
    if json_file is not None:
        document = {"ok": all(report.ok for report in reports), "psets": reports}
        json_file.write_bytes(msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n")
    sys.exit(0 if all(report.ok for report in reports) else 1)


class _progress:
    """One line on a terminal, nothing in a log."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, done: int, trials: int) -> None:
        if sys.stderr.isatty() and (done % 20 == 0 or done == trials):
            end = "\n" if done == trials else ""
            click.echo(f"\r{self._name}: {done} of {trials} trials{end}", err=True, nl=False)
