"""Every block in README.md and docs/ is run, or says just before itself why not.

``sh`` blocks of a page run in their order, in a folder made for the page, with the command on the path; after
``<!-- exits: 1 -->`` the last command ends with that code. A ``text`` block after ``<!-- output -->`` is what the last
of them printed, where "…" stands for anything, and alone on a line for any lines. ``python`` blocks are executed, and
hidden tests in them run against the reference. ``yaml`` with the keys of a problem set must be valid as one, ``json``

must parse. A block of any language after ``<!-- from: examples/… -->`` stands in that file, line for line. Other
``text`` is for drawings, or after ``<!-- told: … -->`` what a student reads, which `tests/asking/test_page.py`
compares.
"""

from __future__ import annotations

import inspect
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import pytest
import yaml
from markdown_it import MarkdownIt

import grader
from grader import LocalStudent
from grader.encoding import dec_hook
from grader.pset import load_problem_set
from grader.pset.schema import PsetFile
from tests.adopt.nbgrader_courses import COURSES as NBGRADER_COURSES
from tests.adopt.nbgrader_courses.writing import write as write_nbgrader
from tests.adopt.otter_courses import COURSES as OTTER_COURSES
from tests.adopt.otter_courses.writing import submissions as otter_submissions
from tests.adopt.otter_courses.writing import write as write_otter
from tools.demo_class import demo_class

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", *ROOT.glob("CONTRIBUTING.md"), *ROOT.glob("docs/*.md")])
NOT_RUN = re.compile(r"<!-- not run: (?P<why>.+?) -->", re.DOTALL)
OUTPUT = "<!-- output -->"
EXITS = re.compile(r"<!-- exits: (\d+) -->")
FROM = re.compile(r"<!-- from: (\S+) -->")
NEEDS = re.compile(r"<!-- needs: (?P<what>.+?) -->")
LANGUAGES = {"sh", "python", "yaml", "json", "text"}


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    page: Path
    line: int
    language: str
    text: str
    not_run: str = ""
    is_output: bool = False
    exits: int = 0
    source: str = ""

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks_of(page: Path) -> list[Block]:
    found: list[Block] = []
    said = ""
    for token in MarkdownIt("commonmark").parse(page.read_text()):
        if token.type == "html_block":
            said = token.content
        elif token.type == "fence":
            assert token.map is not None
            not_run, exits, source = NOT_RUN.search(said), EXITS.search(said), FROM.search(said)
            found.append(
                Block(
                    page, token.map[0] + 1, token.info.strip(), token.content,
                    " ".join(not_run["why"].split()) if not_run else "", OUTPUT in said, int(exits[1]) if exits else 0,
                    source[1] if source else "",
                )
            )  # fmt: skip
        if token.type != "html_block":
            said = ""
    return found


BLOCKS = [block for page in PAGES for block in blocks_of(page)]


def of(language: str) -> list[Block]:
    return [b for b in BLOCKS if b.language == language and not b.not_run and not b.source]


def folder_for(page: Path, where: Path) -> Path:
    """A copy of the course with what the page says that it needs."""
    for name in ("psets", "reference"):
        shutil.copytree(ROOT / name, where / name, ignore=shutil.ignore_patterns("__pycache__"))
    (where / ".venv").symlink_to(Path(sys.executable).parent.parent)
    for name in NEEDS.findall(page.read_text()):
        makers = {
            "a handout": a_handout, "make": a_makefile, "submissions": submissions, "the examples": examples,
            "other courses": other_courses,
        }  # fmt: skip
        makers[name](where)
    return where


MAKE = {"MAKEFLAGS": "-- STAMP=installed", "MAKELEVEL": "0"}
"""The environment is there, so ``make`` installs nothing; it says what it does as if no other make had called it."""


def a_makefile(where: Path) -> None:
    makefile = (ROOT / "Makefile").read_text()
    (where / "Makefile").write_text(makefile)
    shutil.copytree(ROOT / "tools", where / "tools")
    installed_after = re.search(r"^\$\(STAMP\): (.+)$", makefile, re.MULTILINE)
    assert installed_after
    for name in (*installed_after[1].split(), "installed"):
        (where / name).parent.mkdir(exist_ok=True)
        (where / name).touch()


def examples(where: Path) -> None:
    shutil.copytree(ROOT / "examples", where / "examples", ignore=shutil.ignore_patterns("__pycache__", ".*"))


def other_courses(where: Path) -> None:
    """An assignment of otter's with some notebooks, a course of nbgrader's, and a Python for submissions."""
    homework = next(one for one in OTTER_COURSES if one.name == "hw05")
    for folder in ("hw05", "notebooks", "course"):
        (where / folder).mkdir()
    write_otter(homework, where / "hw05")
    for name, submission in otter_submissions(homework).items():
        (where / "notebooks" / f"{name}.ipynb").write_bytes(submission.content)
    rivers = next(one for one in NBGRADER_COURSES if one.name == "rivers")
    write_nbgrader(rivers, where / "course")
    (where / "course-environment").symlink_to(sys.prefix)


def submissions(where: Path) -> None:
    gradmark(where, "simulate", "ps1", "--count", "8", "--seed", "3", "--out", "class")
    (where / "class" / "submissions").rename(where / "submissions")


def a_handout(where: Path) -> None:
    """A notebook with one mistake, in question 3, and what lies beside it."""
    gradmark(where, "build", "ps1", "--out", "built")
    shutil.copytree(where / "built" / "student", where, dirs_exist_ok=True)
    handout = json.loads((where / "ps1.ipynb").read_text(encoding="utf-8"))
    answered = demo_class(load_problem_set(ROOT / "psets" / "ps1"), handout)["04-loss-summed"]
    (where / "ps1.ipynb").write_text(json.dumps(answered), encoding="utf-8")


def gradmark(where: Path, *arguments: str) -> None:
    command = [str(Path(sys.executable).parent / "gradmark"), *arguments]
    subprocess.run(command, cwd=where, check=True, capture_output=True, timeout=120)


def test_every_block_names_a_language_that_is_tried_here():
    assert [f"{block}: {block.language!r}" for block in BLOCKS if block.language not in LANGUAGES] == []


@pytest.mark.parametrize("block", [b for b in BLOCKS if b.not_run], ids=str)
def test_what_is_not_run_is_covered_elsewhere_or_cannot_be(block):
    """Targets of make exist; anything else in such a block is only looked at by people."""
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"^make ([a-z-]+)", block.text, re.MULTILINE):
        assert f"\n{target}:" in makefile, f"{block}: make has no target {target}"


@pytest.mark.parametrize("block", [b for b in BLOCKS if b.source], ids=str)
def test_what_is_shown_of_a_file_stands_in_it(block):
    """Whole lines, as they are there; a line "…" leaves out any lines."""
    pieces = [re.escape(piece.strip("\n")) for piece in re.split(r"^ *…\n", block.text, flags=re.MULTILINE)]
    whole = (ROOT / block.source).read_text(encoding="utf-8")
    assert re.search("^" + r"\n(?:.*\n)*?".join(pieces) + "$", whole, re.MULTILINE), (
        f"{block} is not in {block.source}"
    )


@pytest.mark.parametrize("page", sorted({b.page for b in of("sh")}), ids=lambda page: page.name)
def test_commands_and_what_they_print(page, tmp_path):
    folder = folder_for(page, tmp_path)
    python = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{python}:{os.environ['PATH']}", "COLUMNS": "100", **MAKE}
    if "--install" in page.read_text():
        environment["XDG_CACHE_HOME"] = str(tmp_path / ".cache")
    printed = ""
    for block in BLOCKS:
        if block.page == page and block.language == "sh" and not block.not_run:
            done = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", block.text],
                cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=600,
            )  # fmt: skip
            printed = done.stdout
            assert done.returncode == block.exits, f"{block}: {printed[-4000:]}"
        elif block.page == page and block.is_output:
            assert shows(block.text, printed), f"{block} is not what was printed:\n{printed}"


def shows(output: str, printed: str) -> bool:
    """Whether a page's output is what was printed, apart from white space at the ends and what "…" leaves out."""
    lines = [
        "(.*\\n)*?" if line.strip() == "…" else re.escape(line.rstrip()).replace("…", ".*") + "\n"
        for line in output.splitlines()
    ]
    text = "".join(f"{line.rstrip()}\n" for line in printed.rstrip().splitlines())
    return re.fullmatch("".join(lines), text) is not None


@pytest.mark.parametrize(
    ("output", "same"),
    [
        ("a 1\n\nb 2", True),
        ("…\nb 2", True),
        ("a …\n…", True),
        ("a 1", False),
        ("b 2\n…", False),
        ("…\na 2\n…", False),
    ],
)
def test_output_that_differs_is_noticed(output, same):
    assert shows(output, "a 1  \n\nb 2\n\n") == same


@pytest.mark.parametrize("block", of("python"), ids=str)
def test_python(block):
    namespace: dict[str, object] = {"__name__": "a_page"}
    exec(compile(block.text, str(block), "exec"), namespace)
    import reference.softmax

    for name, value in list(namespace.items()):
        if name.startswith("test_") and callable(value):
            given = {"student": LocalStudent(vars(reference.softmax)), "rng": np.random.default_rng(0)}
            value(*(given[fixture] for fixture in inspect.signature(value).parameters))


@pytest.mark.parametrize("block", of("yaml"), ids=str)
def test_yaml(block):
    content = yaml.safe_load(block.text)
    assert isinstance(content, dict)
    if set(content) <= set(PsetFile.__struct_fields__):
        one = [{"id": "q1", "title": "Logits", "points": 1}]
        msgspec.convert({"title": "any", "questions": one, **content}, PsetFile, dec_hook=dec_hook)


@pytest.mark.parametrize("block", of("json"), ids=str)
def test_json(block):
    assert json.loads(block.text)


LINK = re.compile(r"""(?:\]\(|src(?:set)?=")(?!https?:|mailto:|#)([^)#\s"]+)""")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_paths_lead_somewhere(page):
    text = page.read_text()
    gone = [to for to in LINK.findall(text) if not (page.parent / to).exists()]
    paths = re.findall(r"`((?:docs|grader|tests|tools|benchmarks|psets|reference|examples)/[\w./*-]+)`", text)
    gone += [path for path in paths if not list(ROOT.glob(path.rstrip("/")))]
    assert gone == []


def test_every_picture_is_shown_on_a_page():
    shown = {(page.parent / to).resolve() for page in PAGES for to in LINK.findall(page.read_text())}
    assert [picture for picture in (ROOT / "docs" / "images").iterdir() if picture not in shown] == []


@pytest.mark.parametrize("row", [r"^\| `(\w+)` \|", r"^::: grader\.(\w+)$"], ids=["table", "docstrings"])
def test_the_api_names_everything_public(row):
    page = (ROOT / "docs" / "api.md").read_text()
    assert sorted(re.findall(row, page, re.MULTILINE)) == sorted(grader.__all__)
