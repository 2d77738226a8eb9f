"""A block that takes longer than it may ends, and leaves nothing behind for what runs after it."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
from grader.judge.bounded import TooLong, bounded

with bounded(5):
    pass
for seconds in (0.1, 0.05):
    try:
        with bounded(seconds):
            while True:
                pass
    except TooLong:
        print("stopped")


def follow(*_):
    return follow


def function():
    return 1


sys.settrace(follow)
print([function() for _ in range(3)])
"""


def test_a_tracer_goes_on_after_a_block_was_stopped():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "stopped\nstopped\n[1, 1, 1]\n"
