"""``gradmark adopt``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.options import (
    FILE,
    FOLDER,
    OLD_FILE,
    as_json,
    need_linux,
    python_option,
    say,
    unsafe_option,
    warn,
)
from grader.text import many

if TYPE_CHECKING:
    from grader.adopt.assignment import Assignment
    from grader.adopt.environment import Environment
    from grader.adopt.plan import Plan

__all__ = ["adopt"]


@click.command(epilog="Example: gradmark adopt hw1/")
@click.argument("assignment", type=click.Path(path_type=Path, exists=True), metavar="ASSIGNMENT")
@click.option(
    "--solution", type=OLD_FILE, metavar="FILE",
    help="A solved notebook, to confirm the plan with. Default: the one that the assignment holds.",
)  # fmt: skip
@click.option("--json", "json_file", type=FILE, metavar="FILE", help="Write the plan as JSON too.")
@click.option(
    "--to", "target", type=FOLDER, metavar="DIR",
    help="Draft a problem set of gradmark's, such as psets/hw1, whose tests are ordinary pytest.",
)  # fmt: skip
@click.option(
    "--install", is_flag=True,
    help="Install what its requirements.txt or environment.yml names, beside gradmark's own packages.",
)  # fmt: skip
@python_option
@unsafe_option
def adopt(
    assignment: Path,
    solution: Path | None,
    json_file: Path | None,
    target: Path | None,
    install: bool,
    python: str | None,
    unsafe: bool,
) -> None:
    """Say how an otter or nbgrader assignment will be graded, and what its solution gets.

    ASSIGNMENT is a folder, a notebook or an autograder.zip, as its author has it. `gradmark grade ASSIGNMENT
    SUBMISSIONS --out DIR` grades with the plan that is written beside it. Exit code 0 if the solution passes every
    test, or there is none; else 1.
    """
    need_linux()
    from grader.adopt import planned, read_assignment

    found = read_assignment(assignment)
    environment = _environment(found, assignment, install=install, python=python)
    given = solution.read_bytes() if solution else None
    plan = planned(found, solution=given, anew=True, unsafe=unsafe, environment=environment)
    _tell(found, plan)
    if json_file is not None:
        json_file.write_bytes(as_json(plan))
    if target is not None:
        from grader.adopt.draft import draft_problem_set
        from grader.validate.drafted import look_at_draft

        draft = draft_problem_set(found, target, solution=given, look=look_at_draft)
        for name in draft.files:
            say(f"{os.path.normpath(target / name)} written")
        for note in draft.notes:
            warn(note)
        say(f"Look it through, then run: gradmark validate {target}")
    sys.exit(1 if plan.solution is not None and plan.solution.failed else 0)


def _environment(assignment: Assignment, given: Path, *, install: bool, python: str | None) -> Environment:
    """What is installed for it, now or before; says what is missing and what is not as its author asks."""
    from grader.adopt.environment import conflicts, environment_of, lacking

    if install:
        from grader.adopt.installing import install as installed_now

        environment, said = installed_now(assignment, python)
        for sentence in said:
            warn(sentence)
        say(
            f"Installed beside gradmark's packages: {', '.join(environment.installed) or 'nothing, all is here'}"
        )
    else:
        environment = environment_of(assignment, python)
    for sentence in (conflicts(assignment), lacking(assignment, environment, given)):
        if sentence:
            warn(sentence)
    return environment


def _tell(assignment: Assignment, plan: Plan) -> None:
    """The plan in words, the solution's faults first."""
    if plan.solution is not None and plan.solution.failed:
        failed = plan.solution.failed
        say(f"The solution does not pass {many(len(failed), 'test')}: {', '.join(failed[:10])}", colour="red")
    say(f"{assignment.title}: {many(len(plan.tests), 'test')}")
    if plan.solution is not None:
        say(f"The solution gets {plan.solution.score:g} of {plan.solution.max_score:g} points.")
    inside = [test for test in plan.tests if test.trust == "inside"]
    say(
        f"{plan.outside} of {many(len(plan.tests), 'test')} are judged outside the student's process"
        + (f", {len(inside)} inside:" if inside else ".")
    )
    for test in inside:
        say(f"  {test.name}: {test.why}")
    if plan.rests_on == "reading":
        say("There is no solution here to confirm this with; name one with --solution.")
    for doubt in plan.doubts:
        warn(doubt)
