"""``gradmark similar``."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import click

from grader.cli.options import FILE, course_option, json_option, load, say, say_json, unsafe_option, warn
from grader.text import many

__all__ = ["similar"]

MAX_GIVEN = 1_000
"""Cells with students' own numbers that count as given code."""
MAX_LISTED = 20


class _Handout(NamedTuple):
    """What the submissions were made from."""

    name: str
    title: str
    handed_in_as: str
    code: list[str]
    """Its code cells."""
    together: tuple[str, ...] = ()
    """Its notebooks, if it has several."""


def _handout(pset: str, course: Path | None) -> _Handout:
    """That of a problem set, or of another grader's assignment."""
    path = Path(pset)
    if path.exists() and not (path / "pset.yaml").is_file():
        from grader.adopt import is_adopted, read_assignment

        if is_adopted(path):
            found = read_assignment(path)
            called = found.handed_in_as or found.name
            code = [cell.source for cell in found.cells]
            return _Handout(found.name, found.title, called, code, found.several)
    made = load(pset, course)
    code = [*made.starter_cells(), *made.cells_of_all()[:MAX_GIVEN]]
    return _Handout(made.name, made.title, made.handed_in_as, code)


@click.command(epilog="Example: gradmark similar submissions/ --pset ps1 --out similar.html")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="DIR...")
@click.option(
    "--pset",
    metavar="PSET",
    help="The problem set, or an otter or nbgrader assignment: the code that it hands out does not count.",
)
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

    handout = _handout(pset, course) if pset else _Handout("", str(paths[0]), "", [])
    documents = []
    with fingerprint_sandbox(unsafe=unsafe) as sandbox:
        sandbox.launch()
        intake = take_in(paths, handout.handed_in_as, unsafe=unsafe, together=handout.together)
        for sentence in intake.unread:
            warn(printable(sentence))
        given = read_handout(sandbox, handout.code)
        for one in intake.found:
            students = [student.id for student in one.students if student.id]
            try:
                documents.append(read_document(sandbox, one.name, students, one.read(), handout.name))
            except SubmissionRejected as rejection:
                warn(f"{one.name} was left out: {rejection}")
    pairs = rank_pairs(documents, given, common=common, most=most)
    write_page(out, handout.title, pairs, len(documents), common)
    if as_json:
        listed = [{"submissions": pair.names, "shares": pair.shares} for pair in pairs]
        say_json({"compared": len(documents), "page": str(out), "pairs": listed})
        return
    for pair in pairs[:MAX_LISTED]:
        left, right = pair.shares
        say(f"{100 * left:3.0f}% {100 * right:3.0f}%  {printable(' and '.join(pair.names))}")
    are = "is" if len(pairs) == 1 else "are"
    say(f"{many(len(pairs), 'pair')} among {many(len(documents), 'submission')} {are} worth a look: {out}")
