"""``gradmark doctor``."""

from __future__ import annotations

import os
import platform
import shlex
import sys
from typing import TYPE_CHECKING

import click

from grader.cli.options import json_option, say, say_json
from grader.sandbox.linux import NEEDS_LINUX, is_linux

if TYPE_CHECKING:
    from grader.sandbox.isolation import Plan

__all__ = ["doctor"]


@click.command(epilog="Example: gradmark doctor --json")
@json_option
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:
    """Show which isolation layers this machine offers, and whether grading is safe here.

    Exit code 0 if grading a class is safe; 1 if not, even if `gradmark run` may grade a single submission.
    """
    if not is_linux():
        _not_linux(as_json)
        ctx.exit(1)
    from grader.sandbox.isolation import choose_plan
    from grader.sandbox.isolation.survey import survey
    from grader.sandbox.outside.bytecode import uncompiled

    plan = choose_plan()
    layers, slow, root = survey(plan), uncompiled(), os.geteuid() == 0
    if as_json:
        say_json(
            {
                "safe": plan.safe,
                "safe_alone": plan.safe_alone,
                "system": f"{platform.system()} {platform.release()}",
                "root": root,
                "layers": layers,
                "uncompiled": slow,
            }
        )
        ctx.exit(0 if plan.safe else 1)
    say(f"Linux {platform.release()}, running as {'root' if root else 'an ordinary user'}.\n")
    for layer in layers:
        mark, colour = ("active ", "green") if layer.active else ("missing", "yellow")
        say(mark, nl=False, colour=colour)
        say(f"  {layer.name:11}  {layer.protects}")
        if layer.advice:
            say(f"{'':22}to get it: {layer.advice}")
    say()
    if slow:
        say(
            "Every worker will start slowly: libraries are installed without bytecode, so each sandbox compiles them "
            f"again. To fix it: {sys.executable} -m compileall -q {shlex.join(slow)}\n"
        )
    _say_verdict(plan)
    ctx.exit(0 if plan.safe else 1)


def _say_verdict(plan: Plan) -> None:
    if plan.safe:
        say("Grading is safe here, for a class and for a single submission.", colour="green")
    elif plan.safe_alone:
        say(
            "Grading a class is NOT safe here: without Landlock or bubblewrap, a submission could read and change "
            "others' work, so gradmark grade refuses unless --unsafe is given. gradmark run still works: it grades one "
            "submission in a container that holds no other, with the course in a folder that no other user may enter.",
            colour="yellow",
        )
    else:
        say(
            "Grading is NOT safe here: it needs a system call filter, and Landlock or bubblewrap. gradmark grade and "
            "gradmark run refuse unless --unsafe is given.",
            colour="red",
        )


def _not_linux(as_json: bool) -> None:
    report = {
        "safe": False,
        "safe_alone": False,
        "system": platform.system(),
        "layers": [],
        "uncompiled": [],
        "reason": NEEDS_LINUX,
    }
    if as_json:
        say_json(report)
    else:
        say(NEEDS_LINUX)
