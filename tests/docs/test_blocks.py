"""Every block in README.md and docs/ is run, or says just before itself why not.

``sh`` blocks of a page run in their order, in a folder made for the page, with the command on the path.
``python`` blocks are executed, and hidden tests in them run against the reference. ``yaml`` with the keys of a
problem set must be valid as one, ``json`` must parse. ``text`` is for drawings and output.
"""

from __future__ import annotations

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

from grader import LocalStudent
from grader.build import solution_notebook
from grader.build.notebooks import notebook_bytes
from grader.encoding import dec_hook
from grader.pset import load_problem_set
from grader.pset.schema import PsetFile

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", *ROOT.glob("CONTRIBUTING.md"), *ROOT.glob("docs/*.md")])
NOT_RUN = re.compile(r"<!-- not run: (?P<why>.+?) -->", re.DOTALL)
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

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks_of(page: Path) -> list[Block]:
    found, reason = [], ""
    for token in MarkdownIt("commonmark").parse(page.read_text()):
        if token.type == "html_block" and (match := NOT_RUN.search(token.content)):
            reason = " ".join(match["why"].split())
        elif token.type == "fence":
            assert token.map is not None
            found.append(Block(page, token.map[0] + 1, token.info.strip(), token.content, reason))
            reason = ""
        elif token.type.endswith("_open"):
            reason = ""
    return found


BLOCKS = [block for page in PAGES for block in blocks_of(page)]


def of(language: str) -> list[Block]:
    return [block for block in BLOCKS if block.language == language and not block.not_run]


def folder_for(page: Path, where: Path) -> Path:
    """A copy of the course with what the page says that it needs."""
    for name in ("psets", "reference"):
        shutil.copytree(ROOT / name, where / name, ignore=shutil.ignore_patterns("__pycache__"))
    (where / ".venv").symlink_to(Path(sys.executable).parent.parent)
    for name in NEEDS.findall(page.read_text()):
        makers = {"a class": a_class, "a handout": a_handout, "submissions": submissions}
        makers[name](where)
    return where


def a_class(where: Path) -> None:
    gradmark(where, "simulate", "ps1", "--count", "8", "--seed", "3", "--out", "class")


def submissions(where: Path) -> None:
    a_class(where)
    (where / "class" / "submissions").rename(where / "submissions")


def a_handout(where: Path) -> None:
    """A solved notebook and what lies beside it, in the page's folder."""
    gradmark(where, "build", "ps1", "--out", "built")
    shutil.copytree(where / "built" / "student", where, dirs_exist_ok=True)
    solved = solution_notebook(load_problem_set(ROOT / "psets" / "ps1"))
    (where / "ps1.ipynb").write_bytes(notebook_bytes(solved))


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


@pytest.mark.parametrize("page", sorted({b.page for b in of("sh")}), ids=lambda page: page.name)
def test_commands(page, tmp_path):
    folder = folder_for(page, tmp_path)
    python = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{python}:{os.environ['PATH']}", "COLUMNS": "100"}
    for block in of("sh"):
        if block.page == page:
            done = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", block.text],
                cwd=folder, env=environment, capture_output=True, text=True, timeout=240,
            )  # fmt: skip
            assert done.returncode == 0, f"{block}: {done.stdout[-2000:]}{done.stderr[-2000:]}"


@pytest.mark.parametrize("block", of("python"), ids=str)
def test_python(block):
    namespace: dict[str, object] = {"__name__": "a_page"}
    exec(compile(block.text, str(block), "exec"), namespace)
    import reference.softmax

    for name, value in list(namespace.items()):
        if name.startswith("test_") and callable(value):
            value(LocalStudent(vars(reference.softmax)), np.random.default_rng(0))


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


LINK = re.compile(r"\]\((?!https?:|mailto:|#)(?P<to>[^)#\s]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_paths_lead_somewhere(page):
    text = page.read_text()
    gone = [to for to in LINK.findall(text) if not (page.parent / to).exists()]
    paths = re.findall(r"`((?:docs|grader|tests|tools|benchmarks|psets|reference|examples)/[\w./*-]+)`", text)
    gone += [path for path in paths if not list(ROOT.glob(path.rstrip("/")))]
    assert gone == []
