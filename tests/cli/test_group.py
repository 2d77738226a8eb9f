"""The command line: quick, helpful, and one sentence when something is wrong."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner

from grader.cli import main
from grader.cli.group import COMMANDS
from grader.errors import GradmarkError
from tests.pset.tiny import write_tiny_course


def run(*arguments: str):
    return CliRunner().invoke(main, [str(a) for a in arguments])


def test_help_lists_every_command_without_importing_one():
    program = (
        "import sys\nfrom grader.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'msgspec', 'yaml', 'otter', 'jupytext', 'pytest', 'rich', 'IPython'} & set(sys.modules)\n"
        "print('heavy:', sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "heavy: []" in done.stdout
    for name in COMMANDS:
        assert f"  {name} " in done.stdout


@pytest.mark.parametrize("command", ["build", "check", "preview", "validate"])
def test_help_of_a_command_has_an_example(command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"Example: gradmark {command} " in result.stdout


def test_an_unknown_command_is_wrong_usage():
    assert run("biuld").exit_code == 2


def test_an_unknown_problem_set_is_wrong_usage(tmp_path):
    write_tiny_course(tmp_path)
    result = run("build", "tinny", "--out", tmp_path / "out", "--course", tmp_path)
    assert result.exit_code == 2
    assert "no problem set 'tinny'" in result.stderr
    assert "did you mean 'tiny'?" in result.stderr


def test_a_course_error_is_one_sentence_and_exit_1(tmp_path):
    write_tiny_course(tmp_path, pset=("points: 3", "points: 4"))
    result = run("build", "tiny", "--out", tmp_path / "out", "--course", tmp_path)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == (
        "Error: psets/tiny/pset.yaml:5: question 'q1' has 4 points but its tests add up to 3; change one of "
        "them\n"
    )


def test_debug_anywhere_gives_the_traceback(tmp_path):
    write_tiny_course(tmp_path, pset=("points: 3", "points: 4"))
    result = run("build", "tiny", "--out", tmp_path / "out", "--course", tmp_path, "--debug")
    assert isinstance(result.exception, GradmarkError)


def test_build_writes_what_it_says(tmp_path):
    write_tiny_course(tmp_path)
    result = run("build", "tiny", "--out", tmp_path / "out", "--course", tmp_path)
    assert result.exit_code == 0
    assert result.stdout.split() == [
        str(tmp_path / "out" / "student"),
        str(tmp_path / "out" / "tiny-student.zip"),
        str(tmp_path / "out" / "tiny-gradescope.zip"),
    ]


def test_check_says_why_and_exits_1(tmp_path):
    write_tiny_course(tmp_path)
    run("build", "tiny", "--out", tmp_path / "out", "--course", tmp_path)
    notebook = tmp_path / "out" / "student" / "tiny.ipynb"
    notebook.write_text(notebook.read_text().replace('    ..."', '    return 0.0"'))
    result = run("check", notebook)
    assert result.exit_code == 1
    assert "q1  failed  0 of 3\n    The mean of 1, 2 and 6 is 3\n        mean: wrong value\n" in result.stdout


def test_check_of_a_missing_file_is_one_sentence(tmp_path):
    result = run("check", tmp_path / "none.ipynb")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"Error: {tmp_path}/none.ipynb does not exist; give the path of your notebook\n"
