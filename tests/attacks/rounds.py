"""Rounds of attacks, under one plan each, several processes at a time; and the table of them.

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
    """The corpus, or what of it a plan's walls concern, under one plan of one place."""

    place: Place
    plan: str
    everything: bool = False
    """Whether to try all attacks, not only those that a plan of other layers might let through."""


def here() -> Place:
    """This user on this machine, whatever it is."""
    return Place("host root" if os.geteuid() == 0 else "host user")


def arguments(description: str | None) -> argparse.ArgumentParser:
    """What every command that tries attacks understands."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", help="attacks whose name holds this, or of this problem set")
    parser.add_argument("--plan", default="", help="plans whose name holds this")
    parser.add_argument("--verbose", action="store_true", help="a line for each attack")
    parser.add_argument("--jobs", type=int, default=2 * (os.cpu_count() or 1) + 1, help="processes at a time")
    return parser


class Rounds:
    """Rounds under way; `table` waits for them.

    Args:
        only: Attacks whose name holds this, or of the problem set called so.
        jobs: Processes at a time.
        verbose: Print a line for each attack too.
    """

    def __init__(self, *, only: str, jobs: int, verbose: bool) -> None:
        self._jobs = jobs
        self._only = only
        self._verbose = verbose
        self._pool = ThreadPoolExecutor(jobs)
        self._rounds: list[tuple[Round, list[Future[_Told]]]] = []
        self._started = time.monotonic()

    def add(self, one: Round) -> None:
        """Begin a round as soon as a process is free; one of all attacks in smaller shares, to end with the others."""
        count = 2 * self._jobs if one.everything else max(self._jobs // 2, 1)
        shares = [self._pool.submit(self._share, one, number, count) for number in range(1, count + 1)]
        self._rounds.append((one, shares))

    def table(self) -> int:
        """Print a row for each round, in the order in which they were added; the number of attacks not contained."""
        rows, escaped = [], 0
        for one, shares in self._rounds:
            told = [share.result() for share in shares]
            open_ones = sum(self._say(f"{one.place.name}, {one.plan}", share) for share in told)
            tried = sum(len(share.names) for share in told)
            escaped += open_ones
            layers = next((share.layers for share in told if share.layers), [])
            rows.append(
                f"{one.place.name + ': ' + one.plan:36} tried {tried:4}   "
                f"contained {tried - open_ones:4} of {tried:4}   "
                f"{sum(share.seconds for share in told):5.0f} s   {', '.join(layers)}"
            )
        self._pool.shutdown()
        print("\n".join(rows))
        print(f"all of it took {time.monotonic() - self._started:.0f} s, {self._jobs} processes at a time")
        return escaped

    def _say(self, where: str, share: _Told) -> int:
        """Print what a share has to tell; how many of its attacks are not known to be contained."""
        if not share.layers:
            print(f"NOT TRIED, {where}: a process ended before it had begun", file=sys.stderr)
            return 1
        count = 0
        for name in share.names:
            told = share.attacks.get(name)
            problems = (
                told["problems"]
                if told
                else ["has no verdict: the judge did not live to tell, or was not done"]
            )
            count += bool(problems)
            for problem in problems:
                says = f" ({told['says']})" if told else ""
                print(f"NOT CONTAINED, {where}: {name}{says} {problem}", file=sys.stderr)
            if self._verbose and told:
                print(
                    f"  {told['seconds']:5.2f} s {told['more_mb']:5} MB  {name:40} {told['came_to']}",
                    flush=True,
                )
        return count

    def _share(self, one: Round, number: int, count: int) -> _Told:
        command = one.place.command(
            "--plan", one.plan, "--share", f"{number}/{count}", "--only", self._only,
            *(["--everything"] if one.everything else []),
        )  # fmt: skip
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
        first = next((line for line in lines if "layers" in line), {"layers": [], "attacks": []})
        attacks = {line["attack"]: line for line in lines if "attack" in line}
        return _Told(first["layers"], first["attacks"], attacks, time.monotonic() - started)


@dataclass(frozen=True)
class _Told:
    """What a share said: a line for each attack, as far as it came."""

    layers: list[str]
    names: list[str]
    """The attacks it was to try."""
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
