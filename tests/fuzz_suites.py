"""``python -m tests.fuzz_suites``: whole suites put to random and adversarial answers, for a bounded time.

The judge is the real one, and so are the codec and the conversation; only the submission's process is an impostor
within this one, whose functions answer anything, or nearly right, and call back with anything what they are given.
Whatever they answer earns no point, takes no more time than a submission has, and no more memory than an answer
pays for, and nothing of ours fails over it. A failure is printed with the command that repeats it.
"""

from __future__ import annotations

import argparse
import contextlib
import copy
import random
import socket
import sys
import threading
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from grader.judge import Submission
from grader.limits import Limits
from grader.pset import load_problem_set
from grader.pset.namespace import solution_namespace
from grader.sandbox.crossing.channel import Channel, ChannelClosed
from grader.sandbox.crossing.messages import Calls, CellsFound, FromSandbox, Get, Keep, Loaded, ToSandbox
from grader.sandbox.inside.calls import Answerer
from tests.attacks.judging import Judge
from tests.attacks.surroundings import Peak, data_limited
from tests.fuzz_values import Values, changed

COURSE = Path(__file__).resolve().parents[1]
PSETS = ("ps0", "ps1", "ps2", "ps3", "ps4", "ps5", "variables")
CLOCK = 10.0
MOST_PROCESSOR_SECONDS = 3 * CLOCK
"""Of this whole process: the judge stops a second a step after the clock, and the impostor computes too."""
MOST_MORE_MB = 400
OWN_MB = 200
"""What the impostor takes: a value of at most 64 MB, the message made of it, and the bytes on their way."""
LARGEST_MB = 1024
FORM_ALONE = {
    "test_shapes_of_the_start",
    "test_the_start_is_the_generators_and_nothing_elses",
    "test_rough_size_of_the_weights",
}
"""Tests that ask for the form of random weights, their rough size, or what they depend on; others may be as right."""
MODES = ("wild", "constant", "near", "mixed")


class Impostor:
    """The trusted side of a process that is none: a thread answers with the functions of a namespace."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        ours, theirs = socket.socketpair()
        self.channel: Channel[Any] = Channel(ours, FromSandbox)
        self._other: Channel[Any] = Channel(theirs, ToSandbox)
        threading.Thread(target=self._live, args=(namespace,), daemon=True).start()

    def waited(self) -> float:
        return 0.0

    def interrupt(self) -> None:
        """It runs no cells."""

    def leave(self) -> None:
        self.channel.close()

    end = leave

    def how_it_ended(self) -> str:
        return "ended the whole process"

    def limit_hit(self) -> None:
        return None

    def _live(self, namespace: dict[str, Any]) -> None:
        channel = self._other
        with contextlib.suppress(ChannelClosed, OSError), contextlib.closing(channel):
            channel.receive()  # the submission's files, which nobody reads
            channel.send(CellsFound(lines=[]))
            channel.send(Loaded())
            answerer = Answerer(channel, namespace)
            while True:
                request, body = channel.receive()
                if isinstance(request, Calls):
                    answerer.calls(request, body)
                elif isinstance(request, Get):
                    answerer.get(request)
                elif isinstance(request, Keep):
                    answerer.keep(request, body)


class Impostors:
    """In the place of a sandbox."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.problems: dict[str, str] = {}
        self.layers: list[str] = []
        self.namespace: dict[str, Any] = {}

    def fork(self) -> Impostor:
        return Impostor(self.namespace)

    def launch(self) -> None: ...

    def start(self) -> None: ...

    def settle(self) -> None: ...

    def close(self) -> None: ...


class Node:
    """An object whose attributes, operators and methods are what somebody draws."""

    def __init__(self, draw: Callable[[], Any]) -> None:
        self._draw = draw

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        value = self._draw()
        return (
            (lambda *_: self)
            if callable(value) or name in ("max", "exp", "reciprocal", "backward")
            else value
        )

    def _made(self, *_: Any) -> Any:
        value = self._draw()
        return self if value is None else value

    __add__ = __radd__ = __mul__ = __rmul__ = __neg__ = _made


class Answers:
    """The functions of one impostor."""

    def __init__(self, seed: int, names: list[str], solution: dict[str, Any]) -> None:
        self.rng = random.Random(seed)
        self._values = Values(self.rng)
        self._solution = solution
        self.mode = self.rng.choice(MODES)
        self._constants: dict[str, Any] = {}
        self.namespace = {name: self._function(name) for name in names}

    def _function(self, name: str) -> Callable[..., Any]:
        def function(*arguments: Any, **keywords: Any) -> Any:
            mode = self.rng.choice(MODES[:3]) if self.mode == "mixed" else self.mode
            if mode != "near":
                self._call_back(arguments)
            if name[0].isupper() and self.rng.random() < 0.7:
                return Node(self._values.value)
            if mode == "near" and not name[0].isupper():
                return self._near(name, arguments, keywords)
            if mode == "constant":
                return self._constants.setdefault(name, self._values.value())
            if self.rng.random() < 0.03:
                raise self.rng.choice((ValueError, KeyError, MemoryError, RecursionError))(
                    "x" * self.rng.randrange(9_000)
                )
            return self._values.value()

        return function

    def _call_back(self, arguments: tuple[Any, ...]) -> None:
        for given in arguments:
            if callable(given) and not isinstance(given, np.random.Generator):
                for _ in range(self.rng.randrange(5)):
                    with contextlib.suppress(Exception):
                        given(*(self._values.small() for _ in range(self.rng.choice((1, 1, 1, 3, 4)))))

    def _near(self, name: str, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        try:
            with np.errstate(all="ignore"):
                right = self._solution[name](*copy.deepcopy(arguments), **keywords)
        except Exception:
            return 0.25  # where an exception is right
        return changed(self.rng, right)


def attempt(judge: Judge, sandbox: Impostors, seed: int, solution: dict[str, Any]) -> tuple[str, list[str]]:
    """Grade one impostor; its mode, and what went wrong."""
    names = [name for question in judge.problem_set.questions for name in question.functions]
    answers = Answers(seed, names, solution)
    sandbox.namespace = answers.namespace
    peak, processor = Peak(), time.process_time()
    with data_limited(LARGEST_MB + OWN_MB):
        result = judge.grade(Submission("impostor", {"x.py": b""}))
    took, more = time.process_time() - processor, peak.more_mb()
    problems = list(_unearned(result))
    if result.status != "graded":
        problems.append(f"ended as {result.status}: {result.reason}")
    problems += judge.problems
    if took > MOST_PROCESSOR_SECONDS:
        problems.append(f"took {took:.0f} s of processor time, where a submission has {CLOCK:g}")
    if more > MOST_MORE_MB + OWN_MB:
        problems.append(f"took {more} MB of memory more than before")
    return answers.mode, problems


def _unearned(result: Any) -> Iterator[str]:
    for question in result.questions:
        for test in question.tests:
            if test.score and test.name not in FORM_ALONE:
                yield f"{test.name} gave a point"


def fuzz(pset: str, seconds: float, rounds: int, first: int) -> tuple[Counter[str], int]:
    """Put a suite to impostors until the time or the rounds are over; modes tried, and how many failed."""
    of_course, of_kinds = COURSE / "psets" / pset, COURSE / "examples" / "asking" / "psets" / pset
    problem_set = load_problem_set(of_course if of_course.is_dir() else of_kinds)
    limits = msgspec.structs.replace(problem_set.limits, submission_seconds=CLOCK, call_seconds=CLOCK)
    sandbox: Any = Impostors(limits)
    solution = solution_namespace(problem_set)
    tried, failed = Counter[str](), 0
    until = time.monotonic() + seconds
    with Judge(problem_set, sandbox=sandbox) as judge:
        for number in range(rounds):
            if time.monotonic() > until:
                break
            mode, problems = attempt(judge, sandbox, first + number, solution)
            tried[mode] += 1
            failed += bool(problems)
            for problem in problems:
                print(f"{pset}, {mode}: {problem}\n  again: python -m tests.fuzz_suites --pset {pset} "
                      f"--seed {first + number} --rounds 1", file=sys.stderr)  # fmt: skip
    return tried, failed


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=60.0, help="for all suites together")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    parser.add_argument("--rounds", type=int, default=10**9, help="impostors for each suite, at most")
    parser.add_argument("--pset", choices=PSETS, action="append", help="one suite alone")
    given = parser.parse_args()
    psets = given.pset or PSETS
    warnings.simplefilter("ignore")  # a test's own function warns of what it is called with
    all_failed = 0
    for pset in psets:
        tried, failed = fuzz(pset, given.seconds / len(psets), given.rounds, given.seed)
        all_failed += failed
        modes = ", ".join(f"{count} {mode}" for mode, count in tried.most_common())
        print(f"{pset}: {tried.total():5} impostors ({modes}), {failed} failed", flush=True)
    print(f"seed {given.seed}")
    return 1 if all_failed else 0


if __name__ == "__main__":
    sys.exit(main())
