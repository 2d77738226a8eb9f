"""The autograder that a course uploads as a zip."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from importlib.metadata import version

import pytest

from grader.build import build_autograder
from grader.pset import load_problem_set


@pytest.fixture
def unpacked(tiny, tmp_path):
    """The folder ``source``, as Gradescope unpacks it."""
    source = tmp_path / "autograder" / "source"
    with zipfile.ZipFile(build_autograder(tiny, tmp_path / "out")) as archive:
        archive.extractall(source)
    return source


def test_what_gradescope_asks_for_is_at_the_top(tiny, tmp_path):
    with zipfile.ZipFile(build_autograder(tiny, tmp_path)) as archive:
        modes = {info.filename: info.external_attr >> 16 for info in archive.infolist()}
    assert modes["setup.sh"] == modes["run_autograder"] == 0o755
    top = {name.partition("/")[0] for name in modes}
    wheel = f"gradmark-{version('gradmark')}-py3-none-any.whl"
    assert top == {"setup.sh", "run_autograder", "requirements.txt", wheel, "reference", "psets"}
    assert {name.split("/")[1] for name in modes if name.startswith("psets/")} == {"tiny"}
    assert not any("__pycache__" in name for name in modes)


def test_the_same_problem_set_gives_the_same_bytes(tiny, tmp_path):
    first, second = (build_autograder(tiny, tmp_path / name).read_bytes() for name in ("a", "b"))
    assert first == second


def test_what_a_problem_set_preloads_is_installed_in_the_version_that_is_here(tiny, tmp_path):
    settings = tiny.path / "pset.yaml"
    settings.write_text(settings.read_text() + "preload: [numpy, math, scipy, PIL.Image]\n")
    pset = load_problem_set(tiny.path)
    with zipfile.ZipFile(build_autograder(pset, tmp_path)) as archive:
        assert archive.read("packages.txt").decode() == f"scipy=={version('scipy')}\n"
        assert b"-r packages.txt" in archive.read("setup.sh")


def test_every_requirement_has_a_hash(unpacked):
    lines = (unpacked / "requirements.txt").read_text().splitlines()
    pins = [line for line in lines if "==" in line]
    assert len(pins) > 30
    assert all(" --hash=sha256:" in line for line in pins)


def test_the_scripts_are_shell(unpacked):
    for name in ("setup.sh", "run_autograder"):
        subprocess.run(["bash", "-n", unpacked / name], check=True)


def test_pip_installs_the_wheel(unpacked, tmp_path):
    """pip refuses a wheel whose record does not fit; what it installs is complete and runs."""
    target = tmp_path / "installed"
    wheel = next(unpacked.glob("*.whl"))
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", target]
    subprocess.run([*pip, wheel], check=True)
    program = "import grader; from grader.cli import main; print(grader.__file__); main(['--version'])"
    done = subprocess.run(
        [sys.executable, "-P", "-c", program],
        capture_output=True, text=True, check=True, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(target)},
    )  # fmt: skip
    assert done.stdout.splitlines() == [
        str(target / "grader" / "__init__.py"),
        f"gradmark, version {version('gradmark')}",
    ]
    assert (target / "bin" / "gradmark").is_file()
