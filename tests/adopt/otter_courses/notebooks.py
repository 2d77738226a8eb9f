"""The notebooks of an assignment, as students hand them in and as its author writes a master."""

from __future__ import annotations

import doctest
import json
from collections.abc import Callable, Iterable, Mapping
from textwrap import dedent, indent

import yaml

from .answers import marked
from .files import exception_file, specification
from .homework import Case, Client, Homework, Question

__all__ = ["master", "student_notebook"]

Cell = dict[str, object]


def code(source: str, output: str = "", printed: str = "") -> Cell:
    """A code cell, run if it has output."""
    outputs: list[Cell] = []
    if printed:
        outputs.append({"output_type": "stream", "name": "stdout", "text": printed.splitlines(keepends=True)})
    if output:
        data = {"text/plain": output.splitlines(keepends=True)}
        outputs.append({"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 1})
    count = 1 if outputs else None
    return {
        "cell_type": "code",
        "source": source,
        "metadata": {},
        "outputs": outputs,
        "execution_count": count,
    }


def markdown(source: str) -> Cell:
    """A cell of text."""
    return {"cell_type": "markdown", "source": source, "metadata": {}}


def raw(source: str) -> Cell:
    """A raw cell."""
    return {"cell_type": "raw", "source": source, "metadata": {}}


def assembled(cells: Iterable[Cell], metadata: Mapping[str, object], ids: bool) -> bytes:
    """An .ipynb; cells have ids since format 4.5."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    whole = {
        "cells": [c | ({"id": f"cell-{i}"} if ids else {}) for i, c in enumerate(cells)],
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}, **metadata},
        "nbformat": 4,
        "nbformat_minor": 5 if ids else 4,
    }
    return json.dumps(whole, indent=1).encode()


def start(homework: Homework, client: Client) -> str:
    """The cell that starts the client."""
    if client == "okpy":
        lines = (
            "from client.api.notebook import Notebook",
            f"ok = Notebook('{homework.name}.ok')",
            "_ = ok.auth(inline=True)",
        )
        return "\n".join(lines)
    if client == "gofer":
        return "from gofer.ok import check"
    if homework.form in ("assign", "metadata"):
        return f'# Initialize Otter\nimport otter\ngrader = otter.Notebook("{homework.notebook}")'
    return "import otter\ngrader = otter.Notebook()"


def check(name: str, client: Client) -> str:
    """The cell that checks one question."""
    calls: dict[Client, str] = {
        "okpy": f"_ = ok.grade('{name}')",
        "gofer": f"check('tests/{name}.py')",
        "otter": f'grader.check("{name}")',
    }
    return calls[client]


def last_cells(homework: Homework, client: Client) -> list[Cell]:
    """The cells that check everything again, and those that hand in."""
    names = [q.name for q in homework.tested]
    cells: list[str] = []
    if homework.again == "repeat":
        cells += [check(name, client) for name in names]
    elif homework.again and client == "okpy":
        cells.append(
            "import os\nfor file in sorted(os.listdir('tests')):\n"
            "    if file.startswith('q'):\n        ok.grade(file[:-3])"
        )
    elif homework.again and client == "gofer":
        cells.append(f"for name in {names}:\n    print(name)\n    display(check(f'tests/{{name}}.py'))")
    elif homework.again:
        cells.append("grader.check_all()")
    hand_in: dict[Client, str] = {"okpy": "_ = ok.submit()", "otter": "grader.export(pdf=False)", "gofer": ""}
    if hand_in[client] and homework.form != "bare":
        cells.append(hand_in[client])
    return [code(source) for source in cells]


def answered(homework: Homework, position: int, answer: str) -> str:
    """The source of the cell of an answer, with the habits of this notebook."""
    if homework.habit == "indent" and position % 2 == 0:
        return indent(answer, "    ")
    if homework.habit == "time" and position == 1:
        return f"%%time\n{answer}"
    return answer


def student_notebook(homework: Homework, answers: Mapping[str, str], client: Client | None = None) -> bytes:
    """The notebook with these answers, by the name of the question."""
    client = client or homework.client
    cells = [markdown(f"# {homework.title}")]
    if homework.habit == "reset":
        cells.append(code("%reset -f"))
    first = [start(homework, client), homework.imports]
    # An otter notebook starts with the client, an older one with its imports.
    first = first if client == "otter" else first[::-1]
    cells += [code(source) for source in [*first, homework.given] if source]
    for position, question in enumerate(homework.questions):
        cells.append(markdown(f"**Question {position + 1}.** {question.prompt}"))
        if question.before:
            cells.append(code(question.before))
        answer = answers[question.name]
        cells.append(markdown(answer) if question.prose else code(answered(homework, position, answer)))
        if question.cases:
            cells.append(code(check(question.name, client)))
        if question.after:
            cells.append(code(question.after))
    cells += last_cells(homework, client)
    return assembled(cells, student_metadata(homework), ids=homework.form in ("assign", "metadata", "zip"))


def student_metadata(homework: Homework, hidden: bool = False) -> dict[str, object]:
    """What otter keeps in the metadata: the tests, for students the public ones."""
    if homework.form not in ("metadata", "assign"):
        return {}
    write: Callable[[Question], object] = (
        (lambda q: exception_file(q, hidden))
        if homework.exceptions
        else (lambda q: specification(homework, q, hidden))
    )
    tests = {q.name: write(q) for q in homework.tested}
    return {"otter": {"OK_FORMAT": not homework.exceptions, "tests": tests}}


def full_metadata(homework: Homework, content: bytes) -> bytes:
    """The same notebook with the hidden tests too."""
    whole = json.loads(content)
    whole["metadata"].update(student_metadata(homework, hidden=True))
    return json.dumps(whole, indent=1).encode()


def test_source(case: Case, exceptions: bool) -> tuple[str, str, str]:
    """A case as a cell of a master: its code, its output and what it printed."""
    if exceptions:
        name = case.code.partition("(")[0].removeprefix("def ")
        return f"{case.code}\n\n{name}(env=globals())", "", ""
    examples = doctest.DocTestParser().get_examples(dedent(case.code))
    if any(e.want for e in examples[:-1]):
        raise ValueError(f"in a master notebook only the last statement has output:\n{case.code}")
    last = examples[-1]
    text = "".join(e.source for e in examples).rstrip("\n")
    want = last.want.rstrip("\n")
    return (text, "", last.want) if last.source.startswith("print(") else (text, want, "")


def test_config(case: Case) -> str:
    """The head of a test's cell."""
    config = {
        "hidden": case.hidden or None,
        "points": case.points,
        "success_message": case.success or None,
        "failure_message": case.failure or None,
    }
    given = {key: value for key, value in config.items() if value is not None}
    if list(given) == ["hidden"]:
        return "# HIDDEN\n"
    text = yaml.safe_dump(given, sort_keys=False, width=1000)
    return f'""" # BEGIN TEST CONFIG\n{text}""" # END TEST CONFIG\n' if given else ""


def master(homework: Homework) -> bytes:
    """The master notebook of otter assign, in today's raw cells or in the Markdown fences of its first versions."""
    old = homework.form == "assign-v0"
    config: dict[str, object] = {"check_all_cell": homework.again == "check_all"}
    if not old:
        config["name"] = homework.name
        config["tests"] = {"files": False, "ok_format": not homework.exceptions}
        config["export_cell"] = {"pdf": False, "run_tests": False}
    if homework.files:
        config["files"] = list(homework.files)
    config |= homework.config
    text = yaml.safe_dump(config, sort_keys=False)
    cells = [markdown(f"```\nBEGIN ASSIGNMENT\n{text}```") if old else raw(f"# ASSIGNMENT CONFIG\n{text}")]
    cells.append(markdown(f"# {homework.title}"))
    cells += [code(source) for source in (homework.imports, homework.given) if source]
    for position, question in enumerate(homework.questions):
        prompt = f"**Question {position + 1}.** {question.prompt}"
        cells += (old_question if old else question_cells)(homework, question, prompt)
    return assembled(cells, {}, ids=not old)


def question_cells(homework: Homework, question: Question, prompt: str) -> list[Cell]:
    """A question of a master in raw cells."""
    config: dict[str, object] = {"name": question.name, "points": question.points}
    config |= {"manual": True} if question.manual else {}
    config |= {"all_or_nothing": True} if question.all_or_nothing else {}
    cells = [raw(f"# BEGIN QUESTION\n{yaml.safe_dump(config, sort_keys=False)}"), markdown(prompt)]
    cells += [code(question.before)] if question.before else []
    answer = markdown(question.answer) if question.prose else code(marked(question.answer))
    cells += [raw("# BEGIN SOLUTION"), answer, raw("# END SOLUTION")]
    if question.cases:
        cells.append(raw("# BEGIN TESTS"))
        for case in question.tests:
            source, output, printed = test_source(case, homework.exceptions)
            cells.append(code(test_config(case) + source, output, printed))
        cells.append(raw("# END TESTS"))
    cells.append(raw("# END QUESTION"))
    cells += [code(question.after)] if question.after else []
    return cells


def old_question(homework: Homework, question: Question, prompt: str) -> list[Cell]:
    """A question of a master in Markdown fences."""
    config: dict[str, object] = {"name": question.name, "points": question.points}
    config |= {"manual": True} if question.manual else {}
    fence = f"```\nBEGIN QUESTION\n{yaml.safe_dump(config, sort_keys=False)}```"
    cells = [code(question.before)] if question.before else []
    cells.append(markdown(f"{prompt}\n\n{fence}"))
    cells.append(
        markdown(f"**SOLUTION:** {question.answer}") if question.prose else code(marked(question.answer))
    )
    for case in question.tests:
        source, output, printed = test_source(case, homework.exceptions)
        cells.append(code(("# HIDDEN TEST\n" if case.hidden else "# TEST\n") + source, output, printed))
    cells += [code(question.after)] if question.after else []
    return cells
