"""The wheel that handouts, new courses and uploaded autograders bring along."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import grader
from grader.version import version
from grader.wheel import own_wheel

PACKAGE = Path(grader.__file__).parent


def contents(wheel: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return contents(own_wheel()[1])


def test_it_holds_the_tool_and_nothing_else(files):
    """No answers, no hidden tests, and nothing else that lies beside the package."""
    assert {name.partition("/")[0] for name in files} == {"grader", f"gradmark-{version()}.dist-info"}
    assert not any("__pycache__" in name for name in files)


def test_it_holds_all_that_the_package_reads(files):
    assert "grader/py.typed" in files
    assert "grader/gradescope/files/run_autograder" in files
    assert "grader/scaffold/templates/course/.github/workflows/course.yml.in" in files
    assert any(name.startswith("grader/report/templates/") for name in files)
    modules = {f"grader/{file.relative_to(PACKAGE).as_posix()}" for file in PACKAGE.rglob("*.py")}
    assert modules <= set(files)


def test_its_record_is_that_of_its_files(files):
    (record,) = [name for name in files if name.endswith("/RECORD")]
    rows = list(csv.reader(files[record].decode().splitlines()))
    assert {name for name, _, _ in rows} == set(files)
    for name, digest, size in rows:
        if name != record:
            sha = base64.urlsafe_b64encode(hashlib.sha256(files[name]).digest()).decode().rstrip("=")
            assert (digest, size) == (f"sha256={sha}", str(len(files[name])))


def test_what_somebody_left_in_the_folder_is_not_shipped(files, monkeypatch, tmp_path):
    package = tmp_path / "grader"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("notes.txt", ".env", "answers.ipynb", "cli/.grade.py.swp"):
        (package / name).write_text("mine")
    monkeypatch.setattr("grader.wheel._PACKAGE", package)
    assert contents(own_wheel()[1]) == files


def test_one_that_was_installed_from_it_makes_the_same_bytes(tmp_path):
    """From an installation without a source tree, after Python has compiled it."""
    name, wheel = own_wheel()
    (tmp_path / name).write_bytes(wheel)
    target = tmp_path / "installed"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", target]
    subprocess.run([*pip, tmp_path / name], check=True)
    program = (
        f"import sys; sys.path.insert(0, {str(target)!r})\n"
        "import grader; from grader.wheel import own_wheel\n"
        "name, wheel = own_wheel(); print(grader.__file__, name)\n"
        "open('again.whl', 'wb').write(wheel)"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout.split() == [str(target / "grader" / "__init__.py"), name]
    assert (target / "grader" / "__pycache__").is_dir()
    assert (tmp_path / "again.whl").read_bytes() == wheel
