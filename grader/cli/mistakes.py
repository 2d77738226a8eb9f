"""``gradmark mistakes``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from grader.cli.graded import GradedFolder, by_option, folder_argument, pset_option, with_gradebook
from grader.cli.options import json_option, say, say_json
from grader.text import first_few, many

if TYPE_CHECKING:
    from grader.gradebook import FailingAlike

__all__ = ["mistakes"]

MAX_NAMES = 8


@click.command(epilog='Example: gradmark mistakes graded --say q3-1a2b3c "You take the log of the mean."')
@folder_argument
@click.option("--say", "said", nargs=2, metavar="GROUP TEXT", help="Tell everyone in a group, now and later.")
@click.option("--promote", metavar="GROUP", help="Draft an entry of mistakes.py from a group's example.")
@click.option("--all", "everything", is_flag=True, help="Also list groups whose mistake is already known.")
@json_option
@pset_option
@by_option
@with_gradebook
def mistakes(
    graded: GradedFolder,
    said: tuple[str, str] | None,
    promote: str | None,
    everything: bool,
    as_json: bool,
    by: str,
) -> None:
    """List the failing submissions in DIR, in groups that behave alike.

    Submissions whose results are equal in all calls of a question, up to rounding, made the same mistake. The largest
    group comes first, with what its first failed test says, one student's code, and what it returned. Who did not
    answer a question is only counted. The gradebook keeps what --say tells a group; gradmark report puts it on the
    pages.
    """
    from grader.gradebook import behaviours, draft_mistake, failing_alike, find_group, say_to_group

    groups = failing_alike(behaviours(graded.database, graded.scores()))
    if promote:
        say(draft_mistake(find_group(groups, promote)), nl=False)
    elif said:
        group, sentence = find_group(groups, said[0]), said[1]
        if not sentence.strip():
            raise click.UsageError("the sentence is empty; say what the student should read")
        say_to_group(graded.database, graded.pset, group, sentence, by=by)
        graded.keep_up(results=True)
        told = many(len(group.submissions), "submission")
        say(f"Kept for {told}; gradmark report {graded.folder} puts it on the pages")
    else:
        shown = [group for group in groups if everything or group.example.mistake is None]
        _list(shown, as_json)
        if len(shown) < len(groups) and not as_json:
            known = many(len(groups) - len(shown), "group")
            say(f"Not listed: {known} with a known mistake; use --all to see everything")
        if not groups and not as_json:
            say("No submission failed in a way that can be compared.")


def _list(groups: Sequence[FailingAlike], as_json: bool) -> None:
    if as_json:
        say_json(
            [
                {
                    "group": group.name,
                    "answered": group.example.answered,
                    "message": group.example.message,
                    "submissions": group.submissions,
                    "example": group.example,
                }
                for group in groups
            ]
        )
        return
    for group in groups:
        example = group.example
        if not example.answered:
            continue
        known = f", known as {example.mistake}" if example.mistake else ""
        say(f"{group.name}: {many(len(group.submissions), 'submission')}{known}")
        say(f"  {first_few(group.submissions, MAX_NAMES)}")
        if example.message:
            say(f"  {example.message}")
        for line in "\n".join([example.source, *example.outputs]).splitlines():
            say(f"    {line}")
        say()
    blank = [
        f"{group.example.question} ({many(len(group.submissions), 'submission')})"
        for group in groups
        if not group.example.answered
    ]
    if blank:
        say(f"Not answered: {', '.join(blank)}")
