"""A cell is read as IPython reads it, and shown or not shown as IPython would."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from IPython.core.displayhook import DisplayHook
from IPython.core.inputtransformer2 import TransformerManager

CELLS = [
    "x = 1",
    "x = 1;",
    "x = 1; # said nothing",
    "'a;b'",
    "'a' # b;",
    "f(1);\n\n",
    "\n\n  \nx = 1",
    "  x = 1\n  y = 2",
    ">>> x = 1\n>>> x",
    "In [3]: x = 1\n   ...: x",
    "%timeit x",
    "x = %who",
    "x = !ls",
    "!ls\nx = 1",
    "x?",
    "x??",
    "?x",
    "x = (1\n% 2)",
    "'''\n%time\n!ls\nx?\n'''",
    "x = [\n/1,\n]",
    "if True:\n    %time x\n    y = !ls\n",
    "%%time\nx = 1",
    "%%bash\nls",
    "/f 1",
    ",f a b",
    ";f a b",
    "f'{x!r}' % 1 != 2",
    "a = 7 \\\n% 3",
    "await f()",
    "def broken(:",
    "x = '\x00'",
    "\ufeffx = 1",
    "print(1)\r\n%time x\r\n",
]


PROGRAM = """
import json, sys
from grader.notebook import Shell
inner = Shell()._shell
def outcome(act, cell):
    try:
        return act(cell)
    except Exception as error:
        return repr(error)
cells = json.load(sys.stdin)
transformed = [outcome(inner.input_transformer_manager.transform_cell, cell) for cell in cells]
silent = [outcome(inner.displayhook.semicolon_at_end_of_expression, cell) for cell in cells]
json.dump([transformed, silent], sys.stdout)
"""


@pytest.fixture(scope="module")
def seen():
    """What our shell makes of each cell; in a process of its own, since it changes input() and much else."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=json.dumps(CELLS),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    transformed, silent = json.loads(done.stdout)
    return dict(zip(CELLS, zip(transformed, silent, strict=True), strict=True))


def outcome(act, cell):
    try:
        return act(cell)
    except Exception as error:
        return repr(error)


@pytest.mark.parametrize("cell", CELLS)
def test_a_cell_is_transformed_as_ipython_does(seen, cell):
    assert seen[cell][0] == outcome(TransformerManager().transform_cell, cell)


@pytest.mark.parametrize("cell", CELLS)
def test_a_semicolon_silences_as_ipython_does(seen, cell):
    expected = outcome(DisplayHook.semicolon_at_end_of_expression, cell)
    if isinstance(expected, str):
        return  # what is not even tokens never runs, so nobody asks
    assert bool(seen[cell][1]) == bool(expected)
