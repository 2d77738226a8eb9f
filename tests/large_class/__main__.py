"""``python -m tests.large_class [--count 5000] [--kills 20] [--workers 3] [--keep DIR]``"""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
from datetime import date
from pathlib import Path

from benchmarks.measure import machine
from tests.large_class.cluster import on_a_cluster
from tests.large_class.killed import killed
from tests.large_class.layouts import layouts
from tests.large_class.show import Show, say
from tests.large_class.undisturbed import undisturbed


def main() -> int:
    parser = argparse.ArgumentParser(description="Show what grading a large class takes and survives.")
    parser.add_argument("--count", type=int, default=5000, help="submissions (default: 5000)")
    parser.add_argument("--pset", default="ps1", help="problem set (default: ps1)")
    parser.add_argument("--seed", type=int, default=1, help="of the class, and of when to kill (default: 1)")
    parser.add_argument(
        "--kills", type=int, default=20, help="how often a run is killed (default: 20; 0: not at all)"
    )
    parser.add_argument("--workers", type=int, default=3, help="of the cluster; one is killed (default: 3)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="work in this folder and leave it")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="large-class-")))
        return run(Show(options, folder.resolve()))


def run(show: Show) -> int:
    options = show.options
    show.folder.mkdir(parents=True, exist_ok=True)
    say(f"{date.today()}: {options.count} submissions of {options.pset}, seed {options.seed}", machine())
    show.simulate()
    contents, start_seconds = undisturbed(show)
    if options.kills:
        killed(show, contents, start_seconds)
    on_a_cluster(show, contents)
    layouts(show)
    say("", *([f"DOES NOT HOLD: {sentence}" for sentence in show.wrong] or ["Everything holds."]))
    return 1 if show.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
