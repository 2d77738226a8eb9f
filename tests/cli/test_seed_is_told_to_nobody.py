"""No file that a student can have holds the secret that hidden tests draw from, nor does anything that is printed."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.build import build
from grader.cli import main
from grader.pset import load_problem_set
from grader.sandbox.isolation import choose_plan
from tests.gradescope.test_metadata import EXAMPLE
from tests.notebooks import notebook, submission_cells
from tests.pset.tiny import SEED, SEEDED, write_tiny_course

SPY = """
import os, random, sys
print(random.getstate(), np.random.get_state(), dict(os.environ), sys.argv)
raise ValueError(np.random.get_state())
"""
WRONG = {"mean": "def mean(x):\n    raise ValueError([float(one) for one in x])"}


@pytest.fixture(scope="module", params=["seeded", "unseeded"])
def problem_set(request, tmp_path_factory):
    replaced = {"pset": SEEDED} if request.param == "seeded" else {}
    made = load_problem_set(write_tiny_course(tmp_path_factory.mktemp("course"), **replaced))
    assert (made.secret == SEED) is (request.param == "seeded")
    return made


@pytest.fixture
def students(problem_set, tmp_path) -> Path:
    """What is handed in: right, wrong, of somebody who looks round, and no notebook at all."""
    folder = tmp_path / "class"
    folder.mkdir()
    right, wrong = submission_cells(problem_set, {}), submission_cells(problem_set, WRONG)
    for name, cells in {"ada": right, "bob": wrong, "cy": [*wrong, SPY]}.items():
        (folder / f"{name}.ipynb").write_bytes(notebook(cells))
    (folder / "dan.ipynb").write_text("{broken")
    return folder


def pieces(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """A file's bytes, and those packed or compressed in it."""
    yield name, content
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                yield from pieces(f"{name}/{member}", archive.read(member))
    for unpacked in (gzip.decompress, zlib.decompress):
        try:
            inside = unpacked(content)
        except (OSError, EOFError, zlib.error):
            continue
        if inside:
            yield from pieces(f"{name} unpacked", inside)


def everything(folder: Path) -> Iterator[tuple[str, bytes]]:
    """All files of a folder, and every value of its databases."""
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield from pieces(str(file), file.read_bytes())
        if file.suffix == ".db":
            with sqlite3.connect(file) as database:
                tables = [
                    name
                    for (name,) in database.execute("select name from sqlite_master where type = 'table'")
                ]
                for row in (row for table in tables for row in database.execute(f'select * from "{table}"')):
                    for value in row:
                        yield from pieces(
                            f"{file}: a value", value if isinstance(value, bytes) else str(value).encode()
                        )


def telling(folder: Path, secret: str) -> set[str]:
    return {name for name, content in everything(folder) if secret.encode() in content}


def command(*words: object) -> str:
    return CliRunner().invoke(main, [str(word) for word in words]).output


def test_the_search_finds_what_is_hidden_well(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.gz", gzip.compress(f"so {SEED} it is".encode()))
    with sqlite3.connect(tmp_path / "a.db") as database:
        database.execute("create table files (content blob)")
        database.execute("insert into files values (?)", (zlib.compress(packed.getvalue()),))
    database.close()
    assert len(telling(tmp_path, SEED)) == 1
    assert not telling(tmp_path, SEED[::-1])


def test_what_students_get_does_not_hold_it(problem_set, tmp_path):
    build(problem_set, tmp_path / "built")
    assert any("q1.py" in name for name, _ in everything(tmp_path / "built"))
    assert telling(tmp_path / "built", problem_set.secret) == set()


@pytest.mark.skipif(not choose_plan().safe, reason="this machine cannot isolate submissions")
def test_a_graded_folder_and_its_exports_do_not_hold_it(problem_set, students, tmp_path):
    out = tmp_path / "graded"
    told = command("grade", problem_set.path, students, "--out", out, "--jobs", 1, "--json")
    told += command("report", out)
    for system in ("csv", "gradescope"):
        told += command("scores", out, "--to", system, "--output", tmp_path / "graded" / system)
    result = json.loads((out / "results" / "cy.json").read_text())
    assert result["provenance"]["seed"] == problem_set.draws.fingerprint
    assert "MT19937" in str(result["notebook_errors"])
    assert (out / "feedback" / "bob.html").is_file()
    assert telling(out, problem_set.secret) == set()
    assert problem_set.secret not in told


@pytest.mark.skipif(not choose_plan().safe, reason="this machine cannot isolate submissions")
def test_what_the_container_says_does_not_hold_it(problem_set, students, tmp_path):
    root = tmp_path / "autograder"
    (root / "submission").mkdir(parents=True)
    (root / "submission_metadata.json").write_text(json.dumps(EXAMPLE))
    (students / "cy.ipynb").rename(root / "submission" / "cy.ipynb")
    told = command("run", "--root", root, "--course", problem_set.course)
    assert '"status": "graded"' in (root / "results" / "results.json").read_text()
    assert telling(root, problem_set.secret) == set()
    assert problem_set.secret not in told


def test_a_seed_that_cannot_be_used_is_not_repeated_to_a_student(tmp_path):
    root = tmp_path / "autograder"
    write_tiny_course(root / "source", pset=("data: data", "data: data\nseed: 31415926535897932384"))
    (root / "submission").mkdir()
    (root / "submission_metadata.json").write_text(json.dumps(EXAMPLE))
    command("run", "--root", root)
    assert "seed must be text" in (root / "results" / "results.json").read_text()
    assert "31415926" not in (root / "results" / "results.json").read_text()
