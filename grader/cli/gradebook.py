"""``gradmark gradebook``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from grader.cli.options import json_option, say, say_json
from grader.text import many

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = [
    "by_option",
    "db_option",
    "folder_argument",
    "gradebook",
    "keep_up",
    "opened",
    "pset_option",
    "the_pset",
]

Command = TypeVar("Command", bound=Callable[..., Any])

MAX_LINES = 20
"""Of students who were given the same; more are counted."""


def db_option(command: Command) -> Command:
    """``--db URL``, passed as ``db: str | None`` for `opened`."""
    return click.option(
        "--db",
        metavar="URL",
        help="The gradebook, a file or postgresql://host/course; by default DIR/gradebook.db.",
    )(command)


def pset_option(command: Command) -> Command:
    """``--pset NAME``, passed as ``pset: str | None`` for `the_pset`."""
    return click.option(
        "--pset", metavar="NAME", help="Which problem set, where the gradebook has several; by default DIR's."
    )(command)


def by_option(command: Command) -> Command:
    """``--by NAME``, passed as ``by: str | None``."""
    return click.option("--by", metavar="NAME", help="Who decides it; by default whoever is logged in.")(
        command
    )


def folder_argument(command: Command) -> Command:
    """``DIR`` as `gradmark grade` wrote it, passed as ``folder: Path``."""
    return click.argument(
        "folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False)
    )(command)


def opened(folder: Path, db: str | None) -> Engine:
    """The gradebook of a graded folder; one that grading has not made yet is an error."""
    from grader.errors import GradmarkError
    from grader.gradebook import open_engine

    if db is None and not (folder / "gradebook.db").is_file():
        raise GradmarkError(
            f"{folder} holds no gradebook.db; run gradmark grade --out {folder}, or give --db"
        )
    return open_engine(db or folder / "gradebook.db", new=False)


def the_pset(engine: Engine, folder: Path, pset: str | None) -> str:
    """The problem set that is meant: the one named, the gradebook's only one, or that of the folder's results."""
    from grader.errors import GradmarkError
    from grader.gradebook import pset_names
    from grader.report import GradedFolder

    names = pset_names(engine)
    if pset is not None or len(names) == 1:
        return pset or names[0]
    found = GradedFolder(folder).pset
    if found in names:
        return found
    raise GradmarkError(f"the gradebook has {', '.join(names) or 'nothing yet'}; say which one with --pset")


def keep_up(engine: Engine, folder: Path, pset: str, *, results: bool = False) -> None:
    """Have the folder's scores.csv say what was just decided, and ``results`` too; pages wait for gradmark report."""
    from datetime import UTC, datetime

    from grader.gradebook import scores_of
    from grader.report import GradedFolder, write_folder, write_scores

    graded, scores = GradedFolder(folder), scores_of(engine, pset)
    if graded.pset == pset:
        if results:
            write_folder(engine, graded, pset, datetime.now(UTC), pages=False)
        else:
            write_scores(graded, scores)
    if scores.later:
        say(late_days_elsewhere(scores.later), err=True)


def late_days_elsewhere(later: Sequence[str]) -> str:
    """What to do about problem sets whose share of late days may have changed."""
    return (
        f"Late days are counted over the course: run gradmark report for the folders of {', '.join(later)} too, which "
        "are due later."
    )


@click.group(epilog='Example: gradmark gradebook extend graded s17 +3d --why "ill"')
def gradebook() -> None:
    """Decide about a student's points, each time with a reason; read what is kept, and erase it."""


@gradebook.command(
    short_help="Give points whatever was graded.",
    epilog='Example: gradmark gradebook override graded s17 4 --question q3 --why "data was wrong"',
)
@folder_argument
@click.argument("student")
@click.argument("points")
@click.option(
    "--question", metavar="Q", help="For this question only; otherwise for everything, lateness included."
)
@click.option("--bonus", is_flag=True, help="The points may be more than there are.")
@click.option("--why", required=True, metavar="TEXT", help="The reason.")
@pset_option
@by_option
@db_option
def override(
    folder: Path,
    student: str,
    points: str,
    question: str | None,
    bonus: bool,
    why: str,
    pset: str | None,
    by: str | None,
    db: str | None,
) -> None:
    """Give a student POINTS whatever was graded; "none" takes an earlier override back."""
    from grader.gradebook import override_points, whoami
    from grader.points import exact, number

    try:
        value = None if points.lower() == "none" else exact(points)
    except ValueError:
        raise click.UsageError(f"{points!r} is not a number of points; give one, or none") from None
    engine = opened(folder, db)
    name = the_pset(engine, folder, pset)
    override_points(
        engine,
        name,
        student,
        value,
        why=why,
        by=by or whoami(),
        question=question,
        bonus=bonus,
    )
    keep_up(engine, folder, name)
    what = (
        "taken back" if value is None else f"{number(value)} points{f' for {question}' if question else ''}"
    )
    say(f"{student}: {what}")


@gradebook.command(
    short_help="Give due dates of their own.",
    epilog='Example: gradmark gradebook extend graded s17 s18 +3d --why "ill"',
)
@folder_argument
@click.argument("students", nargs=-1, metavar="[STUDENT...]")
@click.argument("until")
@click.option(
    "--from", "roster", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
    help="For everyone in a CSV with an id or email column, as --roster of gradmark grade reads it.",
)  # fmt: skip
@click.option("--all", "everybody", is_flag=True, help="For everyone who handed in or is expected to.")
@click.option("--why", required=True, metavar="TEXT", help="The reason.")
@pset_option
@by_option
@db_option
def extend(
    folder: Path,
    students: tuple[str, ...],
    until: str,
    roster: Path | None,
    everybody: bool,
    why: str,
    pset: str | None,
    by: str | None,
    db: str | None,
) -> None:
    """Give students a due date of their own; "none" takes it back.

    UNTIL is +3d, +12h or +1d12h, counted by the calendar from the problem set's due date, or a date and time such as
    2027-02-24T23:59, by the course's clocks unless an offset from UTC stands behind it. Whoever has that due date
    already keeps it, so that giving it twice is giving it once.
    """
    from grader.gradebook import everyone, whoami
    from grader.gradebook import extend as give
    from grader.intake import load_roster
    from grader.times import date_and_time

    if not (students or roster or everybody):
        raise click.UsageError("name students, or give --from FILE or --all")
    engine = opened(folder, db)
    name = the_pset(engine, folder, pset)
    named = [*students, *(one.id for one in load_roster(roster).students)] if roster else [*students]
    named += everyone(engine, name) if everybody else []
    if not named:
        raise click.UsageError(f"{roster or folder} names no student; nobody was given anything")
    moment = None if until.casefold() == "none" else until
    done = give(engine, name, named, moment, why=why, by=by or whoami())
    keep_up(engine, folder, name)
    last = next((one.until for one in done if one.until), None)
    what = f"until {date_and_time(last, last.tzinfo)}" if last else "extension taken back"
    for one in done if len(done) <= MAX_LINES else []:
        say(f"{one.student}: {what}{'' if one.new else ' (as before)'}")
    if len(done) > MAX_LINES:
        kept = sum(not one.new for one in done)
        say(f"{len(done)} students: {what}" + (f" ({kept} of them as before)" if kept else ""))


@gradebook.command(
    short_help="Let another attempt count.",
    epilog='Example: gradmark gradebook choose graded s17 ada-2 --why "asked for the first"',
)
@folder_argument
@click.argument("student")
@click.argument("submission")
@click.option("--why", required=True, metavar="TEXT", help="The reason.")
@pset_option
@by_option
@db_option
def choose(
    folder: Path, student: str, submission: str, why: str, pset: str | None, by: str | None, db: str | None
) -> None:
    """Let SUBMISSION count for a student, whichever is latest or best; "none" takes that back."""
    from grader.gradebook import choose_attempt, whoami

    chosen = None if submission.lower() == "none" else submission
    engine = opened(folder, db)
    name = the_pset(engine, folder, pset)
    choose_attempt(engine, name, student, chosen, why=why, by=by or whoami())
    keep_up(engine, folder, name)
    say(f"{student}: {chosen or 'no submission is chosen any more'}")


@gradebook.command(
    short_help="Show what happened, when, by whom.", epilog="Example: gradmark gradebook history graded s17"
)
@folder_argument
@click.argument("student", required=False)
@json_option
@db_option
def history(folder: Path, student: str | None, as_json: bool, db: str | None) -> None:
    """Show all that happened to the gradebook, or to one student's points: what, when, by whom."""
    from grader.gradebook import history_of
    from grader.times import stamp

    lines = history_of(opened(folder, db), student)
    if as_json:
        say_json(list(lines))
        return
    for line in lines:
        detail = ", ".join(_told(name, value) for name, value in line.detail.items() if _says(name, value))
        parts = (stamp(line.at, line.at.tzinfo), line.by, line.what, line.pset, line.student, detail)
        say("  ".join(part for part in parts if part))


@gradebook.command(
    short_help="Give out all that is kept about a student.",
    epilog="Example: gradmark gradebook everything-about graded s17 --out s17",
)
@folder_argument
@click.argument("student")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER",
    help="Write it there, with what they handed in; by default everything but the files is printed.",
)  # fmt: skip
@db_option
def everything_about(folder: Path, student: str, out: Path | None, db: str | None) -> None:
    """Give out all that the gradebook holds about STUDENT, as JSON and the files they handed in."""
    import msgspec

    from grader.files import make_folder, write_inside
    from grader.gradebook import everything_about as gather
    from grader.intake import places_below

    record = gather(opened(folder, db), student)
    if out is None:
        say_json(record.about)
        return
    content = msgspec.json.format(msgspec.json.encode(record.about), indent=2) + b"\n"
    make_folder(out)
    write_inside(out, "about.json", content)
    places = places_below(record.files, taken=["about.json"])
    for path, data in record.files.items():
        write_inside(out, places[path], data)
    say(f"{out / 'about.json'}, and {many(len(record.files), 'file')} beside it")
    renamed = sum(path != place for path, place in places.items())
    if renamed:
        say(
            f"{renamed} of them under another name, since a file system takes theirs for none or for another's"
        )


@gradebook.command(
    short_help="Take a student out.", epilog="Example: gradmark gradebook erase graded s17 --yes"
)
@folder_argument
@click.argument("student")
@click.option("--yes", is_flag=True, help="Do not ask.")
@by_option
@db_option
def erase(folder: Path, student: str, yes: bool, by: str | None, db: str | None) -> None:
    """Take STUDENT out of the gradebook and out of DIR: name, work, words. Their points stay under a pseudonym.

    What a group handed in stays while another member is known. What is outside, such as the folder that the
    submissions came from, backups and other exports, is yours to remove.
    """
    from datetime import UTC, datetime

    from grader.gradebook import erase_student, pset_names, whoami
    from grader.report import GradedFolder, write_folder

    if not yes:
        click.confirm(f"Erase everything that names or describes {student}? It cannot be undone", abort=True)
    engine = opened(folder, db)
    done = erase_student(engine, student, by=by or whoami())
    graded = GradedFolder(folder)
    names = pset_names(engine)
    if graded.pset in names:
        write_folder(engine, graded, str(graded.pset), datetime.now(UTC))
    removed = graded.remove_exports()
    engine.dispose()
    count = len(done.submissions)
    what = many(count, "submission")
    say(f"Erased: {done.pseudonym} is what is left, with the points of {what}.")
    others = [name for name in names if name != graded.pset]
    if others:
        say(f"Run gradmark report for the folders of {', '.join(others)} too.", err=True)
    if done.shared:
        shared = ", ".join(done.shared)
        say(f"Kept, because others handed it in too: {shared}.", err=True)
    if removed:
        say(f"Exports made before were removed, make them again: {', '.join(removed)}.", err=True)


@gradebook.command(
    short_help="Free the room of attempts that count for nobody.",
    epilog="Example: gradmark gradebook prune graded",
)
@folder_argument
@db_option
def prune(folder: Path, db: str | None) -> None:
    """Free the room of attempts that count for nobody: files and rendered notebooks go, results stay."""
    from grader.gradebook import prune as free

    engine = opened(folder, db)
    freed = free(engine)
    engine.dispose()
    say(f"{freed / 1e6:.1f} MB freed")


def _says(name: str, value: object) -> bool:
    """Whether a detail is worth a word: of what a decision gives, also that it was taken back."""
    return value is not None or name in ("points", "until", "submission")


def _told(name: str, value: object) -> str:
    from grader.points import number

    if value is None:
        return f"{name} taken back"
    return f"{name} {number(value) if isinstance(value, float) else value}"
