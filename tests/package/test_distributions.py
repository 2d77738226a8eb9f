"""The sdist and the wheel hold the tool, all of it and nothing else, and the wheel works where nothing else is."""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from packaging.metadata import Metadata

from grader.version import version
from grader.wheel import own_wheel
from tests.install.conftest import ROOT
from tools.lock import part

STEM = f"gradmark-{version()}"
BESIDE = {
    "CHANGELOG.md", "CITATION.cff", "LICENSE", "MANIFEST.in", "PKG-INFO", "README.md", "SECURITY.md", "pyproject.toml",
    "setup.cfg",
}  # fmt: skip
"""What the sdist holds beside the package and setuptools' own notes."""


@pytest.fixture(scope="module")
def sdist() -> dict[str, bytes]:
    """Files of the sdist, by their path within its one folder."""
    with tarfile.open(ROOT / "dist" / f"{STEM}.tar.gz") as archive:
        files = [member for member in archive.getmembers() if not member.isdir()]
        assert all(member.isreg() for member in files), "a link may not survive unpacking"
        contents = {member.name: archive.extractfile(member).read() for member in files}
    assert {name.partition("/")[0] for name in contents} == {STEM}
    return {name.partition("/")[2]: content for name, content in contents.items()}


@pytest.fixture(scope="module")
def wheel() -> dict[str, bytes]:
    """Files of the wheel, which was built from the sdist."""
    with zipfile.ZipFile(ROOT / "dist" / f"{STEM}-py3-none-any.whl") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def package() -> dict[str, bytes]:
    """Files of the package, as handouts bring it: what stands in the repository, and nothing that was left there."""
    with zipfile.ZipFile(io.BytesIO(own_wheel()[1])) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def of_the_package(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if name.startswith("grader/")}


def test_nothing_else_is_published():
    found = {path.name for path in (ROOT / "dist").iterdir() if not path.name.startswith(".")}
    assert found == {f"{STEM}.tar.gz", f"{STEM}-py3-none-any.whl"}


def test_the_sdist_holds_the_package_and_what_it_is_built_from(sdist, package):
    assert of_the_package(sdist) == of_the_package(package)
    beside = {name for name in sdist if not name.startswith(("grader/", "gradmark.egg-info/"))}
    assert beside == BESIDE


def test_the_wheel_of_the_sdist_is_the_wheel_that_handouts_bring(wheel, package):
    about = f"{STEM}.dist-info"
    assert set(wheel) == set(package) | {f"{about}/top_level.txt"}
    differ = {name for name, content in package.items() if content != wheel[name]}
    assert differ <= {f"{about}/{name}" for name in ("METADATA", "RECORD", "WHEEL")}
    # The README below the metadata may be newer than the installation that a handout's wheel is made from.
    head, installed = (files[f"{about}/METADATA"].partition(b"\n\n")[0] for files in (wheel, package))
    assert head == installed


def test_type_checkers_are_told_that_it_has_types(wheel):
    assert wheel["grader/py.typed"] == b""


def test_an_index_takes_its_metadata(wheel):
    content = wheel[f"{STEM}.dist-info/METADATA"]
    metadata = Metadata.from_email(content, validate=True)
    assert (metadata.license_expression, metadata.license_files) == ("MIT", ["LICENSE"])
    assert set(metadata.provides_extra) == {"grade", "staff", "cluster", "notebook"}
    assert metadata.description == (ROOT / "README.md").read_text()


def test_the_wheel_works_in_an_empty_environment(tmp_path):
    """With the pins of what a student installs, away from the repository."""
    python = tmp_path / "venv" / "bin" / "python"
    pins = tmp_path / "pins.txt"
    pins.write_text(part("student"))
    pip = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile"]
    for command in (
        [sys.executable, "-m", "venv", tmp_path / "venv"],
        [*pip, "--require-hashes", "-r", pins],
        [*pip, "--no-index", ROOT / "dist" / f"{STEM}-py3-none-any.whl"],
        [python, "-m", "pip", "check"],
    ):
        subprocess.run(command, check=True, cwd=tmp_path)
    program = "import grader; print(grader.__file__)"
    imported = subprocess.run(
        [python, "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert Path(imported.stdout).is_relative_to(tmp_path / "venv")
    gradmark = python.with_name("gradmark")
    helped = subprocess.run([gradmark, "--help"], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert helped.stdout.startswith("Usage: gradmark")
    told = subprocess.run([gradmark, "--version"], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert told.stdout == f"gradmark, version {version()}\n"
