"""``gradmark build``."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.options import course_option, load, pset_argument

__all__ = ["build"]


@click.command(epilog="Example: gradmark build ps1 --out build/ps1")
@pset_argument
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where student/ and PSET-student.zip are written.",
)
@course_option
def build(pset: str, out: Path, course: Path | None) -> None:
    """Make what students get of PSET: DIR/student/ and DIR/PSET-student.zip.

    PSET is a folder's name under psets/, or a path. Nothing is written if an answer or a hidden test would
    reach a student.
    """
    from grader.build import build as build_student

    for path in build_student(load(pset, course), out):
        click.echo(path)
