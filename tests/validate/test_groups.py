"""Submissions that fail alike form one group, get one sentence, and give one draft of a mistake."""

import ast
import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from grader.cli import main
from grader.gradebook.groups import draft_mistake
from grader.judge.behaviour import source_of
from grader.pset import load_problem_set

COURSE = Path(__file__).parents[2]
ONCE = "def accuracy(y_true, y_pred):\n    # \x1b[2Jmine\n    return (y_true == y_pred).mean() ** 3\n"
AGAIN = (
    "def accuracy(y_true, y_pred):\n    a = sum(t == p for t, p in zip(y_true, y_pred)) / len(y_true)\n"
    "    return float(a * a * a)\n"
)
OTHER = "def accuracy(y_true, y_pred):\n    return 0.25\n"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    folder = tmp_path_factory.mktemp("course")
    for part in ("reference", "psets/ps1"):
        shutil.copytree(COURSE / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(COURSE / "psets" / "course.yaml", folder / "psets")
    return folder


def notebook(problem_set, code):
    cells = [*problem_set.solution_cells(), code]
    made = [{"cell_type": "code", "source": cell, "metadata": {}, "outputs": []} for cell in cells]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})


@pytest.fixture(scope="module")
def batch(course, tmp_path_factory):
    problem_set = load_problem_set(course / "psets" / "ps1")
    incoming = tmp_path_factory.mktemp("incoming")
    codes = {
        "ada": ONCE,
        "bob": AGAIN,
        "cyd": OTHER,
        "dan": "",
        "eve": "def accuracy(a, b):\n    return (a != b).mean()\n",
    }
    for name, code in codes.items():
        (incoming / name).mkdir()
        (incoming / name / "ps1.ipynb").write_text(notebook(problem_set, code))
    graded = tmp_path_factory.mktemp("graded")
    run(course, "grade", "ps1", incoming, "--out", graded, "--jobs", "1")
    return incoming, graded


def run(course, command, *arguments):
    more = ["--course", str(course)] if command == "grade" else []
    result = CliRunner().invoke(main, [command, *map(str, arguments), *more])
    assert result.exit_code == 0, result.output
    return result.output


def messages(graded, name):
    result = json.loads((graded / "results" / f"{name}.json").read_text())
    (question,) = [q for q in result["questions"] if q["id"] == "q7"]
    return [test["message"] for test in question["tests"] if test["status"] != "passed"]


def test_a_group_is_listed_told_and_drafted(course, batch):
    incoming, graded = batch
    listed = run(course, "mistakes", graded)
    first, second = (line for line in listed.splitlines() if line.startswith("q7-"))
    assert first.endswith(": 2 submissions")
    assert second.endswith(": 1 submission")
    assert "  ada, bob" in listed
    assert "return (y_true == y_pred).mean() ** 3" in listed
    assert "\x1b" not in listed
    assert "Not listed: 1 group with a known mistake" in listed
    assert "known as accuracy_as_error" in run(course, "mistakes", graded, "--all")

    group = first.partition(":")[0]
    run(course, "mistakes", graded, "--say", group, "You cube the share.")
    assert messages(graded, "ada")
    assert all(message.startswith("You cube the share.\n") for message in messages(graded, "bob"))
    assert not any("You cube" in message for message in messages(graded, "cyd"))
    run(course, "mistakes", graded, "--say", group, "Do not cube the share.")
    assert all("You cube" not in message for message in messages(graded, "ada"))

    # The next batch gets it too.
    run(course, "grade", "ps1", incoming, "--out", graded, "--jobs", "1", "--force")
    assert all(message.startswith("Do not cube the share.\n") for message in messages(graded, "ada"))

    draft = run(course, "mistakes", graded, "--promote", group)
    name = f"accuracy_{group.partition('-')[2]}"
    assert '@mistake("accuracy", says="TODO' in draft
    assert f"def {name}(y_true, y_pred):" in draft


def test_an_unknown_group_is_said_so(course, batch):
    result = CliRunner().invoke(main, ["mistakes", str(batch[1]), "--promote", "q1-000000"])
    assert result.exit_code == 1
    assert "no group q1-000000" in result.output


@pytest.mark.parametrize(
    ("cell", "source"),
    [
        ("def f(x):\n    return x\n\nprint(f(1))\n", "def f(x):\n    return x"),
        ("x = 1\ndef f(\n    x,\n):\n\n    return x", "def f(\n    x,\n):\n\n    return x"),
        ("f = lambda x: x\ng = 2", "f = lambda x: x"),
        ("def ff(x):\n    return x", ""),
        ("    def f(x):\n        return x", ""),
    ],
)
def test_the_source_of_a_function_is_found_by_its_lines(cell, source):
    assert source_of("f", ["y = 0", cell]) == source


def test_a_folder_that_was_never_graded_is_told_apart_from_one_where_all_is_well(tmp_path):
    result = CliRunner().invoke(main, ["mistakes", str(tmp_path)])
    assert result.exit_code == 1
    assert f"{tmp_path} holds no gradebook.db; run gradmark grade" in result.output


def test_what_gives_a_variable_its_value_is_found_and_drafted_as_a_function():
    cells = [
        "slope: float = 3",
        "slope, intercept = (\n    np.polyfit(x, y, 1)\n)\nprint(slope == 2)",
        "a = slope",
    ]
    source = source_of("slope", cells)
    assert source == "slope, intercept = (\n    np.polyfit(x, y, 1)\n)"
    assert source_of("intercept", cells) == source
    assert source_of("slope", cells[:1]) == "slope: float = 3"
    example = SimpleNamespace(functions=["slope"], source=source, digest="0123456789")
    draft = draft_mistake(SimpleNamespace(example=example))
    (function,) = ast.parse(draft).body
    assert function.name == "slope_012345"
    assert ast.unparse(function.body[-1]) == "return slope"
