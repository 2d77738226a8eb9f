"""Writes an assignment as its author has it, as students hand it in, and as today's otter takes it."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .answers import released
from .files import dictionary_file, exception_file
from .homework import Case, Homework, Question, Variant
from .notebooks import full_metadata, master, student_notebook

__all__ = [
    "Case",
    "Homework",
    "Question",
    "Submission",
    "Variant",
    "for_original",
    "original_submissions",
    "solution",
    "submissions",
    "write",
]

RUN_AUTOGRADER = "#!/bin/bash\ncd /autograder/source\npython run_otter.py\n"
RUN_OTTER = (
    'from otter.run.run_autograder import main\n\nif __name__ == "__main__":\n    main("/autograder")\n'
)
SETUP = "#!/usr/bin/env bash\nset -e\npip install -r /autograder/source/requirements.txt\n"
REQUIREMENTS = "otter-grader\nnumpy\npandas\nmatplotlib\n"


@dataclass(frozen=True)
class Submission:
    """A notebook that is handed in. One that cheats is not honest: graders may differ about it."""

    content: bytes
    honest: bool = True
    slow: bool = False


def right(homework: Homework) -> dict[str, str]:
    """The author's answers."""
    return {q.name: q.answer for q in homework.questions}


def blank(question: Question) -> str:
    """The released answer."""
    return "_Type your answer here, replacing this text._" if question.prose else released(question.answer)


def crashed(homework: Homework, late: bool = False) -> dict[str, str]:
    """The author's answers, but that one cell raises, before it has bound its names or after."""
    coded = [q for q in homework.questions if not q.prose]
    name = homework.crash or coded[len(coded) // 2].name
    answers = right(homework)
    parts = [answers[name], "scratch = [1, 2, 3]\nscratch[len(scratch)]"]
    return answers | {name: "\n".join(parts if late else parts[::-1])}


def handed_in(homework: Homework) -> dict[str, tuple[Mapping[str, str], bool, bool]]:
    """The answers of each submission, whether it is honest, and whether it is slow."""
    answers = right(homework)
    found: dict[str, tuple[Mapping[str, str], bool, bool]] = {"right": (answers, True, False)}
    other = {q.name: q.otherwise or q.answer for q in homework.questions}
    if other != answers:
        found["right-otherwise"] = (other, True, False)
    found["blank"] = ({q.name: blank(q) for q in homework.questions}, True, False)
    for k in range(max(len(q.wrong) for q in homework.questions)):
        # Every third question stays right, another one in each notebook.
        changed = {
            q.name: q.wrong[(k + i) % len(q.wrong)]
            for i, q in enumerate(homework.questions)
            if q.wrong and ((i + k) % 3 or len(homework.questions) < 3)
        }
        found[f"wrong-{k + 1}"] = ({**answers, **changed}, True, False)
    every = {q.name: q.wrong[0] for q in homework.questions if q.wrong}
    found["all-wrong"] = ({**answers, **every}, True, False)
    found["crash"] = (crashed(homework), True, False)
    if homework.form == "bare":
        found["late-crash"] = (crashed(homework, late=True), True, False)
    for variant in homework.variants:
        found[variant.name] = ({**answers, **variant.changed}, variant.honest, variant.slow)
    return found


def solution(homework: Homework) -> bytes:
    """The solved notebook, as a student would hand it in."""
    return student_notebook(homework, right(homework))


def submissions(homework: Homework) -> dict[str, Submission]:
    """What is handed in, by names such as right, blank and wrong-1."""
    return {
        name: Submission(student_notebook(homework, answers), honest, slow)
        for name, (answers, honest, slow) in handed_in(homework).items()
    }


def original_submissions(homework: Homework) -> dict[str, Submission]:
    """The same with otter's own check cells, for the real otter: it knows neither okpy's nor gofer's client."""
    return {
        name: Submission(student_notebook(homework, answers, "otter"), honest, slow)
        for name, (answers, honest, slow) in handed_in(homework).items()
    }


def write(homework: Homework, folder: Path) -> Path:
    """Writes the assignment as its author has it, and returns what is handed to the grader."""
    folder.mkdir(parents=True, exist_ok=True)
    if homework.form == "zip":
        return zipped(homework, folder / "autograder.zip", original=False)
    write_files(homework, folder)
    if homework.form in ("assign", "assign-v0"):
        path = folder / homework.notebook
        path.write_bytes(master(homework))
        return path
    handout = student_notebook(homework, {q.name: blank(q) for q in homework.questions})
    solved = solution(homework)
    if homework.form == "metadata":
        handout, solved = full_metadata(homework, handout), full_metadata(homework, solved)
    else:
        tests = folder / "tests"
        tests.mkdir(exist_ok=True)
        for question in homework.tested:
            (tests / f"{question.name}.py").write_text(
                file_of_tests(homework, question, original=False), encoding="utf-8"
            )
        if homework.form == "okpy":
            (tests / "__init__.py").write_text("")
    (folder / homework.notebook).write_bytes(handout)
    if homework.solved_beside:
        (folder / "solutions").mkdir(exist_ok=True)
        (folder / "solutions" / homework.notebook).write_bytes(solved)
    if homework.form == "okpy":
        (folder / f"{homework.name}.ok").write_text(json.dumps(ok_file(homework), indent=2))
    return folder


def for_original(homework: Homework, folder: Path) -> Path:
    """Writes an autograder.zip with the same tests that today's otter takes."""
    folder.mkdir(parents=True, exist_ok=True)
    return zipped(homework, folder / "autograder.zip", original=True)


def file_of_tests(homework: Homework, question: Question, original: bool) -> str:
    """The text of the file of a question's tests."""
    return exception_file(question) if homework.exceptions else dictionary_file(homework, question, original)


def write_files(homework: Homework, folder: Path) -> None:
    """The modules and tables beside the notebook."""
    for name, text in homework.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def ok_file(homework: Homework) -> dict[str, object]:
    """What okpy's client reads first."""
    return {
        "name": homework.title,
        "endpoint": f"example/course/fa18/{homework.name}",
        "src": [homework.notebook],
        "tests": {"tests/q*.py": "ok_test"},
        "protocols": ["file_contents", "grading", "backup"],
    }


def zipped(homework: Homework, path: Path, original: bool) -> Path:
    """An archive as `otter generate` makes it."""
    config = {"lang": "python", **(homework.config if homework.form == "zip" else {})}
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("run_autograder", RUN_AUTOGRADER)
        archive.writestr("run_otter.py", RUN_OTTER)
        archive.writestr("setup.sh", SETUP)
        archive.writestr("requirements.txt", REQUIREMENTS)
        archive.writestr(
            "environment.yml", "name: otter-env\nchannels: [conda-forge]\ndependencies: [python, pip]\n"
        )
        archive.writestr("otter_config.json", json.dumps(config, indent=2))
        for question in homework.tested:
            archive.writestr(f"tests/{question.name}.py", file_of_tests(homework, question, original))
        for name, text in homework.files.items():
            archive.writestr(f"files/{name}", text)
    return path
