"""Make DIR/student/ and DIR/PSET-student.zip."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from grader.archive import files_below, zipped
from grader.build.leaks import assert_no_answers
from grader.build.notebooks import master_notebook, normalise, notebook_bytes
from grader.build.packages import packages_of
from grader.errors import CourseError, GradmarkError
from grader.notebook import QuestionFunctions
from grader.notebook.given import FILE, Given
from grader.pset import regions_of, ProblemSet, check_course
from grader.times import date_and_time
from grader.version import installing
from grader.wheel import own_wheel

__all__ = ["build", "made_folder"]

_README = """# {title}

Open a terminal in this folder and install what the notebook needs, once:

    python -m pip install {wheel} otter-grader jupyterlab {packages}

gradmark is the `.whl` file in this folder; pip downloads everything else. You need Python 3.11 or newer. If `python` is
not found, write `python3`, or `py` on Windows. If pip says that the environment is externally managed, make your own
with `python3 -m venv .venv` and `. .venv/bin/activate`, and try again.

Then open the notebook and replace each `...` with your answer:

    python -m jupyter lab {name}.ipynb

Keep the notebook in this folder, because it needs the tests and data here. A cell such as `grader.check("{first}")` runs
a question's public tests. In a terminal, `gradmark check {name}.ipynb` runs your notebook from the top and then all
public tests. Your grade comes from these and from hidden tests of the same kind.

Hand in `{name}.ipynb`.{hours}{due}
"""


def build(pset: ProblemSet, out: Path) -> list[Path]:
    """Write DIR/student/ and DIR/PSET-student.zip, replacing older ones, and return their paths.

    They contain the notebook, public tests, data, and this gradmark as a wheel, which the README installs.

    Raises `CourseError` if the problem set has an error, or if an answer or a hidden test would reach students; then
    nothing is written.
    """
    if findings := check_course(pset):
        raise findings[0]
    with tempfile.TemporaryDirectory(prefix="gradmark-build-") as scratch:
        wheel, content = own_wheel()
        folder = made_folder(pset, Path(scratch), wheel)
        assert_no_answers(folder, pset)
        # Added after the check, which is about the course's own content.
        (folder / wheel).write_bytes(content)
        archive = Path(scratch) / f"{pset.name}-student.zip"
        archive.write_bytes(zipped(files_below(folder, pset.name)))
        try:
            out.mkdir(parents=True, exist_ok=True)
            shutil.rmtree(out / "student", ignore_errors=True)
            shutil.copytree(folder, out / "student")
            shutil.copyfile(archive, out / archive.name)
        except OSError as error:
            raise GradmarkError(f"cannot write to {out}: {error.strerror}; give another --out") from None
    return [out / "student", out / archive.name]


def made_folder(pset: ProblemSet, scratch: Path, wheel: str) -> Path:
    """What students get but for the wheel, made below ``scratch``; not yet proven to give nothing away."""
    folder = scratch / pset.name
    _assign(pset, notebook_bytes(master_notebook(pset)), scratch, folder)
    for name, content in pset.data_files().items():
        target = folder / name
        if target.exists() and name != "README.md":
            raise CourseError(
                f"the data file {name} has the same name as one of the handout's files; rename it"
            )
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    (folder / "README.md").write_text(_readme(pset, wheel), encoding="utf-8", newline="\n")
    (folder / "tests").mkdir(exist_ok=True)
    (folder / "tests" / FILE).write_text(_given(pset).text, encoding="utf-8", newline="\n")
    return folder


def _given(pset: ProblemSet) -> Given:
    """What `gradmark check` needs to know on a student's machine."""
    limits = pset.limits
    return Given(
        limits.cell_seconds,
        limits.call_seconds,
        limits.submission_seconds,
        limits.memory_mb,
        tuple(QuestionFunctions(question.id, tuple(question.names)) for question in pset.questions),
        tuple(regions_of(pset)),
    )


def _assign(pset: ProblemSet, master: bytes, scratch: Path, folder: Path) -> None:
    """Run otter-assign in its own process, because it changes the working folder and the logging."""
    source = scratch / "master" / f"{pset.name}.ipynb"
    source.parent.mkdir()
    source.write_bytes(master)
    command = [sys.executable, "-m", "otter", "assign", source.name, "out", "--no-run-tests", "--no-pdfs"]
    try:
        done = subprocess.run(command, cwd=source.parent, capture_output=True, text=True, timeout=300)
    except subprocess.TimeoutExpired:
        raise GradmarkError("otter-assign took longer than five minutes; try again") from None
    made = source.parent / "out" / "student"
    if done.returncode or not (made / source.name).is_file():
        said = [line for line in done.stderr.splitlines() if line.strip()] or ["it gave no reason"]
        if any("No module named otter" in line for line in said):
            raise GradmarkError(f"building needs otter-grader; to install it: {installing('gradmark[staff]')}")
        raise CourseError(f"{pset.shown(pset.handout_path)}: otter-assign refused the handout: {said[-1]}")
    shutil.copytree(made, folder)
    notebook = json.loads((made / source.name).read_text(encoding="utf-8"))
    (folder / source.name).write_bytes(notebook_bytes(normalise(notebook)))


def _readme(pset: ProblemSet, wheel: str) -> str:
    first = next((q.id for q in pset.questions if not q.manual), pset.questions[0].id)
    hours = f" Expected work: {pset.file.expected_hours:g} h." if pset.file.expected_hours else ""
    due = f" It is due on {pset.due:%A}, {date_and_time(pset.due, pset.due.tzinfo)}." if pset.due else ""
    text = _README.format(
        title=pset.title,
        name=pset.name,
        wheel=wheel,
        packages=" ".join(sorted({"matplotlib", *packages_of(pset)})),
        first=first,
        hours=hours,
        due=due,
    )
    if data := pset.data_files().get("README.md"):
        text += "\n## About the data\n\n" + data.decode("utf-8", "replace").lstrip()
    return text
