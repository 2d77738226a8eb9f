"""``gradmark check``."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from grader.cli.options import json_option
from grader.local import CellReport, QuestionReport
from grader.text import clean

__all__ = ["check"]


@click.command(epilog="Example: gradmark check ps1.ipynb --question q2")
@click.argument("notebook", type=click.Path(path_type=Path))
@click.option("--question", metavar="Q", help="Only this question, such as q2.")
@json_option
@click.pass_context
def check(ctx: click.Context, notebook: Path, question: str | None, as_json: bool) -> None:
    """Run NOTEBOOK from top to bottom, as grading does, then the public tests beside it.

    The limits of time and memory are those of grading. Each question is shown as soon as it is judged. Exit code 0 if
    all tests pass, else 1.
    """
    from grader.local import check_notebook

    if as_json:
        report = check_notebook(notebook, question)
        click.echo(json.dumps({"passed": report.passed, **asdict(report)}, indent=2))
    else:
        report = check_notebook(notebook, question, tell=_say)
        for limit in report.without_limits:
            click.echo(f"This machine sets no limit on {limit}, but grading does.")
    ctx.exit(0 if report.passed else 1)


def _say(result: CellReport | QuestionReport) -> None:
    if isinstance(result, CellReport):
        click.echo(f"{result.place[0].upper()}{result.place[1:]}: {clean(result.error, 2000)}")
        return
    passed = sum(test.passed for test in result.tests)
    verdict = click.style("passed", "green") if result.passed else click.style("failed", "red")
    click.echo(f"{result.question}  {verdict}  {passed} of {len(result.tests)}")
    for test in result.tests:
        if not test.passed:
            click.echo(f"    {test.title}")
            _say_lines(test.message)
    if result.note:
        _say_lines(result.note)


def _say_lines(text: str) -> None:
    click.echo("".join(f"        {clean(line, 2000)}\n" for line in text.splitlines()), nl=False)
