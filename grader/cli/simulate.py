"""``gradmark simulate``."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from grader.cli.options import FOLDER, course_option, json_option, load, say, say_json
from grader.text import many

__all__ = ["simulate"]

MAX_SHOWN = 20


@click.command(
    epilog="Example: gradmark simulate ps1 --count 600 --seed 1 --out class; gradmark grade ps1 class/submissions "
    "--out graded; gradmark simulate --check class graded"
)
@click.argument("pset", metavar="[PSET]", required=False)
@click.argument("graded", metavar="[GRADED]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--count",
    type=click.IntRange(1),
    default=100,
    show_default=True,
    metavar="N",
    help="How many submissions.",
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    metavar="S",
    help="The same seed, the same class.",
)
@click.option("--out", type=FOLDER, metavar="DIR", help="Where to write.")
@click.option(
    "--layout", default="plain", show_default=True,
    type=click.Choice([
            "plain", "gradescope", "canvas", "moodle", "blackboard", "brightspace", "ilias", "nbgrader", "otter",
            "github",
        ]),
    help="The system whose export to imitate.",
)  # fmt: skip
@click.option("--archive", type=click.Choice(["zip", "tar"]), help="Write an archive, not a folder.")
@click.option("--check", is_flag=True, help="Compare results with the truth, as in --check DIR GRADED.")
@json_option
@course_option
def simulate(
    pset: str | None,
    graded: Path | None,
    count: int,
    seed: int,
    out: Path | None,
    layout: str,
    archive: str | None,
    check: bool,
    as_json: bool,
    course: Path | None,
) -> None:
    """Make up a class of submissions whose right verdicts are known, or check a grading run against them.

    There are right answers in several styles, known mistakes and pairs of them, blank, half-done, broken, slow and
    hostile notebooks, second attempts, groups and late submissions. DIR gets the submissions, truth.csv and roster.csv.
    If the problem set has variants, it also gets a copy of the course that knows who has which.
    With --check, the exit code is 1 if a verdict differs from truth.csv.
    """
    if check:
        if pset is None or graded is None:
            raise click.UsageError("--check needs the class and the graded folder: --check DIR GRADED")
        sys.exit(_check(Path(pset), graded, as_json))
    if pset is None or out is None or graded is not None:
        raise click.UsageError("give one problem set and --out DIR")
    from grader.simulate import Classroom, recorded, write_class, write_course, write_roster, write_truth

    problem_set = load(pset, course)
    rows: list[dict[str, str]] = []
    classroom = Classroom(problem_set)
    try:
        handins = recorded(classroom.draw(count, seed), rows)
        place = write_class(handins, problem_set.name, layout, out, archive=archive or "")
    finally:
        classroom.close()
    questions = [question.id for question in problem_set.questions if not question.manual]
    write_truth(rows, questions, out / "truth.csv")
    write_roster(rows, out / "roster.csv")
    own = write_course(problem_set, out / "roster.csv", out / "course") if problem_set.drawn else None
    kinds = Counter(row["kind"] for row in rows if row["attempt"] == row["attempts"])
    if as_json:
        say_json({"submissions": str(place), "count": count, "kinds": dict(kinds.most_common())})
        return
    say(f"{place}: {count} submissions ({', '.join(f'{n} {kind}' for kind, n in kinds.most_common())})")
    whose = f" --course {own}" if own else ""
    say(f"Next: gradmark grade {pset} {place} --roster {out / 'roster.csv'}{whose} --out graded")


def _check(truth: Path, graded: Path, as_json: bool) -> int:
    from grader.simulate import check_truth

    agreement = check_truth(truth / "truth.csv", graded)
    if as_json:
        say_json(agreement)
        return 1 if agreement.wrong else 0
    right = agreement.verdicts - len(agreement.wrong)
    say(
        f"{many(agreement.submissions, 'submission')}: {right} of {agreement.verdicts} verdicts are right "
        f"({right / agreement.verdicts:.2%})."
    )
    if agreement.mistakes:
        say(
            f"Of {agreement.mistakes} with known mistakes, {agreement.named} were told exactly those "
            f"({agreement.named / agreement.mistakes:.1%}) and {agreement.partly} some of them; "
            f"{many(len(agreement.misnamed), 'submission')} got a wrong explanation."
        )
    for title, sentences in (
        ("Wrong verdict", agreement.wrong),
        ("Wrong explanation", agreement.misnamed),
    ):
        for sentence in sentences[:MAX_SHOWN]:
            say(f"{title}: {sentence}")
        if len(sentences) > MAX_SHOWN:
            say(f"{title}: and {len(sentences) - MAX_SHOWN} more")
    return 1 if agreement.wrong else 0
