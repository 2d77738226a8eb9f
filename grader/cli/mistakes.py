"""``gradmark mistakes``."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.gradebook import by_option, db_option, folder_argument, keep_up, opened, pset_option, the_pset
from grader.cli.options import json_option, say, say_json
from grader.text import many

__all__ = ["mistakes"]


@click.command(epilog='Example: gradmark mistakes graded --say q3-1a2b3c "You take the log of the mean."')
@folder_argument
@click.option("--say", "said", nargs=2, metavar="GROUP TEXT", help="Tell everyone in a group, now and later.")
@click.option("--promote", metavar="GROUP", help="Draft an entry of mistakes.py from a group's example.")
@click.option("--all", "everything", is_flag=True, help="List also groups whose mistake is known already.")
@json_option
@pset_option
@by_option
@db_option
def mistakes(
    folder: Path,
    said: tuple[str, str] | None,
    promote: str | None,
    everything: bool,
    as_json: bool,
    pset: str | None,
    by: str | None,
    db: str | None,
) -> None:
    """List the failing submissions that were graded into DIR, in groups that behave alike.

    Equal results in all calls of a question, to rounding, mean the same mistake. The largest group comes first,
    with one student's code and what it returned. What --say tells a group is kept in the gradebook; gradmark report
    puts it on the pages.
    """
    from grader.gradebook import (
        behaviours,
        draft_mistake,
        failing_alike,
        find_group,
        say_to_group,
        scores_of,
        whoami,
    )

    engine = opened(folder, db)
    scores = scores_of(engine, the_pset(engine, folder, pset))
    groups = failing_alike(behaviours(engine, scores))
    if promote:
        say(draft_mistake(find_group(groups, promote)), nl=False)
        return
    if said:
        group = find_group(groups, said[0])
        if not said[1].strip():
            raise click.UsageError("the sentence is empty; say what the student should read")
        say_to_group(engine, scores.name, group, said[1], by=by or whoami())
        keep_up(engine, folder, scores.name, results=True)
        count = len(group.submissions)
        say(
            f"{count} submission{'s are' if count != 1 else ' is'} told so; gradmark report {folder} shows it"
        )
        return
    shown = [group for group in groups if everything or group.example.mistake is None]
    if as_json:
        say_json(
            [
                {"group": group.name, "submissions": group.submissions, "example": group.example}
                for group in shown
            ]
        )
        return
    for group in shown:
        example = group.example
        known = f", known as {example.mistake}" if example.mistake else ""
        count = len(group.submissions)
        say(f"{group.name}: {many(count, 'submission')}{known}")
        names = ", ".join(group.submissions[:8]) + (", ..." if count > 8 else "")
        say(f"  {names}")
        for line in [*example.source.splitlines(), *example.outputs]:
            say(f"    {line}")
        say()
    named = len(groups) - len(shown)
    if named:
        say(f"{many(named, 'group')} whose mistake is known; --all lists them")
    if not groups:
        say("nobody failed in a way that can be compared")
