"""``gradmark gradebook``."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.graded import (
    GradedFolder,
    by_option,
    folder_argument,
    pset_option,
    why_option,
    with_gradebook,
)
from grader.cli.options import FOLDER, OLD_FILE, as_json, json_option, say, say_json
from grader.text import many

__all__ = ["gradebook"]

MAX_LINES = 20
"""Students listed one by one who were given the same; if there are more, they are counted."""


@click.group(epilog='Example: gradmark gradebook extend graded s17 +3d --why "ill"')
def gradebook() -> None:
    """Change a student's points or due date, each time with a reason; read what is kept, and erase it."""


@gradebook.command(
    short_help="Give points, whatever was graded.",
    epilog='Example: gradmark gradebook override graded s17 4 --question q3 --why "data was wrong"',
)
@folder_argument
@click.argument("student")
@click.argument("points")
@click.option(
    "--question", metavar="Q", help="For this question only. Default: for everything, lateness included."
)
@click.option("--bonus", is_flag=True, help="Allow more points than there are to earn.")
@why_option
@pset_option
@by_option
@with_gradebook
def override(
    graded: GradedFolder, student: str, points: str, question: str | None, bonus: bool, why: str, by: str
) -> None:
    """Give STUDENT these POINTS, whatever was graded; "none" takes an override back."""
    from grader.gradebook import override_points
    from grader.points import exact, number

    try:
        value = None if points.lower() == "none" else exact(points)
    except ValueError:
        raise click.UsageError(f"{points!r} is not a number of points; give a number, or none") from None
    override_points(
        graded.database, graded.pset, student, value, why=why, by=by, question=question, bonus=bonus
    )
    graded.keep_up()
    for_what = f" for {question}" if question else ""
    say(
        f"{student}: {f'override{for_what} taken back' if value is None else f'{number(value)} points{for_what}'}"
    )


@gradebook.command(
    short_help="Give students their own due date.",
    epilog='Example: gradmark gradebook extend graded s17 s18 +3d --why "ill"',
)
@folder_argument
@click.argument("students", nargs=-1, metavar="[STUDENT...]")
@click.argument("until")
@click.option(
    "--from", "roster", type=OLD_FILE, metavar="FILE",
    help="For everyone in a CSV with an id or email column, like a --roster of gradmark grade.",
)  # fmt: skip
@click.option("--all", "everybody", is_flag=True, help="For everyone who handed in or is expected to.")
@why_option
@pset_option
@by_option
@with_gradebook
def extend(
    graded: GradedFolder,
    students: tuple[str, ...],
    until: str,
    roster: Path | None,
    everybody: bool,
    why: str,
    by: str,
) -> None:
    """Give students their own due date; "none" takes it back.

    UNTIL is +3d, +12h or +1d12h, counted by the calendar from the problem set's due date, or a date and time such as
    2027-02-24T23:59, in the course's time zone unless an offset from UTC follows. Giving the same due date twice
    changes nothing.
    """
    from grader.gradebook import everyone
    from grader.gradebook import extend as give
    from grader.intake import load_roster
    from grader.times import date_and_time

    if not (students or roster or everybody):
        raise click.UsageError("name students, or give --from FILE or --all")
    named = [*students, *(one.id for one in load_roster(roster).students)] if roster else [*students]
    named += everyone(graded.database, graded.pset) if everybody else []
    if not named:
        raise click.UsageError(f"{roster or graded.folder} names no students, so nobody got an extension")
    moment = None if until.casefold() == "none" else until
    done = give(graded.database, graded.pset, named, moment, why=why, by=by)
    graded.keep_up()
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
@why_option
@pset_option
@by_option
@with_gradebook
def choose(graded: GradedFolder, student: str, submission: str, why: str, by: str) -> None:
    """Let SUBMISSION count for STUDENT, whichever is the latest or best; "none" takes that back."""
    from grader.gradebook import choose_attempt

    chosen = None if submission.lower() == "none" else submission
    choose_attempt(graded.database, graded.pset, student, chosen, why=why, by=by)
    graded.keep_up()
    say(f"{student}: {f'{chosen} counts' if chosen else 'choice taken back'}")


@gradebook.command(
    short_help="Show what happened, when, by whom.", epilog="Example: gradmark gradebook history graded s17"
)
@folder_argument
@click.argument("student", required=False)
@json_option
@with_gradebook
def history(graded: GradedFolder, student: str | None, as_json: bool) -> None:
    """Show everything that happened to the gradebook, or to one student's points: what, when, by whom."""
    from grader.gradebook import history_of
    from grader.times import stamp

    lines = history_of(graded.database, student)
    if as_json:
        say_json(list(lines))
        return
    for line in lines:
        detail = ", ".join(_told(name, value) for name, value in line.detail.items() if _says(name, value))
        parts = (stamp(line.at, line.at.tzinfo), line.by, line.what, line.pset, line.student, detail)
        say("  ".join(part for part in parts if part))


@gradebook.command(
    short_help="Export everything kept about a student.",
    epilog="Example: gradmark gradebook everything-about graded s17 --out s17",
)
@folder_argument
@click.argument("student")
@click.option(
    "--out", type=FOLDER, metavar="FOLDER",
    help="Write it there, with the files they handed in. Default: print everything but the files.",
)  # fmt: skip
@with_gradebook
def everything_about(graded: GradedFolder, student: str, out: Path | None) -> None:
    """Export everything the gradebook holds about STUDENT: a JSON file, and the files they handed in."""
    from grader.files import make_folder, write_inside
    from grader.gradebook import everything_about as gather
    from grader.intake import places_below

    record = gather(graded.database, student)
    if out is None:
        say_json(record.about)
        return
    make_folder(out)
    write_inside(out, "about.json", as_json(record.about))
    places = places_below(record.files, taken=["about.json"])
    for path, data in record.files.items():
        write_inside(out, places[path], data)
    say(f"{out / 'about.json'}, and {many(len(record.files), 'file')} beside it")
    renamed = sum(path != place for path, place in places.items())
    if renamed:
        say(f"{renamed} of them got another name, because a file system could not hold theirs")


@gradebook.command(
    short_help="Remove a student.", epilog="Example: gradmark gradebook erase graded s17 --yes"
)
@folder_argument
@click.argument("student")
@click.option("--yes", is_flag=True, help="Do not ask.")
@by_option
@with_gradebook
def erase(graded: GradedFolder, student: str, yes: bool, by: str) -> None:
    """Remove STUDENT from the gradebook and from DIR: name, work and words. Their points stay under a pseudonym.

    What a group handed in stays while another member is known. Copies elsewhere are yours to remove: the folder that
    the submissions came from, backups, other exports.
    """
    from datetime import UTC, datetime

    from grader.gradebook import erase_student, pset_names
    from grader.report import GradedFolder, write_folder

    if not yes:
        click.confirm(
            f"Erase everything that names or describes {student}? This cannot be undone", abort=True
        )
    done = erase_student(graded.database, student, by=by)
    folder = GradedFolder(graded.folder)
    names = pset_names(graded.database)
    if folder.pset in names:
        write_folder(graded.database, folder, str(folder.pset), datetime.now(UTC))
    removed = folder.remove_exports()
    say(
        f"Erased: only {done.pseudonym} is left, with the points of {many(len(done.submissions), 'submission')}."
    )
    others = [name for name in names if name != folder.pset]
    if others:
        say(f"Also run gradmark report on the folders of {', '.join(others)}.", err=True)
    if done.shared:
        say(f"Kept, because others handed it in too: {', '.join(done.shared)}.", err=True)
    if removed:
        say(f"Removed earlier exports; make them again: {', '.join(removed)}.", err=True)


@gradebook.command(
    short_help="Free the space of attempts that count for nobody.",
    epilog="Example: gradmark gradebook prune graded",
)
@folder_argument
@with_gradebook
def prune(graded: GradedFolder) -> None:
    """Free the space of attempts that count for nobody: files and rendered notebooks go, results stay."""
    from grader.gradebook import prune as free

    say(f"{free(graded.database) / 1e6:.1f} MB freed")


def _says(name: str, value: object) -> bool:
    """Whether a detail is worth showing: an empty one only if it tells that a decision was taken back."""
    return value is not None or name in ("points", "until", "submission")


def _told(name: str, value: object) -> str:
    from grader.points import number

    if value is None:
        return f"{name} taken back"
    return f"{name} {number(value) if isinstance(value, float) else value}"
