"""Commands started by tests as a person starts them at a terminal."""

from __future__ import annotations

import signal
import subprocess
import sys

__all__ = ["heed_ctrl_c", "modules_after"]

_RUN = """
import sys
from grader.cli import main
main(sys.argv[1:], standalone_mode=False)
print("MODULES", *sorted(sys.modules))
"""


def heed_ctrl_c() -> None:
    """For ``preexec_fn``: a script's background job ignores Ctrl-C, and what it starts inherits that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def modules_after(*arguments: object) -> list[str]:
    """The modules that a command's own process has loaded when it is done."""
    done = subprocess.run(
        [sys.executable, "-c", _RUN, *map(str, arguments)], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1].split()[1:]
