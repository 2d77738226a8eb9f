"""What `gradmark new` makes works as it is: it validates, builds and grades."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from grader.build import build
from grader.cli import main
from grader.errors import CourseError
from grader.pset import load_problem_set
from grader.scaffold import new_course, new_problem_set
from grader.simulate.answers import filled_in, solutions
from grader.validate import examine, validate
from grader.wheel import own_wheel

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    folder = tmp_path_factory.mktemp("new") / "linear-algebra"
    new_course(folder)
    new_problem_set("ps2", folder)
    return folder


def test_a_new_course_has_all_that_a_repository_needs(course):
    assert (course / "README.md").read_text().startswith("# linear-algebra\n")
    workflow = yaml.safe_load((course / ".github" / "workflows" / "course.yml").read_text())
    job = yaml.safe_load((course / ".gitlab-ci.yml").read_text())["trust"]
    commands = [step["run"] for step in workflow["jobs"]["trust"]["steps"] if "run" in step]
    assert commands == job["script"]
    assert {"pytest", "gradmark validate"} <= set(commands)
    made = [f for f in course.rglob("*") if f.is_file() and f.suffix != ".whl"]
    assert [f for f in made if "@" in f.name or "@pset@" in f.read_text()] == []


def test_a_new_course_brings_the_gradmark_that_no_index_has(course):
    name, wheel = own_wheel()
    assert (course / "wheels" / name).read_bytes() == wheel
    lines = (course / "requirements.txt").read_text().splitlines()
    assert [line for line in lines if not line.startswith("#")] == [f"./wheels/{name}[staff]"]


def test_its_own_tests_pass(course):
    done = subprocess.run([sys.executable, "-m", "pytest", "-q"], cwd=course, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert "4 passed" in done.stdout


@pytest.mark.parametrize("name", ["ps1", "ps2"])
def test_its_problem_sets_have_no_errors(course, name):
    assert examine(course / "psets" / name) == []


def test_its_problem_sets_have_seeds_of_their_own(course):
    seeds = {load_problem_set(course / "psets" / name).file.seed for name in ("ps1", "ps2")}
    assert len(seeds) == 2
    assert all(re.fullmatch("[0-9a-f]{32}", seed) for seed in seeds)


def test_its_suite_deserves_trust(course):
    report = validate(load_problem_set(course / "psets" / "ps1"), workers=2)
    assert report.ok, report.text()
    (single,) = (naming for naming in report.naming if naming.kind == "one mistake")
    assert single.right == single.trials > 0


def test_it_grades_a_submission_and_names_its_mistake(course, tmp_path):
    problem_set = load_problem_set(course / "psets" / "ps1")
    student, archive = build(problem_set, tmp_path / "built")
    assert "ps1/ps1.ipynb" in zipfile.ZipFile(archive).namelist()
    handout = json.loads((student / "ps1.ipynb").read_text())
    wrong = {one.function: one.source for one in problem_set.mistakes()}
    (tmp_path / "class").mkdir()
    for name, answers in {"right": solutions(problem_set), "wrong": wrong}.items():
        (tmp_path / "class" / f"{name}.ipynb").write_text(json.dumps(filled_in(handout, answers)))
    out = tmp_path / "graded"
    run = CliRunner().invoke(
        main, ["grade", "ps1", str(tmp_path / "class"), "--out", str(out), "--course", str(course)]
    )
    assert run.exit_code == 0, run.output
    results = {
        name: json.loads((out / "results" / f"{name}.json").read_text()) for name in ("right", "wrong")
    }
    assert results["right"]["score"] == results["right"]["max_score"] == 3
    (question,) = results["wrong"]["questions"]
    assert {test["mistake"] for test in question["tests"]} == {"standardize_by_the_variance"}
    assert any("You divide by the variance" in test["message"] for test in question["tests"])


def test_nothing_is_overwritten(course, tmp_path):
    before = (course / "reference" / "ps2.py").read_text()
    (course / "psets" / "ps3").mkdir()
    (course / "psets" / "ps3" / "pset.yaml").write_text("mine")
    with pytest.raises(CourseError, match=r"pset\.yaml already exists; choose another name"):
        new_problem_set("ps3", course)
    assert not (course / "reference" / "ps3.py").exists()
    with pytest.raises(CourseError, match="is not empty; choose a folder that does not exist yet"):
        new_course(course)
    assert (course / "reference" / "ps2.py").read_text() == before


@pytest.mark.parametrize("name", ["ps-2", "2nd", "", "a/b", "../ps2"])
def test_a_name_that_cannot_be_used_is_refused(tmp_path, name):
    with pytest.raises(CourseError, match="cannot be a problem set"):
        new_problem_set(name, tmp_path)


def test_the_command_says_what_it_made_and_what_comes_next(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    first = CliRunner().invoke(main, ["new", "--course", "la"])
    assert first.exit_code == 0
    assert first.output.splitlines()[-1].startswith("Next: gradmark validate ps1 --course la, then")
    assert CliRunner().invoke(main, ["new"]).exit_code == 2
    second = CliRunner().invoke(main, ["new", "hw2", "--course", "la"])
    assert "la/psets/hw2/pset.yaml" in second.output
    assert load_problem_set(tmp_path / "la" / "psets" / "hw2").functions == ("standardize",)


def test_every_template_is_in_the_package(tmp_path):
    """The patterns of pyproject.toml reach hidden files, too."""
    source = tmp_path / "source"  # building leaves files behind
    shutil.copytree(ROOT / "grader", source / "grader", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        tmp_path,
        ".",
    ]
    subprocess.run(command, cwd=source, check=True)
    (wheel,) = tmp_path.glob("gradmark-*.whl")
    shipped = {name for name in zipfile.ZipFile(wheel).namelist() if "/templates/" in name}
    templates = [f for f in (ROOT / "grader").glob("*/templates/**/*") if f.is_file()]
    assert shipped == {f.relative_to(ROOT).as_posix() for f in templates}
