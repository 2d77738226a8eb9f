"""What a student does with the zip of a problem set: its README's line, and the command."""

from __future__ import annotations

import json
import re
import zipfile

import click
import pytest

from grader.build import build, solution_notebook
from grader.build.notebooks import notebook_bytes
from grader.cli import main
from grader.cli.group import COMMANDS
from grader.pset import load_problem_set
from tests.install.conftest import ROOT

LINE = re.compile(r"^    (python -m pip install .+)$", re.MULTILINE)
# Every command that needs what a student has not, with arguments that are right but for that.
ARGUMENTS = {
    "adopt": "class/ps1.ipynb",
    "build": "ps1 --out built --course course",
    "doctor": "--json",
    "grade": "ps1 class --out graded --course course",
    "manual export": "graded",
    "manual import": "graded class/ps1.ipynb",
    "mistakes": "graded",
    "new": "--course another",
    "preview": "ps1 --course course --port 0",
    "report": "graded --publish",
    "run": "--root . --course course",
    "scores": "graded",
    "similar": "class --pset ps1 --course course",
    "simulate": "ps1 --out made --course course",
    "validate": "ps1 --quick --course course",
    "gradebook choose": "graded s1 1 --why because",
    "gradebook erase": "graded s1",
    "gradebook everything-about": "graded s1",
    "gradebook extend": "graded s1 2027-02-24T23:59:00-05:00 --why ill",
    "gradebook history": "graded",
    "gradebook override": "graded s1 4 --why because",
    "gradebook prune": "graded",
}
STUDENTS = {"check"}


@pytest.fixture(scope="module")
def student(machine, tmp_path_factory):
    """The folder of somebody who unpacked the zip and did as its README says, but for Jupyter, which takes long."""
    pset = load_problem_set(ROOT / "psets" / "ps1")
    out = tmp_path_factory.mktemp("built")
    _, archive = build(pset, out)
    with zipfile.ZipFile(archive) as unpacked:
        unpacked.extractall(machine.home)
    folder = machine.home / "ps1"
    line = LINE.search((folder / "README.md").read_text())[1]
    quick = " ".join(word for word in line.split() if word not in ("otter-grader", "jupyterlab"))
    machine.must(f"python3 -m venv .venv; . .venv/bin/activate; {quick}", cwd=folder)
    (folder / "solved.ipynb").write_bytes(notebook_bytes(solution_notebook(pset)))
    (folder / "class").mkdir()
    (folder / "class" / "ps1.ipynb").write_bytes((folder / "ps1.ipynb").read_bytes())
    (folder / "course").symlink_to(ROOT)
    (folder / "graded").mkdir()
    (folder / "graded" / "gradebook.db").touch()
    return folder


def test_check_works_and_says_what_is_right_and_wrong(machine, student):
    solved = machine.run(".venv/bin/gradmark check --json solved.ipynb", cwd=student)
    assert solved.returncode == 0, solved.stdout + solved.stderr
    assert json.loads(solved.stdout)["passed"] is True
    blank = machine.run(".venv/bin/gradmark check ps1.ipynb", cwd=student)
    assert blank.returncode == 1
    assert "q1  failed" in blank.stdout
    assert "Traceback" not in blank.stdout + blank.stderr


def test_every_command_is_tried_here():
    context = click.Context(main)
    tried = set()
    for name in COMMANDS:
        command = main.get_command(context, name)
        inner = command.commands if isinstance(command, click.Group) else {}
        tried |= {f"{name} {one}" for one in inner} or {name}
    assert set(ARGUMENTS) | STUDENTS == tried


@pytest.mark.parametrize("command", sorted(ARGUMENTS))
def test_a_command_of_staff_says_what_to_install(machine, student, command):
    done = machine.run(f".venv/bin/gradmark {command} {ARGUMENTS[command]}", cwd=student)
    assert (done.returncode, done.stdout) == (1, "")
    name = command.split()[0]
    python = student / ".venv" / "bin" / "python"
    assert re.fullmatch(
        rf"Error: gradmark {name} needs \w+, which is not installed here\. "
        rf'To install it: {re.escape(str(python))}3? -m pip install "gradmark\[staff\]"\n',
        done.stderr,
    ), done.stderr


@pytest.mark.parametrize("command", ["", "--help", "--version", *(f"{name} --help" for name in COMMANDS)])
def test_help_needs_nothing_more(machine, student, command):
    done = machine.run(f".venv/bin/gradmark {command}", cwd=student)
    assert "Traceback" not in done.stderr
    assert "Error" not in done.stderr
    assert "gradmark" in done.stdout + done.stderr
