"""One submission, on its student's own machine and in grading: what became of every public test."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.judge import Judge, Submission
from grader.results import SubmissionResult
from grader.wording import own_parts

__all__ = ["Outcome", "checked", "differences", "graded", "outcomes"]

MOST_SECONDS = 60
"""For one `gradmark check`: more than any of these notebooks takes on a busy machine."""


@dataclass(frozen=True)
class Outcome:
    """What a student reads of one public test."""

    question: str
    passed: bool
    message: str


def graded(judge: Judge, files: Mapping[str, bytes]) -> SubmissionResult:
    return judge.grade(Submission("someone", dict(files)))


def outcomes(result: SubmissionResult) -> list[Outcome]:
    """Of the public tests, without the names of known mistakes, which only the course's staff have."""
    return [
        Outcome(question.id, test.status == "passed", "\n".join(own_parts(test)))
        for question in result.questions
        for test in question.tests
        if test.visibility == "visible"
    ]


def checked(folder: Path, files: Mapping[str, bytes]) -> list[Outcome]:
    """``gradmark check`` of the first of these files, put into the student's folder, as ada's shell starts it."""
    home = folder.parent
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    command = [sys.executable, "-m", "grader.cli", "check", "--json", next(iter(files))]
    environment = {
        **os.environ, "HOME": str(home), "PATH": str(_programs(home)), "USER": "ada", "LOGNAME": "ada", "NO_COLOR": "1",
        "PIP_NO_INDEX": "1",
    }  # fmt: skip
    # Like a terminal at which nobody types: what asks there must not be waited for.
    silent, open_end = os.pipe()
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, stdin=silent, capture_output=True, text=True,
            timeout=MOST_SECONDS, check=False,
        )  # fmt: skip
    finally:
        os.close(silent)
        os.close(open_end)
    assert done.returncode in (0, 1), done.stderr[-2_000:]
    assert "Traceback" not in done.stderr, done.stderr[-2_000:]
    report = json.loads(done.stdout)
    assert report["questions"], "there is nothing that a student can check"
    return [
        Outcome(question["question"], test["passed"], test["message"])
        for question in report["questions"]
        for test in question["tests"]
    ]


def _programs(home: Path) -> Path:
    """The few that a notebook may start there: none that installs, fetches or removes anything."""
    folder = home / "bin"
    folder.mkdir(exist_ok=True)
    for name in ("bash", "echo", "head", "ls", "sh", "uname", "wc"):
        place = shutil.which(name)
        if place and not (folder / name).exists():
            (folder / name).symlink_to(place)
    return folder


def differences(here: list[Outcome], there: list[Outcome]) -> list[str]:
    """Where `gradmark check` and grading tell a student different things of the same test."""
    by_question = sorted({one.question for one in (*here, *there)}, key=lambda name: int(name.strip("q")))
    found: list[str] = []
    for question in by_question:
        mine, theirs = ([o for o in side if o.question == question] for side in (here, there))
        if len(mine) != len(theirs):
            found.append(f"{question}: check has {len(mine)} tests, grade {len(theirs)}")
        found += [
            f"{question}: check {_words(one)}; grade {_words(other)}"
            for one, other in zip(mine, theirs, strict=False)
            if (one.passed, one.message) != (other.passed, other.message)
        ]
    return found


def _words(outcome: Outcome) -> str:
    return "passes" if outcome.passed else f"says {outcome.message!r}"
