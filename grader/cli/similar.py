"""``gradmark similar``."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.options import FILE, course_option, json_option, load, say, say_json, unsafe_option, warn
from grader.text import many

__all__ = ["similar"]

MAX_GIVEN = 1_000
"""Cells with students' own numbers that count as given code."""
MAX_LISTED = 20


@click.command(epilog="Example: gradmark similar submissions/ --pset ps1 --out similar.html")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="DIR...")
@click.option("--pset", metavar="PSET", help="The problem set, whose handout's code does not count.")
@click.option(
    "--out", default="similar.html", show_default=True, type=FILE,
    metavar="FILE", help="The page to write, with the pairs side by side.",
)  # fmt: skip
@click.option(
    "--most", type=click.IntRange(1), default=50, show_default=True, metavar="N", help="At most N pairs."
)
@click.option(
    "--common", type=click.IntRange(2), default=10, show_default=True, metavar="N",
    help="Ignore passages that more than N submissions share.",
)  # fmt: skip
@unsafe_option
@json_option
@course_option
def similar(
    paths: tuple[Path, ...],
    pset: str | None,
    out: Path,
    most: int,
    common: int,
    unsafe: bool,
    as_json: bool,
    course: Path | None,
) -> None:
    """Rank pairs of submissions that share passages which few others have.

    DIR is anything that `gradmark grade` takes. Passages that many submissions share do not count and, with --pset, nor
    does the handout's code. Similar does not mean copied: the page is for a person to look at.
    """
    from grader.errors import SubmissionRejected
    from grader.intake import printable, take_in
    from grader.sandbox.outside.reading import fingerprint_sandbox
    from grader.similar import rank_pairs, read_document, read_handout, write_page

    problem_set = load(pset, course) if pset else None
    name = problem_set.name if problem_set else ""
    documents = []
    with fingerprint_sandbox(unsafe=unsafe) as sandbox:
        sandbox.launch()
        intake = take_in(paths, name, unsafe=unsafe)
        for sentence in intake.unread:
            warn(printable(sentence))
        given = [*problem_set.starter_cells(), *problem_set.cells_of_all()[:MAX_GIVEN]] if problem_set else []
        handout = read_handout(sandbox, given)
        for one in intake.found:
            students = [student.id for student in one.students if student.id]
            try:
                documents.append(read_document(sandbox, one.name, students, one.read(), name))
            except SubmissionRejected as rejection:
                warn(f"{one.name} was left out: {rejection}")
    pairs = rank_pairs(documents, handout, common=common, most=most)
    write_page(out, problem_set.title if problem_set else str(paths[0]), pairs, len(documents), common)
    if as_json:
        listed = [{"submissions": pair.names, "shares": pair.shares} for pair in pairs]
        say_json({"compared": len(documents), "page": str(out), "pairs": listed})
        return
    for pair in pairs[:MAX_LISTED]:
        left, right = pair.shares
        say(f"{100 * left:3.0f}% {100 * right:3.0f}%  {printable(' and '.join(pair.names))}")
    are = "is" if len(pairs) == 1 else "are"
    say(f"{many(len(pairs), 'pair')} among {many(len(documents), 'submission')} {are} worth a look: {out}")
