"""What students read names files from their notebook, and no path of the machine that grades."""

from __future__ import annotations

import json
import os
import sys

import numpy as np
import pytest

from grader import places
from grader.places import as_seen, starts_here


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The notebook's folder, which holds an environment of its own."""
    library = tmp_path / "ps 1" / ".venv" / "lib" / "site-packages"
    library.mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "ps 1")
    monkeypatch.syspath_prepend(str(library))
    monkeypatch.setattr(places, "_folders", [])
    starts_here()
    yield tmp_path / "ps 1"
    places._pattern.cache_clear()


def test_paths_are_told_from_the_notebooks_folder(folder):
    for said, told in (
        (f"[Errno 2] No such file: '{folder}/data/x.csv'", "[Errno 2] No such file: 'data/x.csv'"),
        (f"cannot import name 'f' from 'h' ({folder}/h.py)", "cannot import name 'f' from 'h' (h.py)"),
        (f"{folder} is a folder, and so is {folder}/", ". is a folder, and so is "),
        (f"in {folder}/.venv/lib/site-packages/torch/nn.py", "in torch/nn.py"),
        (f"{np.__file__}: {json.__file__}", "numpy/__init__.py: json/__init__.py"),
        (f"run by {sys.executable}", "run by python"),
    ):
        assert as_seen(said) == told


def test_other_paths_and_words_stay(folder):
    for said in (f"{folder}2/x.csv", f"a{folder}/x", f"{folder.parent}", "/etc/shadow", "1/2 and 3.5/", ""):
        assert as_seen(said) == said


def test_what_the_code_changes_later_changes_nothing(folder, monkeypatch):
    (folder / "data").mkdir()
    monkeypatch.chdir(folder / "data")
    monkeypatch.syspath_prepend("/")
    assert as_seen(f"{folder}/data/x.csv {folder}/y.csv /etc") == "data/x.csv y.csv /etc"


def test_separators_of_windows(folder, monkeypatch):
    monkeypatch.setattr(os, "getcwd", lambda: "C:\\Users\\ada\\ps1")
    starts_here()
    assert as_seen("'C:\\\\Users\\\\ada\\\\ps1\\\\data\\\\x.csv'") == "'data\\\\x.csv'"
    assert as_seen("C:\\Users\\ada\\ps1\\x.csv, C:\\Users\\ada\\ps1") == "x.csv, ."
