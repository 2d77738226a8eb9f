"""Compare the vectorised reference solutions with well-known libraries, on one processor.

    python -m benchmarks.references metrics     needs scikit-learn, which the development environment has
    python -m benchmarks.references step        needs jax, which the environment of ``make oracles`` has
    ... [--size 1000000] [--rounds 9]

Both sides get the same arrays, take turns, and must return the same numbers. The step is the loss of a network with one
hidden layer, and all its gradients: 256 examples of 784 features, 128 hidden units and 10 classes in double precision.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any

# One thread each, as in grading; set before numpy and the others are loaded.
os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1")
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

import numpy as np

Pair = tuple[Callable[[], Any], Callable[[], Any]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("what", choices=["metrics", "step"])
    parser.add_argument("--size", type=int, default=1_000_000, help="number of scores for the metrics")
    parser.add_argument("--rounds", type=int, default=9)
    given = parser.parse_args()
    library, pairs = metrics(given.size) if given.what == "metrics" else step()
    print(f"| {given.what} | reference, ms | {library}, ms | ratio |")
    print("|---|---:|---:|---:|")
    for name, (ours, theirs) in pairs.items():
        agree(name, ours(), theirs())
        one, other = in_turn(ours, theirs, given.rounds)
        print(f"| {name} | {1e3 * one:.2f} | {1e3 * other:.2f} | {one / other:.2f} |")


def agree(name: str, ours: Any, theirs: Any) -> None:
    for one, other in zip(ours, theirs, strict=True):
        if not np.allclose(one, other, rtol=1e-9, atol=1e-12):
            sys.exit(f"{name}: the two give different numbers, so their times cannot be compared")


def in_turn(ours: Callable[[], Any], theirs: Callable[[], Any], rounds: int) -> tuple[float, float]:
    """The median seconds of each."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for act, taken in zip((ours, theirs), times, strict=True):
            started = perf_counter()
            act()
            taken.append(perf_counter() - started)
    return statistics.median(times[0]), statistics.median(times[1])


def metrics(size: int) -> tuple[str, dict[str, Pair]]:
    """Ranking metrics for scores with ties, and the confusion matrix of ten classes."""
    import sklearn
    from sklearn import metrics as theirs

    from reference.metrics import confusion_matrix
    from reference.ranking import average_precision, roc_auc, roc_curve

    rng = np.random.default_rng(0)
    labels = rng.integers(2, size=size)
    scores = np.round(rng.normal(size=size) + labels, 4)
    true, predicted = rng.integers(10, size=size), rng.integers(10, size=size)
    named: dict[str, Pair] = {
        f"ROC curve of {size:,} scores": (
            lambda: roc_curve(labels, scores),
            lambda: theirs.roc_curve(labels, scores, drop_intermediate=False)[:2],
        ),
        "area under it": (
            lambda: (roc_auc(labels, scores),),
            lambda: (theirs.roc_auc_score(labels, scores),),
        ),
        "average precision": (
            lambda: (average_precision(labels, scores),),
            lambda: (theirs.average_precision_score(labels, scores),),
        ),
        "confusion matrix of 10 classes": (
            lambda: confusion_matrix(true, predicted, 10),
            lambda: theirs.confusion_matrix(true, predicted),
        ),
    }
    return f"scikit-learn {sklearn.__version__}", named


def step() -> tuple[str, dict[str, Pair]]:
    """A network's loss and gradients; jax's compilation is not timed."""
    import jax
    import jax.numpy as jnp

    from reference.mlp import mlp_loss

    jax.config.update("jax_enable_x64", True)
    rng = np.random.default_rng(0)
    examples, features, hidden, classes, l2 = 256, 784, 128, 10, 1e-3
    X, y = rng.normal(size=(examples, features)), rng.integers(classes, size=examples)
    params = {
        "W1": 0.05 * rng.normal(size=(features, hidden)),
        "b1": np.zeros(hidden),
        "W2": 0.05 * rng.normal(size=(hidden, classes)),
        "b2": np.zeros(classes),
    }

    def loss(p: dict[str, Any], X: Any, y: Any) -> Any:
        scores = jax.nn.relu(X @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"]
        data = -jnp.take_along_axis(jax.nn.log_softmax(scores), y[:, None], axis=1).mean()
        return data + 0.5 * l2 * ((p["W1"] ** 2).sum() + (p["W2"] ** 2).sum())

    compiled = jax.jit(jax.value_and_grad(loss))
    there = jax.device_put((params, X, y))

    def ours() -> list[Any]:
        value, gradients = mlp_loss(params, X, y, l2)
        return [value, *(gradients[name] for name in params)]

    def theirs() -> list[Any]:
        value, gradients = jax.block_until_ready(compiled(*there))
        return [value, *(gradients[name] for name in params)]

    return f"jax {jax.__version__}", {"loss and gradients": (ours, theirs)}


if __name__ == "__main__":
    main()
