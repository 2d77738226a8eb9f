"""``gradmark validate``."""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import click

from grader.cli.options import FILE, as_json, course_option, find, say
from grader.text import many

__all__ = ["validate"]


@click.command(epilog="Example: gradmark validate ps1 --seeds 20 --json validation.json")
@click.argument("psets", metavar="[PSET]...", nargs=-1)
@click.option(
    "--seeds",
    type=click.IntRange(min=1),
    default=None,
    metavar="K",
    help="Draw the tests' numbers and plant mistakes K times. Default: once; the reference runs at least 20 times.",
)
@click.option(
    "--jobs", type=click.IntRange(min=1), default=None, metavar="N", help="Processes. Default: all."
)
@click.option("--json", "json_file", type=FILE, metavar="FILE", help="Write it as JSON.")
@click.option("--html", "html_file", type=FILE, metavar="FILE", help="Write a page to read.")
@click.option("--quick", is_flag=True, help="Only check the files, in two seconds; run nothing.")
@click.option("--changed", is_flag=True, help="Only questions that changed since last time, or failed then.")
@click.option(
    "--pairs",
    type=click.IntRange(min=0),
    default=None,
    metavar="N",
    help="Pairs of mistakes of each kind to plant. Default: 20 for each of the seeds.",
)
@click.option(
    "--draft-equivalents",
    "draft",
    is_flag=True,
    help="Add the mutants that survive to equivalents.yaml, for you to give the reasons.",
)
@course_option
def validate(
    psets: tuple[str, ...],
    seeds: int | None,
    jobs: int | None,
    json_file: Path | None,
    html_file: Path | None,
    quick: bool,
    changed: bool,
    pairs: int | None,
    draft: bool,
    course: Path | None,
) -> None:
    """Check whether the suites of these problem sets deserve trust; without PSET, all of the course's.

    The reference must get full marks, a blank and a starter notebook none; every known mistake must fail its question
    and be named, alone and together with others; no two may give the same in every call; every right alternative must
    pass; mutants of the reference must be caught. Errors in the files (a misspelt question, points that do not add up,
    a public test that reveals an answer) come first, each with its line; until they are fixed, nothing is run. Exit
    code 0 if all checks passed, else 1.
    """
    from grader.pset import load_problem_set
    from grader.validate import Report, draft_equivalents
    from grader.validate import validate as validate_one
    from grader.validate.run import SEEDS

    folders = [find(pset, course) for pset in psets or _all_of(course)]
    findings = [finding for folder in folders for finding in _examine(folder)]
    reports: list[Report] = []
    for folder in folders if not quick and not findings else []:
        problem_set = load_problem_set(folder)
        report = validate_one(
            problem_set,
            seeds=seeds or SEEDS,
            workers=jobs or len(os.sched_getaffinity(0)),
            progress=_Progress(folder.name),
            changed=changed,
            pairs=pairs,
        )
        reports.append(report)
        say(report.text())
        if draft and (drafted := draft_equivalents(problem_set, report.survivors)):
            entries = "1 entry" if drafted == 1 else f"{drafted} entries"
            say(f"equivalents.yaml of {problem_set.name}: {entries} added; give the reasons, or add tests")
        say()
    ok = not findings and all(report.ok for report in reports)
    if json_file is not None:
        json_file.write_bytes(as_json({"ok": ok, "errors": findings, "psets": reports}))
    if html_file is not None:
        from grader.report import suite_page

        html_file.write_text(suite_page(reports, made=datetime.now(UTC)), encoding="utf-8")
    sys.exit(0 if ok else 1)


def _all_of(course: Path | None) -> list[str]:
    """Every problem set of the course."""
    from grader.pset import find_course

    folder = (course or find_course(Path.cwd())) / "psets"
    names = sorted(file.parent.name for file in folder.glob("*/pset.yaml"))
    if not names:
        raise click.UsageError(f"{folder} holds no problem set; name one, or make one with gradmark new")
    return names


def _examine(folder: Path) -> list[str]:
    """Print and return the errors in a problem set's files; if there are none, print what could be better."""
    from grader.validate import examine, suggest

    started = time.perf_counter()
    findings = [str(finding) for finding in examine(folder)]
    for said in findings or suggest(folder):
        say(said)
    found = many(len(findings), "error") if findings else "no errors"
    say(f"{folder.name}: {found} in its files ({time.perf_counter() - started:.1f} s)")
    return findings


class _Progress:
    """One line on a terminal, nothing in a log."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, done: int, trials: int) -> None:
        if sys.stderr.isatty() and (done % 20 == 0 or done == trials):
            end = "\n" if done == trials else ""
            click.echo("\r", err=True, nl=False)
            say(f"{self._name}: {done} of {trials} trials{end}", err=True, nl=False)
