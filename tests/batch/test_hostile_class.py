"""A class whose names and errors are made for spreadsheets, terminals, pages and file systems."""

from __future__ import annotations

import csv
from pathlib import Path

from click.testing import CliRunner

from grader.cli import main
from tests.notebooks import notebook
from tests.pset.tiny import write_tiny_course

FORMULA = "=cmd|' \\C calc'!A0"
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>"
TERMINAL = "\x1b[2J\x1b]0;owned\x07\u202egnp\u2066"
NAMES = [
    FORMULA, "+1+1", "-2", "@SUM(A1)", "\t=1", "＝1", "'=1", f"{MARKUP.replace('/', '_')}", f"a{TERMINAL}b",
    "two\nlines", "-rf", "CON", "x" * 200, "ada.ipynb", "É\u0301a", "nul\ufffd", "results", "; rm -rf ~ #",
]  # fmt: skip
ERROR = f"raise ValueError({(FORMULA + MARKUP + TERMINAL)!r})"
ATTACK = [
    "import numpy as np",
    f"def mean(x):\n    print({TERMINAL!r})\n    {ERROR}",
    ERROR,
    f"{MARKUP!r}; {FORMULA!r}",
]


def test_no_name_and_no_error_reaches_a_spreadsheet_a_terminal_or_a_page_as_anything_but_text(tmp_path):
    pset = write_tiny_course(tmp_path / "course")
    submissions = tmp_path / "submissions"
    submissions.mkdir()
    for name in NAMES:
        (submissions / f"{name}.ipynb").write_bytes(notebook(ATTACK))
    out = tmp_path / "out"
    arguments = ["grade", str(pset), str(submissions), "--out", str(out), "--jobs", "1"]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    assert all(
        character.isprintable() or character in "\n\r\t" for character in done.output.replace("\x1b", "E")
    )
    assert "E[2J" not in done.output.replace("\x1b", "E")
    with open(out / "scores.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 1 + len(NAMES)
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))]
    assert all(cell.isprintable() for cell in cells)
    results = list((out / "results").glob("*.json"))
    assert len(results) == len(NAMES)
    written = [*results, *out.rglob("*.html"), *out.rglob("*.csv")]
    for path in written:
        assert path.name.isprintable()
        text = path.read_text(encoding="utf-8")
        assert not {"\x1b", "\x07", "\u202e", "\u2066"} & set(text), path
        if path.suffix == ".html":
            assert MARKUP not in text, path
            assert "<script>alert" not in text, path
    assert sorted(entry.name for entry in Path(tmp_path).iterdir()) == ["course", "out", "submissions"]
