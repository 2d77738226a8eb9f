"""``gradmark preview``."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.options import course_option, find, pset_argument, say

__all__ = ["preview"]


@click.command(epilog="Example: gradmark preview ps1 --port 8765")
@pset_argument
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    metavar="N",
    help="The port on 127.0.0.1; 0 picks a free one.",
)
@course_option
def preview(pset: str, port: int, course: Path | None) -> None:
    """Show PSET in a browser while you write it.

    The page shows the handout as students get it, the handout solved and run, errors in the files, and what validation
    says. Whenever you save a file of the problem set or of reference/, the files are checked, the handout is built, and
    the questions that changed are validated again. Ctrl-C ends it.
    """
    from grader.preview import preview as serve
    from grader.pset import find_course

    folder = find(pset, course)
    serve(folder, find_course(folder), port, lambda address: say(f"{address}  (Ctrl-C ends it)"))
