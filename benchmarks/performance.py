"""Run every benchmark and write its output into docs/performance.md, for ``make bench``.

    python -m benchmarks.performance [--only peers,scale] [--sizes 100] [--largest 10000] [--count 12] [--rounds 3]

The page has a place for each benchmark's tables, between two comments; people write the text around them. If a
benchmark fails, its place stays as it was, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

from benchmarks.measure import circumstances

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "performance.md"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--only", metavar="NAMES", help="only these benchmarks, separated by commas")
    parser.add_argument("--sizes", default="100,1000", help="class sizes for benchmarks.scale")
    parser.add_argument("--largest", default="10000", help="one more class size, for two workers only")
    parser.add_argument("--count", default="12", help="the class size for benchmarks.peers")
    parser.add_argument("--rounds", default="3", help="rounds of benchmarks.peers")
    given = parser.parse_args()
    python, oracles = sys.executable, str(ROOT / ".venv-libraries" / "bin" / "python")
    commands = {
        "throughput": [python, "benchmarks/throughput.py"],
        "explaining": [
            python,
            "-m",
            "benchmarks.explaining",
            "--against",
            "benchmarks/explaining_before.json",
        ],
        "peers": [python, "-m", "benchmarks.peers", "--count", given.count, "--rounds", given.rounds],
        "scale": [python, "-m", "benchmarks.scale", "--sizes", given.sizes],
        "largest": [python, "-m", "benchmarks.scale", "--sizes", given.largest, "--jobs", "2"],
        "metrics": [python, "-m", "benchmarks.references", "metrics"],
        "step": [oracles, "-m", "benchmarks.references", "step"],
        "tables": [python, "-m", "benchmarks.tables"],
    }
    wanted = given.only.split(",") if given.only else list(commands)
    failed = []
    for name in wanted:
        print(f"{name}: {' '.join(commands[name][1:])}", flush=True)
        said = f"{circumstances()}\n\n" if name in ("throughput", "metrics", "step", "tables") else ""
        done = subprocess.run(commands[name], cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            fill(name, said + done.stdout.strip())
        else:
            failed.append(name)
            print(f"{done.stdout}{done.stderr[-2000:]}\n{name} ended with {done.returncode}", file=sys.stderr)
    return 1 if failed else 0


def fill(name: str, text: str, page: Path = PAGE) -> None:
    """Write ``text`` into a page's place of that name."""
    place = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
    filled, count = place.subn(
        lambda found: f"{found[1]}\n{text}\n\n{found[2]}", page.read_text(encoding="utf-8")
    )
    if count != 1:
        raise SystemExit(f"{page} has {count} places called {name}, but should have one")
    page.write_text(filled, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
