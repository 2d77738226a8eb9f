"""Gradient checkers to compare: ours with and without its parts, a plain loop, and those of torch, jax and autograd."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from benchmarks.network import Network
from grader import CheckFailed, check_gradient

__all__ = ["BATCHES", "ORDER", "OURS", "PEERS", "Checker", "Gradient", "checkers", "installed"]

Gradient = tuple[np.ndarray, ...]
Checker = Callable[[Network, Gradient], bool]
"""Whether a gradient passes."""
NAMES = {"dW1": 0, "db1": 1, "dW2": 2, "db2": 3}


def ours(net: Network, gradient: Gradient, **options: Any) -> bool:
    try:
        # Only the verdict is measured: finding all errors of a wrong gradient would cost ten times as much.
        check_gradient(
            net.loss, gradient, net.parameters, wrt=NAMES, batched=net.losses, localise=False, **options
        )
    except CheckFailed:
        return False
    return True


def exact(net: Network, gradient: Gradient) -> bool:
    """Slopes by the complex step, for which this loss is safe."""
    return ours(net, gradient, complex_step=True)


def prefilter(net: Network, gradient: Gradient) -> bool:
    return ours(net, gradient, thorough=False)


def one_at_a_time(net: Network, gradient: Gradient, **options: Any) -> bool:
    """The full check without a batched loss: one Python call per probe."""
    try:
        check_gradient(net.loss, gradient, net.parameters, wrt=NAMES, localise=False, **options)
    except CheckFailed:
        return False
    return True


def exact_one_at_a_time(net: Network, gradient: Gradient) -> bool:
    return one_at_a_time(net, gradient, complex_step=True)


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
        """The network's loss, whose backward pass returns the gradient to judge."""

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
        # The parameters as one vector, which is simplest for the tester.
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


# Groups of checkers that run on the same networks.
OURS: dict[str, dict[str, Checker]] = {
    "gradmark": {"gradmark": ours, "gradmark, prefilter only": prefilter},
    "complex": {"gradmark, complex step": exact},
    "classic": {"classic relative error": classic},
}
PEERS = {"torch": _torch_checkers, "jax": _jax_checkers, "autograd": _autograd_checkers}


def checkers(group: str) -> dict[str, Checker]:
    return OURS[group] if group in OURS else PEERS[group]()


# The same checks without a batched loss, for the table of times.
BATCHES: dict[str, dict[str, Checker]] = {
    "gradmark": {"gradmark, loss not batched": one_at_a_time},
    "complex": {"gradmark, complex step, loss not batched": exact_one_at_a_time},
}
ORDER = (
    "gradmark",
    "gradmark, loss not batched",
    "gradmark, complex step",
    "gradmark, complex step, loss not batched",
    "gradmark, prefilter only",
    "classic relative error",
    "torch gradcheck, slow",
    "torch gradcheck, fast",
    "jax check_grads",
    "HIPS autograd check_vjp",
)


def installed() -> tuple[list[str], list[str]]:
    """Peers that can be imported, and those that cannot."""
    here = [name for name in PEERS if importlib.util.find_spec(name)]
    return here, [name for name in PEERS if name not in here]
