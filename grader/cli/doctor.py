"""``gradmark doctor``."""

from __future__ import annotations

import os
import platform
import shlex
import sys

import click

from grader.cli.options import json_option, say, say_json

__all__ = ["doctor"]


@click.command(epilog="Example: gradmark doctor --json")
@json_option
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:
    """Tell which isolation layers this machine gives, and whether grading is safe here.

    Exits with 0 if grading a class is, and with 1 if not, also where `gradmark run` may grade one submission alone.
    """
    if not sys.platform.startswith("linux"):
        _not_linux(as_json)
        ctx.exit(1)
    from grader.sandbox.isolation import choose_plan
    from grader.sandbox.isolation.survey import survey
    from grader.sandbox.outside.bytecode import uncompiled

    plan = choose_plan()
    layers = survey(plan)
    slow = uncompiled()
    if as_json:
        report = {
            "safe": plan.safe,
            "safe_alone": plan.safe_alone,
            "system": f"{platform.system()} {platform.release()}",
            "root": os.geteuid() == 0,
            "layers": layers,
            "uncompiled": slow,
        }
        say_json(report)
        ctx.exit(0 if plan.safe else 1)
    who = "root" if os.geteuid() == 0 else "an ordinary user"
    say(f"Linux {platform.release()}, running as {who}.\n")
    for layer in layers:
        mark, colour = ("active ", "green") if layer.active else ("missing", "yellow")
        say(mark, nl=False, colour=colour)
        say(f"  {layer.name:11}  {layer.protects}")
        if layer.advice:
            say(f"{'':22}to get it: {layer.advice}")
    say()
    if slow:
        say(
            "Every worker will start slowly: libraries are installed without bytecode, and each sandbox compiles them "
            f"anew. To mend it: {sys.executable} -m compileall -q {shlex.join(slow)}\n"
        )
    if plan.safe:
        say("Grading is safe here, of a class and of one submission alone.", colour="green")
    elif plan.safe_alone:
        say(
            "Grading a class is NOT safe here: with a user of its own and neither Landlock nor bubblewrap, a "
            "submission reads and changes others' work. gradmark grade refuses unless --unsafe is given. Only "
            "gradmark run goes on: one submission, in a container that holds no other, with the course in a folder "
            "that no other user may enter.",
            colour="yellow",
        )
    else:
        say(
            "Grading is NOT safe here: a system call filter, and one of Landlock and bubblewrap, are needed. "
            "gradmark grade and gradmark run refuse unless --unsafe is given.",
            colour="red",
        )
    ctx.exit(0 if plan.safe else 1)


def _not_linux(as_json: bool) -> None:
    said = "grading needs Linux; run it in the grading container on this machine"
    if as_json:
        report = {
            "safe": False,
            "safe_alone": False,
            "system": platform.system(),
            "layers": [],
            "uncompiled": [],
            "reason": said,
        }
        say_json(report)
    else:
        say(said)
