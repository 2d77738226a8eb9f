"""``gradmark validate``."""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import click

from grader.cli.options import course_option, find, say

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
@click.option(
    "--html",
    "html_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a page to read.",
)
@click.option(
    "--quick", is_flag=True, help="Only what can be said in two seconds: errors in the course's files."
)
@click.option("--changed", is_flag=True, help="Only questions that changed, or did not hold, last time.")
@course_option
def validate(
    psets: tuple[str, ...],
    seeds: int | None,
    jobs: int | None,
    json_file: Path | None,
    html_file: Path | None,
    quick: bool,
    changed: bool,
    course: Path | None,
) -> None:
    """Tell whether the suites of some problem sets deserve trust; of all of the course where none is named.

    The reference must get full marks, a blank and a starter notebook none; every known mistake must fail its
    question, and be named; every right alternative must pass; mutants of the reference must be caught.
    Errors in the files (a misspelt question, points that do not add up, a public test that reveals an answer)
    come first, each with its line; while there is one, nothing is run. Exit code 0 if all holds, else 1.
    """
    import msgspec

    from grader.pset import find_course, load_problem_set
    from grader.validate import Report
    from grader.validate import validate as validate_one
    from grader.validate.run import SEEDS

    if not psets:
        folder = (course or find_course(Path.cwd())) / "psets"
        psets = tuple(sorted(p.parent.name for p in folder.glob("*/pset.yaml")))
        if not psets:
            raise click.UsageError(f"{folder} holds no problem set; name one")
    folders = [find(pset, course) for pset in psets]
    findings = [finding for folder in folders for finding in _examine(folder)]
    reports: list[Report] = []
    if not quick and not findings:
        for folder in folders:
            report = validate_one(
                load_problem_set(folder),
                seeds=seeds or SEEDS,
                workers=jobs or len(os.sched_getaffinity(0)),
                progress=_progress(folder.name),
                changed=changed,
            )
            reports.append(report)
            say(report.text())
            say()
    ok = not findings and all(report.ok for report in reports)
    if json_file is not None:
        from grader.encoding import enc_hook_shown

        document = {"ok": ok, "errors": findings, "psets": reports}
        json_file.write_bytes(
            msgspec.json.format(msgspec.json.encode(document, enc_hook=enc_hook_shown), indent=2) + b"\n"
        )
    if html_file is not None:
        from grader.report import suite_page

        html_file.write_text(suite_page(reports, made=datetime.now(UTC)), encoding="utf-8")
    sys.exit(0 if ok else 1)


def _examine(folder: Path) -> list[str]:
    """Print the errors in a problem set's files, and return them; where there are none, print what could be better."""
    from grader.validate import examine, suggest

    started = time.perf_counter()
    findings = [str(finding) for finding in examine(folder)]
    for said in findings or suggest(folder):
        say(said)
    many = f"{len(findings)} error{'s' if len(findings) != 1 else ''}" if findings else "no errors"
    say(f"{folder.name}: {many} in its files ({time.perf_counter() - started:.1f} s)")
    return findings


class _progress:
    """One line on a terminal, nothing in a log."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, done: int, trials: int) -> None:
        if sys.stderr.isatty() and (done % 20 == 0 or done == trials):
            end = "\n" if done == trials else ""
            click.echo("\r", err=True, nl=False)
            say(f"{self._name}: {done} of {trials} trials{end}", err=True, nl=False)
