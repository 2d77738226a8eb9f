"""An author's libraries beside gradmark's own, and submissions in another Python."""

from __future__ import annotations

import json
import os
import sys
import venv
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.adopt import AdoptedSet, read_assignment
from grader.adopt.adoptedset import limits_of, preloaded
from grader.adopt.environment import conflicts, environment_of, folder_for, lacking
from grader.adopt.installing import install
from grader.adopt.planning import plan_of
from grader.adopt.roles import roles_of
from grader.batch.run import _environment
from grader.cli import main
from grader.errors import GradmarkError, SandboxError
from grader.judge.watched import Grader
from grader.results import SubmissionResult
from grader.sandbox.isolation import Interpreter, choose_plan, interpreter_at
from grader.sandbox.isolation.interpreter import this_interpreter
from grader.sandbox.outside.host import Sandbox
from grader.submission import Submission
from grader.version import version

OURS = "gradmark_test_waves"
TEST = """\
test = {"name": "q1", "points": 2, "suites": [{"type": "doctest", "cases": [
    {"code": ">>> from gradmark_test_waves import height\\n>>> f(2) == height(2)\\nTrue"},
]}]}
"""


def notebook(*cells: str) -> bytes:
    made = [
        {"cell_type": "code", "source": cell, "metadata": {}, "outputs": [], "execution_count": None}
        for cell in cells
    ]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def wheel(folder: Path, name: str, release: str, source: str = "", needs: tuple[str, ...] = ()) -> None:
    """A package of one module, as small as a wheel can be."""
    file = folder / f"{name}-{release}-py3-none-any.whl"
    about = f"{name}-{release}.dist-info"
    with zipfile.ZipFile(file, "w") as made:
        made.writestr(f"{name}.py", source)
        says = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {release}"]
        made.writestr(
            f"{about}/METADATA", "\n".join([*says, *(f"Requires-Dist: {one}" for one in needs), ""])
        )
        made.writestr(
            f"{about}/WHEEL",
            "Wheel-Version: 1.0\nGenerator: a test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        made.writestr(f"{about}/RECORD", "")


@pytest.fixture
def wheels(tmp_path, monkeypatch) -> Path:
    """An index of our own, which pip asks instead of any other; and a cache of our own."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder


@pytest.fixture
def homework(tmp_path, wheels) -> Path:
    """An otter assignment whose tests import a library that nobody has."""
    wheel(wheels, OURS, "1.0", "def height(x):\n    return 3 * x\n")
    folder = tmp_path / "hw1"
    (folder / "tests").mkdir(parents=True)
    (folder / "tests" / "q1.py").write_text(TEST)
    (folder / "hw1.ipynb").write_bytes(
        notebook(f"import {OURS}", "def f(x):\n    return ...", "grader.check('q1')")
    )
    (folder / "requirements.txt").write_text(f"{OURS}\n")
    return folder


def solved(answer: str) -> bytes:
    return notebook(f"import {OURS}", f"def f(x):\n    return {answer}")


def graded(
    adopted: AdoptedSet, *submissions: bytes, others: dict[str, bytes] | None = None
) -> list[SubmissionResult]:
    with Grader(adopted) as grader:
        return [
            grader.grade(Submission("s", {f"{adopted.name}.ipynb": one, **(others or {})}))
            for one in submissions
        ]


def adopted_from(folder: Path, python: str | None = None) -> AdoptedSet:
    assignment = read_assignment(folder)
    environment = environment_of(assignment, python)
    return AdoptedSet(assignment, plan_of(assignment, environment=environment), environment=environment)


# Libraries beside --------------------------------------------------------------------------------------------------


def test_without_its_library_the_assignment_says_what_to_run(homework):
    assignment = read_assignment(homework)
    said = lacking(assignment, environment_of(assignment), homework)
    assert said == (
        f"the assignment imports {OURS}, which is not installed here; `gradmark adopt {homework} --install` installs "
        "what it requires"
    )


def test_without_requirements_it_says_where_to_write_them(homework):
    (homework / "requirements.txt").unlink()
    assignment = read_assignment(homework)
    said = lacking(assignment, environment_of(assignment), homework)
    assert f"name what to install in {homework / 'requirements.txt'}" in said
    with pytest.raises(GradmarkError, match="names no requirements"):
        install(assignment)


def test_judge_and_sandbox_import_what_was_installed(homework):
    environment, said = install(read_assignment(homework))
    assert environment.installed == (f"{OURS}==1.0",)
    assert said == []
    adopted = adopted_from(homework)
    assert lacking(adopted.assignment, adopted.environment, homework) == ""
    right, wrong, theirs = graded(adopted, solved("3 * x"), solved("4 * x"), solved(f"{OURS}.height(x)"))
    assert (right.score, wrong.score, theirs.score) == (2, 0, 2)
    assert right.notebook_errors == []
    assert right.questions[0].tests[0].trust == "outside"


def test_installing_changes_the_digest_so_that_what_failed_is_graded_again(homework):
    before = adopted_from(homework)
    assert graded(before, solved("3 * x"))[0].score == 0
    install(before.assignment)
    after = AdoptedSet(before.assignment, before.plan, environment=environment_of(before.assignment))
    assert before.digest.whole != after.digest.whole


def test_what_a_submission_names_is_not_installed(homework, wheels):
    wheel(wheels, "gradmark_test_named_by_a_student", "1.0")
    install(read_assignment(homework))
    adopted = adopted_from(homework)
    (result,) = graded(
        adopted,
        notebook("!pip install gradmark_test_named_by_a_student", "import gradmark_test_named_by_a_student"),
        others={"requirements.txt": b"gradmark_test_named_by_a_student\n"},
    )
    assert "ModuleNotFoundError" in str(result.notebook_errors)


def test_nothing_of_gradmarks_own_is_replaced(homework, wheels):
    wheel(wheels, "numpy", "1.0")
    wheel(wheels, "msgspec", "0.1")
    (homework / "requirements.txt").write_text(f"numpy==1.0\nmsgspec==0.1\n{OURS}==1.0\n")
    assignment = read_assignment(homework)
    ours = metadata.version("numpy")
    assert f"numpy==1.0 ({ours} is used)" in conflicts(assignment)
    environment, _ = install(assignment)
    assert environment.installed == (f"{OURS}==1.0",)
    assert environment.judge is not None
    assert not list(Path(environment.judge.folder).glob("numpy*"))
    (result,) = graded(adopted_from(homework), solved("3 * x"))
    assert (result.score, result.provenance.numpy) == (2, ours)


def test_what_a_library_needs_comes_with_it_but_gradmarks_own_stays(homework, wheels):
    wheel(wheels, "numpy", "1.0")
    wheel(wheels, "gradmark_test_needing", "1.0", needs=("numpy>=2", "gradmark_test_needed"))
    wheel(wheels, "gradmark_test_needed", "2.0")
    (homework / "requirements.txt").write_text("gradmark_test_needing\n")
    environment, _ = install(read_assignment(homework))
    assert environment.installed == ("gradmark_test_needed==2.0", "gradmark_test_needing==1.0")


def test_a_version_that_cannot_be_had_gives_way_to_one_that_can(homework):
    (homework / "requirements.txt").write_text(f"{OURS}==0.5\n")
    environment, said = install(read_assignment(homework))
    assert environment.installed == (f"{OURS}==1.0",)
    assert said == [
        "some versions cannot be installed beside what is here, so others are taken: "
        f"{OURS}==0.5 (1.0 is used)"
    ]


def test_what_cannot_be_had_at_all_is_an_error_and_leaves_nothing(homework):
    (homework / "requirements.txt").write_text("gradmark-test-nowhere\n")
    assignment = read_assignment(homework)
    with pytest.raises(GradmarkError, match=r"cannot be installed here: .*gradmark-test-nowhere"):
        install(assignment)
    assert list(folder_for(assignment, this_interpreter()).parent.iterdir()) == []


def test_equal_requirements_share_a_folder(homework, tmp_path):
    assignment = read_assignment(homework)
    folder = folder_for(assignment, this_interpreter())
    assert folder.is_relative_to(tmp_path / "cache" / "gradmark" / "libraries")
    (homework / "hw1.ipynb").write_bytes(notebook("1", "grader.check('q1')"))
    assert folder_for(read_assignment(homework), this_interpreter()) == folder
    (homework / "requirements.txt").write_text(f"{OURS}>=1\n")
    assert folder_for(read_assignment(homework), this_interpreter()) != folder


def test_the_command_installs_and_says_what(homework):
    done = CliRunner().invoke(main, ["adopt", str(homework), "--install"])
    assert f"Installed beside gradmark's packages: {OURS}==1.0" in done.output
    assert "not installed here" not in done.output


# Another Python ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def other(tmp_path_factory) -> Path:
    """An environment of its own, which finds gradmark and all that this one has."""
    folder = tmp_path_factory.mktemp("another") / "environment"
    venv.create(folder, with_pip=False, symlinks=True)
    site = next(folder.glob("lib/python3*/site-packages"))
    here = [entry for entry in sys.path if entry.endswith("-packages")]
    # As code, because the finder of an editable installation is in a file of that kind too.
    (site / "here.pth").write_text("".join(f"import site; site.addsitedir({entry!r})\n" for entry in here))
    (site / "gradmark_test_only_there.py").write_text("import sys\nWHERE = sys.prefix\n")
    return folder


needs_isolation = pytest.mark.skipif(not choose_plan().safe, reason="this machine cannot isolate submissions")


def test_an_environment_says_what_it_is(other):
    found = interpreter_at(str(other))
    assert found.executable == str(other / "bin" / "python")
    assert str(other) in found.prefixes
    assert found.gradmark == version()
    assert found.python == this_interpreter().python


@pytest.mark.parametrize(
    "there", ["nothing", "no python", "a python without gradmark", "an old python", "an old numpy"]
)
def test_what_cannot_run_submissions_is_refused_in_one_sentence(there, tmp_path, other):
    program = tmp_path / "python"
    says: dict[str, object] = {"python": "3.12.0", "gradmark": version(), "numpy": "2.1.0"}
    if there == "an old python":
        says = {"python": "3.9.1"}
    elif there == "a python without gradmark":
        says["gradmark"] = ""
    elif there == "an old numpy":
        says["numpy"] = "1.24.4"
    if there != "nothing":
        program.write_text(f"#!/bin/sh\necho '{'no' if there == 'no python' else json.dumps(says)}'\n")
        program.chmod(0o755)
    words = {
        "nothing": "no such program",
        "no python": "does not answer",
        "a python without gradmark": "has no gradmark; install the same gradmark there",
        "an old python": "is Python 3.9.1; submissions need Python 3.11 or newer",
        "an old numpy": "has numpy 1.24.4; submissions need numpy 1.26 or newer",
    }
    with pytest.raises(SandboxError, match=words[there]):
        interpreter_at(str(program))


def test_another_gradmark_is_refused(tmp_path):
    program = tmp_path / "python"
    says = json.dumps({"python": "3.12.0", "gradmark": "99.0", "numpy": "2.1.0"})
    program.write_text(f"#!/bin/sh\necho '{says}'\n")
    program.chmod(0o755)
    with pytest.raises(SandboxError, match=rf"has gradmark 99.0, and this is {version()}"):
        interpreter_at(str(program))


@needs_isolation
def test_submissions_run_in_the_other_python(homework, other):
    install(read_assignment(homework), str(other))
    adopted = adopted_from(homework, str(other))
    only_there = f"import gradmark_test_only_there, {OURS}"
    says_where = f"assert gradmark_test_only_there.WHERE == {str(other)!r}"
    (result,) = graded(adopted, notebook(only_there, says_where, "def f(x):\n    return 3 * x"))
    assert result.notebook_errors == []
    assert result.score == 2


@needs_isolation
def test_a_submission_reads_nothing_beside_that_python(other):
    hidden = other.parent / "hidden.txt"
    hidden.write_text("secret")
    found = interpreter_at(str(other))
    assert not any(str(hidden).startswith(f"{path}/") for path in choose_plan(python=found).readable)
    with Sandbox(python=found, unsafe=True) as sandbox:
        sandbox.start()
        assert sandbox.problems == {}


@needs_isolation
def test_results_name_the_python_and_numpy_of_the_sandbox(homework, other):
    found = interpreter_at(str(other))
    assignment = read_assignment(homework)
    environment = environment_of(assignment, str(other))
    assert environment.python == found
    newer = Interpreter(**{**_fields(found), "python": "3.99.0", "numpy": "9.9"})
    said = type(environment)(python=newer)
    adopted = AdoptedSet(assignment, plan_of(assignment), environment=said)
    (result,) = graded(adopted, solved("3 * x"))
    assert (result.provenance.python, result.provenance.numpy) == ("3.99.0", "9.9")
    # What later runs compare it with, to say which kept results come from elsewhere.
    here = _environment(adopted)
    assert {name: getattr(result.provenance, name) for name in here} == here


def _fields(one: Interpreter) -> dict[str, object]:
    return {name: getattr(one, name) for name in one.__struct_fields__}


def test_a_problem_set_of_gradmarks_own_takes_no_python(tmp_path):
    done = CliRunner().invoke(
        main, ["grade", "ps1", str(tmp_path), "--out", str(tmp_path / "out"), "--python", "python"]
    )
    assert done.exit_code == 2
    assert "--python is for assignments of otter and nbgrader" in done.output


def test_the_command_refuses_a_python_that_is_none(homework, tmp_path):
    done = CliRunner().invoke(main, ["adopt", str(homework), "--python", str(tmp_path / "none")])
    assert done.exit_code != 0
    assert "is no Python: no such program" in done.output


# What is imported ahead ---------------------------------------------------------------------------------------------


def assignment_with(folder: Path, imports: str, files: dict[str, str]):
    (folder / "tests").mkdir(parents=True)
    (folder / "tests" / "q1.py").write_text(TEST.replace(f"from {OURS} import height", "height = int"))
    (folder / "hw1.ipynb").write_bytes(notebook(imports, "def f(x):\n    return x", "grader.check('q1')"))
    for name, content in files.items():
        (folder / name).write_text(content)
    return read_assignment(folder)


def test_submodules_and_stars_are_imported_ahead_and_the_authors_own_modules_are_not(tmp_path):
    imports = (
        "import os.path as p, helper\nfrom xml.dom import minidom\nfrom math import *\nfrom helper import g"
    )
    assignment = assignment_with(tmp_path / "hw1", imports, {"helper.py": "g = 1"})
    assert preloaded(roles_of(assignment), {"helper"}) == ("numpy", "os.path", "xml.dom", "math")
    adopted = AdoptedSet(assignment, plan_of(assignment))
    assert "helper" not in adopted.preload


@needs_isolation
def test_the_authors_module_goes_over_the_one_that_was_handed_in(tmp_path):
    """As both originals copy the author's files over a submission's."""
    imports = "from helper import g"
    assignment = assignment_with(tmp_path / "hw1", imports, {"helper.py": "def g(x):\n    return x"})
    adopted = AdoptedSet(assignment, plan_of(assignment))
    (result,) = graded(
        adopted,
        notebook("from helper import g", "def f(x):\n    return g(x)", "grader.check('q1')"),
        others={"helper.py": b"def g(x):\n    return 'mine'"},
    )
    assert result.score == 2


@needs_isolation
def test_the_authors_module_comes_before_an_installed_one_of_its_name(homework, wheels):
    """As in a notebook, whose folder is looked into first."""
    wheel(wheels, "gradmark_test_clash", "1.0", "def height(x):\n    return 0\n")
    (homework / "requirements.txt").write_text("gradmark_test_clash\n")
    (homework / "gradmark_test_clash.py").write_text("def height(x):\n    return 3 * x\n")
    test = (homework / "tests" / "q1.py").read_text()
    (homework / "tests" / "q1.py").write_text(test.replace(OURS, "gradmark_test_clash"))
    install(read_assignment(homework))
    content = notebook("from gradmark_test_clash import height", "def f(x):\n    return height(x)")
    (result,) = graded(adopted_from(homework), content)
    assert result.score == 2


@needs_isolation
@pytest.mark.parametrize("helps", [True, False])
def test_a_module_that_starts_threads_is_left_to_each_submission(helps, tmp_path):
    library = tmp_path / "library"
    library.mkdir()
    (library / "starts_one.py").write_text(
        "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()\n"
    )
    with Sandbox(preload=["json", "starts_one"], libraries=[str(library)], if_it_helps=helps) as sandbox:
        sandbox.start()
        assert bool(sandbox.problems) is not helps
        sandbox.fork().end()


@needs_isolation
def test_a_module_that_nobody_has_is_told_and_stops_nothing(tmp_path):
    assignment = assignment_with(tmp_path / "hw1", "import gradmark_test_nowhere", {})
    adopted = AdoptedSet(assignment, plan_of(assignment))
    with Grader(adopted) as grader:
        content = notebook("import gradmark_test_nowhere", "def f(x):\n    return x", "grader.check('q1')")
        result = grader.grade(Submission("s", {"hw1.ipynb": content}))
        told = grader.problems
    assert result.score == 2
    assert told == [
        "the judge cannot run `import gradmark_test_nowhere`: ModuleNotFoundError: No module named "
        "'gradmark_test_nowhere'"
    ]


# Limits -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "cell", "whole"), [(None, 60, 300), (10.0, 10, 300), (400.0, 400, 800), (0.0, 300, 600)]
)
def test_a_cell_may_take_what_the_original_lets_it(asked, cell, whole, tmp_path):
    import dataclasses

    assignment = dataclasses.replace(assignment_with(tmp_path / "hw1", "import math", {}), cell_seconds=asked)
    limits = limits_of(assignment)
    assert (limits.cell_seconds, limits.submission_seconds, limits.cpu_seconds) == (cell, whole, whole)
