"""Which changes of a course can change a grade."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.pset import load_problem_set
from tests.pset.tiny import write_tiny_course


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def digest(course: Path):
    return load_problem_set(course / "psets" / "tiny").digest


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("psets/tiny/tiny.md", "Means of numbers.", "Averages of numbers."),
        ("psets/tiny/pset.yaml", 'title: "Tiny"', 'title: "Tiny means"'),
        ("psets/tiny/pset.yaml", "expected_hours: 1", "expected_hours: 2"),
    ],
)
def test_prose_regrades_nobody(tmp_path, file, old, new):
    write_tiny_course(tmp_path)
    before = digest(tmp_path)
    edit(tmp_path / file, old, new)
    assert digest(tmp_path) == before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("psets/tiny/suite/test_means.py", "BOUND = 1e-9", "BOUND = 1e-8"),
        ("psets/tiny/data/samples.csv", "6.0", "7.0"),
        ("reference/means.py", "FLOOR = 1e-12", "FLOOR = 1e-13"),
        ("psets/tiny/pset.yaml", "data: data", "data: data\nlimits: {call_seconds: 3}"),
        ("psets/tiny/pset.yaml", "data: data", "data: data\nseed: a seed that is long enough"),
        ("psets/tiny/tiny.md", "import numpy as np\n", "import numpy as np\nimport math\n"),
    ],
)
def test_what_judges_moves_the_judging_digest(tmp_path, file, old, new):
    write_tiny_course(tmp_path)
    before = digest(tmp_path)
    edit(tmp_path / file, old, new)
    assert digest(tmp_path).judging != before.judging


def test_a_reference_module_that_nothing_reaches_does_not_count(tmp_path):
    write_tiny_course(tmp_path)
    before = digest(tmp_path)
    (tmp_path / "reference" / "unrelated.py").write_text("x = 1\n", encoding="utf-8")
    assert digest(tmp_path) == before


def test_a_sentence_changes_only_what_is_said(tmp_path):
    write_tiny_course(tmp_path)
    before = digest(tmp_path)
    (tmp_path / "psets" / "tiny" / "sentences.yaml").write_text("{}\n", encoding="utf-8")
    assert digest(tmp_path).judging == before.judging
    assert digest(tmp_path).whole != before.whole
