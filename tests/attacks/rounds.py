"""Rounds of attacks, the whole corpus under one plan each, several processes at a time; and the table of them.

Nearly all of a round is waiting for the limits that attacks run into, so that more processes than cores pay.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.attacks.arena import chosen

__all__ = ["Place", "Round", "Rounds", "arguments", "here"]

SHARE_SECONDS = 900.0
"""Several times what a share takes on a slow machine; one that is not done by then hangs."""
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Place:
    """A kind of machine: how a command is run there."""

    name: str
    before: tuple[str, ...] = ()
    python: str = sys.executable
    folder: Path = ROOT
    environment: Mapping[str, str] | None = None

    def command(self, *arguments: str) -> list[str]:
        return [*self.before, self.python, "-m", "tests.attacks.share", *arguments]

    def surroundings(self) -> dict[str, str]:
        given = os.environ if self.environment is None else self.environment
        return {**given, "PYTHONDONTWRITEBYTECODE": "1"}

    def plans(self) -> list[str]:
        """Names of the plans that it allows, the best first; none where not even these can be found out."""
        done = subprocess.run(
            self.command("--list"), cwd=self.folder, env=self.surroundings(), stdout=subprocess.PIPE, check=False
        )  # fmt: skip
        names: list[str] = json.loads(done.stdout) if done.returncode == 0 else []
        return names


@dataclass(frozen=True)
class Round:
    """The corpus under one plan of one place."""

    place: Place
    plan: str


def here() -> Place:
    """This user on this machine, whatever it is."""
    return Place("host root" if os.geteuid() == 0 else "host user")


def arguments(description: str | None) -> argparse.ArgumentParser:
    """What every command that tries attacks understands."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", help="attacks whose name holds this")
    parser.add_argument("--plan", default="", help="plans whose name holds this")
    parser.add_argument("--verbose", action="store_true", help="a line for each attack")
    parser.add_argument("--jobs", type=int, default=2 * (os.cpu_count() or 1) + 1, help="processes at a time")
    return parser


class Rounds:
    """Rounds under way; `table` waits for them.

    Args:
        only: Attacks whose name holds this.
        jobs: Processes at a time.
        shares: Processes that each round is divided between.
        verbose: Print a line for each attack too.
    """

    def __init__(self, *, only: str, jobs: int, shares: int, verbose: bool) -> None:
        self._shares = shares
        self._attacks = chosen(only)
        self._only = only
        self._verbose = verbose
        self._pool = ThreadPoolExecutor(jobs)
        self._rounds: list[tuple[Round, list[Future[_Told]]]] = []

    def add(self, one: Round) -> None:
        """Begin a round as soon as a process is free."""
        shares = [self._pool.submit(self._share, one, number) for number in range(1, self._shares + 1)]
        self._rounds.append((one, shares))

    def table(self) -> int:
        """Print a row for each round, in the order in which they were added; the number of attacks not contained."""
        rows, escaped = [], 0
        for one, shares in self._rounds:
            told: dict[str, Any] = {}
            layers: list[str] = []
            for share in shares:
                told |= share.result().attacks
                layers = layers or share.result().layers
            contained = 0
            for attack in self._attacks:
                problems = _problems(told.get(attack.name))
                contained += not problems
                for problem in problems:
                    name = f"{one.place.name}, {one.plan}"
                    print(f"NOT CONTAINED, {name}: {attack.name} ({attack.says}) {problem}", file=sys.stderr)
                if self._verbose and attack.name in told:
                    came_to = told[attack.name]
                    print(f"  {came_to['seconds']:5.2f} s  {attack.name:34} {came_to['came_to']}")
            escaped += len(self._attacks) - contained
            seconds = sum(share.result().seconds for share in shares)
            rows.append(
                f"{one.place.name + ': ' + one.plan:36} tried {len(self._attacks):4}   "
                f"contained {contained:4} of {len(self._attacks):4}   {seconds:5.0f} s   {', '.join(layers)}"
            )
        self._pool.shutdown()
        print("\n".join(rows))
        return escaped

    def _share(self, one: Round, number: int) -> _Told:
        command = one.place.command(
            "--plan", one.plan, "--share", f"{number}/{self._shares}", "--only", self._only
        )
        started = time.monotonic()
        process = subprocess.Popen(
            command, cwd=one.place.folder, env=one.place.surroundings(), stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            output, _ = process.communicate(timeout=SHARE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            output, _ = process.communicate()
        lines = _lines(output)
        layers: list[str] = next((line["layers"] for line in lines if "layers" in line), [])
        attacks = {line["attack"]: line for line in lines if "attack" in line}
        return _Told(layers, attacks, time.monotonic() - started)


@dataclass(frozen=True)
class _Told:
    """What a share said: a line for each attack, as far as it came."""

    layers: list[str]
    attacks: dict[str, Any]
    seconds: float


def _lines(output: str) -> Sequence[Any]:
    lines = []
    for line in output.splitlines():
        try:
            lines.append(json.loads(line))
        except ValueError:  # cut off where the process was killed
            break
    return lines


def _problems(told: Any) -> list[str]:
    if told is None:
        return ["has no verdict: the worker did not live to tell, or never came to it"]
    problems: list[str] = told["problems"]
    return problems
