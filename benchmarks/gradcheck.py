"""Compare gradient checkers: which errors each catches, how often each fails a right answer, how long it takes.

    python -m benchmarks.gradcheck [--seeds N] [--peer-seeds M] [--jobs J]

prints Markdown tables for the ReLU network of `benchmarks.network`. Checkers of other projects take part where
torch, jax and autograd are installed, with their default tolerances; those that are absent are named. They need
not be in the project's own environment: any Python with numpy and this folder on its path will do.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from typing import Any

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")  # one core a process, for every checker alike

import numpy as np  # noqa: E402 - threads are set before numpy starts them

from benchmarks.network import STARTS, Network, near_kink, network, with_error  # noqa: E402
from grader import CheckFailed, check_gradient  # noqa: E402

Gradient = tuple[np.ndarray, ...]
Checker = Callable[[Network, Gradient], bool]
"""Whether a gradient passes."""


def ours(net: Network, gradient: Gradient, **options: Any) -> bool:
    names = {"dW1": 0, "db1": 1, "dW2": 2, "db2": 3}
    try:
        check_gradient(net.loss, gradient, net.parameters, wrt=names, batched=net.losses, **options)
    except CheckFailed:
        return False
    return True


def prefilter(net: Network, gradient: Gradient) -> bool:
    return ours(net, gradient, thorough=False)


def one_at_a_time(net: Network, gradient: Gradient) -> bool:
    """The full check without a batched loss: one Python call for each probe."""
    try:
        check_gradient(net.loss, gradient, net.parameters, wrt={"dW1": 0, "db1": 1, "dW2": 2, "db2": 3})
    except CheckFailed:
        return False
    return True


def classic(net: Network, gradient: Gradient) -> bool:
    """The loop of the course notes: central differences at 1e-5, relative error below 1e-7."""
    h, worst = 1e-5, 0.0
    parameters = tuple(part.copy() for part in net.parameters)
    for part, claimed in zip(parameters, gradient, strict=True):
        for index in np.ndindex(part.shape):
            old = part[index]
            part[index] = old + h
            plus = net.loss(*parameters)
            part[index] = old - h
            minus = net.loss(*parameters)
            part[index] = old
            slope, a = (plus - minus) / (2 * h), claimed[index]
            worst = max(worst, abs(a - slope) / max(1e-8, abs(a) + abs(slope)))
    return worst < 1e-7


@cache
def _torch_checkers() -> dict[str, Checker]:
    import torch

    torch.set_num_threads(1)

    class Claimed(torch.autograd.Function):
        """The network's loss, with the gradient under judgement for its backward."""

        @staticmethod
        def forward(ctx: Any, net: Network, gradient: Gradient, *parameters: Any) -> Any:
            ctx.gradient = gradient
            W1, b1, W2, b2 = parameters
            z = torch.relu(torch.from_numpy(net.X) @ W1 + b1) @ W2 + b2
            return torch.nn.functional.cross_entropy(z, torch.from_numpy(net.y))

        @staticmethod
        def backward(ctx: Any, up: Any) -> Any:
            return (None, None, *(up * torch.from_numpy(part) for part in ctx.gradient))

    def check(net: Network, gradient: Gradient, fast: bool) -> bool:
        inputs = [torch.from_numpy(part.copy()).requires_grad_() for part in net.parameters]
        return bool(
            torch.autograd.gradcheck(
                lambda *p: Claimed.apply(net, gradient, *p), inputs, fast_mode=fast, raise_exception=False
            )
        )

    return {
        "torch gradcheck, slow": lambda net, gradient: check(net, gradient, False),
        "torch gradcheck, fast": lambda net, gradient: check(net, gradient, True),
    }


@cache
def _jax_checkers() -> dict[str, Checker]:
    import jax
    import jax.numpy as jnp
    from jax.test_util import check_grads

    jax.config.update("jax_enable_x64", True)

    def check(net: Network, gradient: Gradient) -> bool:
        @jax.custom_vjp
        def loss(W1: Any, b1: Any, W2: Any, b2: Any) -> Any:
            z = jax.nn.relu(net.X @ W1 + b1) @ W2 + b2
            return -jnp.mean(jax.nn.log_softmax(z)[jnp.arange(len(net.y)), net.y])

        loss.defvjp(lambda *p: (loss(*p), None), lambda _, up: tuple(up * part for part in gradient))
        try:
            check_grads(loss, net.parameters, order=1, modes=["rev"])
        except AssertionError:
            return False
        return True

    return {"jax check_grads": check}


@cache
def _autograd_checkers() -> dict[str, Checker]:
    from autograd.extend import defvjp, primitive
    from autograd.test_util import check_vjp

    def check(net: Network, gradient: Gradient) -> bool:
        # The parameters as one vector, the form that the tester takes most simply.
        shapes = [part.shape for part in net.parameters]
        cuts = np.cumsum([part.size for part in net.parameters])[:-1]
        loss = primitive(
            lambda x: net.loss(*(p.reshape(s) for p, s in zip(np.split(x, cuts), shapes, strict=True)))
        )
        claimed = np.concatenate([part.ravel() for part in gradient])
        defvjp(loss, lambda ans, x: lambda up: up * claimed)
        np.random.seed(int(abs(claimed[0]) * 1e9) % 2**32)  # the tester draws from numpy's global generator
        try:
            check_vjp(loss, np.concatenate([part.ravel() for part in net.parameters]))
        except AssertionError:
            return False
        return True

    return {"HIPS autograd check_vjp": check}


OURS: dict[str, Checker] = {"gradmark, full": ours, "gradmark, prefilter only": prefilter}
PEERS = {"torch": _torch_checkers, "jax": _jax_checkers, "autograd": _autograd_checkers}


def checkers(names: tuple[str, ...]) -> dict[str, Checker]:
    """Those of ``names`` that are installed."""
    found = dict(OURS) if "gradmark" in names else {}
    if "classic" in names:
        found["classic relative error"] = classic
    for name, load in PEERS.items():
        if name in names:
            found.update(load())
    return found


def installed() -> tuple[list[str], list[str]]:
    """Peers that can be imported, and those that cannot."""
    here, absent = [], []
    for name, load in PEERS.items():
        try:
            load()
            here.append(name)
        except ImportError:
            absent.append(name)
    return here, absent


def errors(net: Network, gradient: Gradient, seed: int) -> dict[str, tuple[np.ndarray | None, float]]:
    """Which entries to disturb (None: all), and by what relative error."""
    sizes = np.abs(np.concatenate([part.ravel() for part in gradient]))
    ranks = np.argsort(sizes)
    rng = np.random.default_rng(seed)
    cases: dict[str, tuple[np.ndarray | None, float]] = {
        "one entry doubled": (rng.choice(np.flatnonzero(sizes > 0), 1), 1.0),
        "all entries, 1e-3": (None, 1e-3),
        "all entries, 1e-6": (None, 1e-6),
        "all entries, 1e-8": (None, 1e-8),
        "largest entry, 1e-8": (ranks[-1:], 1e-8),
        "median entry, 1e-7": (ranks[len(ranks) // 2 :][:1], 1e-7),
    }
    near = np.flatnonzero(near_kink(net, 2.0**-10) & (sizes[:1050] > 0))
    if len(near):
        cases["entry near a kink, 1e-4"] = (rng.choice(near, 1), 1e-4)
    return cases


def measure(job: tuple[tuple[str, ...], str, int, bool]) -> list[tuple[str, str, str, bool, float]]:
    """(checker, start, case, passed, seconds) for one network."""
    names, start, seed, inject = job
    net = network(start, seed)
    right = net.gradient(*net.parameters)
    cases: dict[str, Gradient] = {"right": right}
    if inject:
        cases |= {case: with_error(right, *what) for case, what in errors(net, right, seed).items()}
    rows = []
    for name, check in checkers(names).items():
        for case, gradient in cases.items():
            started = time.perf_counter()
            passed = check(net, gradient)
            rows.append((name, start, case, passed, time.perf_counter() - started))
    return rows


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def report(rows: list[tuple[str, str, str, bool, float]]) -> None:
    """Print the three tables."""
    names = list(dict.fromkeys(row[0] for row in rows))
    tally: dict[tuple[str, str, str], list[int]] = {}
    for name, start, case, passed, _ in rows:
        entry = tally.setdefault((name, start, case), [0, 0])
        entry[0] += not passed
        entry[1] += 1

    def cell(name: str, start: str, case: str) -> str:
        failed, count = tally.get((name, start, case), (0, 0))
        return f"{failed} of {count}" if count else "–"

    print("\nRight gradients failed (should be 0):\n")
    print(table(["start", *names], [[start, *(cell(n, start, "right") for n in names)] for start in STARTS]))
    cases = [case for case in dict.fromkeys(row[2] for row in rows) if case != "right"]
    print("\nWrong gradients caught (should be all):\n")
    lines = [
        [start, case, *(cell(n, start, case) for n in names)]
        for start in STARTS
        for case in cases
        if any((n, start, case) in tally for n in names)
    ]
    print(table(["start", "relative error in", *names], lines))


def times(names: tuple[str, ...], repeats: int) -> None:
    """Print what a right gradient costs, the fastest of some runs in one process."""
    everything = checkers(names)
    if "gradmark" in names:
        everything["gradmark, full, loss not batched"] = one_at_a_time
    rows = []
    for start in STARTS:
        net = network(start, 12_345)
        right = net.gradient(*net.parameters)
        seconds = {}
        for name, check in everything.items():
            check(net, right)
            runs = []
            for _ in range(repeats if name != "gradmark, prefilter only" else 10 * repeats):
                started = time.perf_counter()
                check(net, right)
                runs.append(time.perf_counter() - started)
            seconds[name] = min(runs)
        rows.append([start, *(f"{1e3 * seconds[name]:.2f} ms" for name in everything)])
    print("\nTime of one check of a right gradient (fastest run, one core):\n")
    print(table(["start", *everything], rows))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=5, help="networks per start for gradmark (default 5)")
    parser.add_argument(
        "--injected-seeds", type=int, help="how many of them get injected errors (default all)"
    )
    parser.add_argument("--peer-seeds", type=int, default=5, help="networks per start for the others")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument(
        "--minutes", type=float, default=float("inf"), help="start no more networks after this"
    )
    parser.add_argument("--only", help="comma-separated: gradmark, classic, torch, jax, autograd")
    options = parser.parse_args()
    here, absent = installed()
    wanted = options.only.split(",") if options.only else ["gradmark", "classic", *here]
    for name in absent:
        print(f"**{name} is not installed: it is absent from these tables.**", file=sys.stderr)
        print(f"**{name} is not installed: it is absent from these tables.**\n")
    injected = options.seeds if options.injected_seeds is None else options.injected_seeds
    jobs = []
    if "gradmark" in wanted:
        jobs += [(("gradmark",), s, i, i < injected) for i in range(options.seeds) for s in STARTS]
    others = tuple(name for name in wanted if name != "gradmark")
    if others:
        jobs += [(others, s, i, True) for i in range(options.peer_seeds) for s in STARTS]
    rows, deadline = [], time.monotonic() + 60 * options.minutes
    with ProcessPoolExecutor(options.jobs) as pool:
        for done in range(0, len(jobs), 20):
            if time.monotonic() > deadline:
                print(f"Stopped by --minutes after {done} of {len(jobs)} networks.\n")
                break
            rows += [row for part in pool.map(measure, jobs[done : done + 20]) for row in part]
    report(rows)
    times(tuple(wanted), 5)


if __name__ == "__main__":
    main()
