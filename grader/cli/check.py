"""``gradmark check``."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from grader.cli.options import json_option

__all__ = ["check"]


@click.command(epilog="Example: gradmark check ps1.ipynb --question q2")
@click.argument("notebook", type=click.Path(path_type=Path))
@click.option("--question", metavar="Q", help="Only this question, such as q2.")
@json_option
@click.pass_context
def check(ctx: click.Context, notebook: Path, question: str | None, as_json: bool) -> None:
    """Run NOTEBOOK afresh from top to bottom, then the public tests beside it.

    Exits with 0 if all pass and 1 if not.
    """
    from grader.local import check_notebook

    report = check_notebook(notebook, question)
    if as_json:
        click.echo(json.dumps({"passed": report.passed, **asdict(report)}, indent=2))
        ctx.exit(0 if report.passed else 1)
    for error in report.errors:
        click.echo(f"code cell {error.cell} stopped: {error.error}")
    for result in report.questions:
        passed = sum(test.passed for test in result.tests)
        verdict = click.style("passed", "green") if result.passed else click.style("failed", "red")
        click.echo(f"{result.question}  {verdict}  {passed} of {len(result.tests)}")
        for test in result.tests:
            if not test.passed:
                click.echo(f"    {test.title}")
                click.echo("".join(f"        {line}\n" for line in test.message.splitlines()), nl=False)
    ctx.exit(0 if report.passed else 1)
