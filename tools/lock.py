"""One resolution for every environment, in requirements.lock, and the part of it that one environment installs.

    python3 tools/lock.py staff >pins.txt    # then: python -m pip install --require-hashes -r pins.txt
    python3 tools/lock.py --renew            # resolve again, with uv; pins that still fit stay as they are

Comments under each pin name the environments that install it, with their condition if it is narrower than the pin's.
On Linux, torch is the build for processors alone ("+cpu"), which the ordinary index does not have. pip and uv find it
where PIP_FIND_LINKS names a folder with its wheel, or PIP_EXTRA_INDEX_URL the index of such builds that PyTorch's page
on installing names; its one hash is that of the wheel for Python 3.11 on x86_64.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
AUTOGRADER = ROOT / "grader" / "gradescope" / "files" / "requirements.txt"
"""The part `grade`, which every wheel brings: an autograder to upload installs it."""
ENVIRONMENTS = {
    "student": ["pyproject.toml"],
    "grade": ["pyproject.toml", "--extra=grade"],
    "staff": ["pyproject.toml", "--extra=staff"],
    "notebook": ["pyproject.toml", "--extra=notebook"],
    "dev": ["pyproject.toml", "--extra=staff", "--extra=cluster", "--group=dev"],
    "pythons": ["pyproject.toml", "--extra=grade", "--group=pythons"],
    "docs": ["--group=docs"],
    "fuzz": ["--group=fuzz"],
    "image": ["--group=image"],
    "libraries": ["pyproject.toml", "--extra=staff", "--group=libraries"],
    "otter": ["--group=otter"],
    "nbgrader": ["--group=nbgrader"],
}
HEADER = """\
# Every dependency of every environment, by hash, for Python 3.11 and later on every system. `make lock` writes it.
# Under each pin stand the environments that install it; `python3 tools/lock.py ENVIRONMENT` prints that part.
"""


class Pin(NamedTuple):
    """One version of a package, as ``name==version``, and who installs it when; a condition is "" for always."""

    name: str
    marker: str
    hashes: str
    environments: dict[str, str]

    def requirement(self, marker: str) -> str:
        return f"{self.name} ; {marker} \\\n" if marker else f"{self.name} \\\n"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("environment", nargs="?", choices=sorted(ENVIRONMENTS))
    parser.add_argument("--renew", action="store_true", help="resolve again and write the lock")
    parser.add_argument("--upgrade", action="store_true", help="with --renew: take the newest of everything")
    given = parser.parse_args()
    if given.renew:
        renew(["--upgrade"] if given.upgrade else [])
    elif given.environment:
        sys.stdout.write(part(given.environment))
    else:
        parser.error("name an environment, or --renew")


def part(environment: str) -> str:
    """What an environment installs, a line a pin, as a file for ``pip install --require-hashes -r``."""
    return "".join(
        (pin.requirement(pin.environments[environment]) + pin.hashes).replace(" \\\n    ", " ")
        for pin in read(LOCK.read_text(encoding="utf-8"))
        if environment in pin.environments
    )


def read(text: str) -> Iterator[Pin]:
    """The pins of a lock, or of what uv wrote, which names no environments."""
    for block in re.findall(r"^\S+==.*\n(?: .*\n)+", text, re.MULTILINE):
        head, *rest = block.splitlines(keepends=True)
        name, _, marker = head.removesuffix(" \\\n").partition(" ; ")
        environments = {}
        for line in rest:
            if line.startswith("    # "):
                names, _, narrower = line[6:-1].partition(": ")
                environments |= dict.fromkeys(names.split(), narrower or marker)
        yield Pin(name, marker, "".join(line for line in rest if "--hash" in line), environments)


def written(pin: Pin) -> str:
    """A pin as it stands in the lock: first who installs it on the pin's own condition, then who on a narrower one."""
    groups: dict[str, list[str]] = {pin.marker: []}
    for environment, marker in sorted(pin.environments.items()):
        groups.setdefault(marker, []).append(environment)
    comments = [
        f"    # {' '.join(names)}" + (f": {marker}\n" if marker != pin.marker else "\n")
        for marker, names in groups.items()
        if names
    ]
    return pin.requirement(pin.marker) + pin.hashes + "".join(comments)


def renew(options: list[str]) -> None:
    """Resolve all environments at once, then find out which part of that each one needs."""
    everything = sorted({word for words in ENVIRONMENTS.values() for word in words}, reverse=True)
    pins = {pin.name: pin for pin in read(_resolved(everything, LOCK, options))}
    with tempfile.TemporaryDirectory() as folder:
        for environment, words in ENVIRONMENTS.items():
            found = _resolved(words, Path(folder) / environment, [f"--constraint={LOCK}"])
            for pin in read(found):
                pins[pin.name].environments[environment] = pin.marker
    LOCK.write_text(HEADER + "".join(map(written, pins.values())), encoding="utf-8")
    AUTOGRADER.write_text(part("grade"), encoding="utf-8")


def _resolved(words: list[str], out: Path, options: list[str]) -> str:
    """What uv resolves; it keeps the pins that it finds in ``out``, and looks where pip would."""
    fixed = "--universal --python-version=3.11 --generate-hashes --no-annotate --no-header --quiet".split()
    command = [sys.executable, "-m", "uv", "pip", "compile", *fixed, *options, f"--output-file={out}", *words]
    places = {"UV_FIND_LINKS": "PIP_FIND_LINKS", "UV_EXTRA_INDEX_URL": "PIP_EXTRA_INDEX_URL"}
    found = {uv: ",".join(os.environ[pip].split()) for uv, pip in places.items() if pip in os.environ}
    subprocess.run(command, check=True, cwd=ROOT, env=os.environ | found)
    return out.read_text(encoding="utf-8")


if __name__ == "__main__":
    main()
