"""Optimizers: what to do with a gradient once you have it.

Every optimizer is one step, a pure function ``(w, dw, state, **settings) -> (w, state)``. It takes the parameters
w, an array of any shape, the gradient dw of the same shape, and its memory of earlier steps; it returns the new
parameters and the new memory. The memory is a dictionary, **empty at the first step**; the caller passes it on to the
next step without looking inside. Nothing is changed in place, so a run can go back to any step.

Symbols: ε is the learning rate (the lecture's), g = dw the gradient, δ the small constant ``epsilon`` that keeps
a division finite; squares, roots and quotients are taken entry by entry. All running averages start at 0.

Conventions on which libraries differ:

- The velocity of `momentum` and `nesterov` holds the learning rate: v ← μv − εg. torch and optax keep v ← μv + g and
  multiply by ε afterwards, which gives the same steps while ε and μ are constant, and different ones when ε changes.
- `nesterov` takes and returns the look-ahead point, where the gradient is measured.
- δ stands outside the root in `adagrad`, `rmsprop` and `adam`, as in torch; `reference.epsilon_inside_root` has
  the other reading. It stands inside both roots of `adadelta`, as in its paper.
- Only `adam` corrects for the start at 0; its t is 1 at the first step.

Source: lecture rows L2 and L14.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["adadelta", "adagrad", "adam", "momentum", "nesterov", "rmsprop", "sgd"]

Array = NDArray[np.float64]
State = dict[str, Any]


def sgd(w: Array, dw: Array, state: State, learning_rate: float = 0.01) -> tuple[Array, State]:
    """Step against the gradient.

    w ← w − εg. Whether this is gradient descent, minibatch or stochastic gradient descent depends on what g
    was averaged over. It remembers nothing: the state stays empty.

    Shapes: w and dw alike → (w, {}). Source: L2, L14.

    >>> sgd(np.array([1.0, -2.0]), np.array([0.5, -1.0]), {}, learning_rate=0.1)
    (array([ 0.95, -1.9 ]), {})
    """
    return w - learning_rate * dw, {}


def momentum(
    w: Array, dw: Array, state: State, learning_rate: float = 0.01, mu: float = 0.9
) -> tuple[Array, State]:
    """Step along a velocity that forgets slowly.

    v ← μv − εg, then w ← w + v, with v = 0 before the first step. Against a steady gradient the velocity grows to
    −εg/(1−μ); across a valley, where the gradient changes sign, it cancels.

    Shapes: w and dw alike → (w, {"v": v}). Source: L14; B. Polyak, 1964, in the form of I. Sutskever et al., 2013.

    >>> w, state = momentum(np.array([1.0]), np.array([2.0]), {}, learning_rate=0.1, mu=0.5)
    >>> w, state = momentum(w, np.array([2.0]), state, learning_rate=0.1, mu=0.5)
    >>> w, state["v"]
    (array([0.5]), array([-0.3]))
    """
    v = mu * state.get("v", 0.0) - learning_rate * dw
    return w + v, {"v": v}


def nesterov(
    w: Array, dw: Array, state: State, learning_rate: float = 0.01, mu: float = 0.9
) -> tuple[Array, State]:
    """Step by momentum, with the gradient measured where the velocity is about to carry the parameters.

    v ← μv − εg, then w ← w + μv − εg with the new v. The w taken and returned is the look-ahead point u + μv of
    the textbook's u, which moves by u ← u + v, so a caller measures the gradient at w, as for any other optimizer.

    Shapes: w and dw alike → (w, {"v": v}). Source: L14; Y. Nesterov, 1983, in the form of Y. Bengio et al., 2013.

    >>> w, state = nesterov(np.array([1.0]), np.array([2.0]), {}, learning_rate=0.1, mu=0.5)
    >>> w, state = nesterov(w, np.array([2.0]), state, learning_rate=0.1, mu=0.5)
    >>> w.round(12), state["v"]
    (array([0.35]), array([-0.3]))
    """
    v = mu * state.get("v", 0.0) - learning_rate * dw
    return w + mu * v - learning_rate * dw, {"v": v}


def adagrad(
    w: Array, dw: Array, state: State, learning_rate: float = 0.01, epsilon: float = 1e-8
) -> tuple[Array, State]:
    """Divide every parameter's rate by the root of the sum of its squared gradients.

    G ← G + g², then w ← w − εg / (√G + δ). Rates only ever fall. optax starts G at 0.1 unless told otherwise.

    Shapes: w and dw alike → (w, {"sum": G}). Source: L14; J. Duchi, E. Hazan and Y. Singer, 2011.

    >>> w, state = adagrad(np.array([1.0]), np.array([3.0]), {}, learning_rate=0.1, epsilon=0.0)
    >>> w, state = adagrad(w, np.array([4.0]), state, learning_rate=0.1, epsilon=0.0)
    >>> w.round(12), state["sum"]
    (array([0.82]), array([25.]))
    """
    total = state.get("sum", 0.0) + dw**2
    return w - learning_rate * dw / (np.sqrt(total) + epsilon), {"sum": total}


def rmsprop(
    w: Array,
    dw: Array,
    state: State,
    learning_rate: float = 0.01,
    decay: float = 0.99,
    epsilon: float = 1e-8,
) -> tuple[Array, State]:
    """Divide every parameter's rate by the root mean square of its recent gradients.

    C ← ρC + (1−ρ)g² with ρ = ``decay``, then w ← w − εg / (√C + δ). C starts at 0 without a correction, so the first
    steps are long: the very first is ε/√(1−ρ).

    Shapes: w and dw alike → (w, {"cache": C}). Source: L14; G. Hinton, lecture 6 of *Neural Networks for Machine
    Learning*, 2012.

    >>> w, state = rmsprop(np.array([1.0]), np.array([2.0]), {}, learning_rate=0.1, decay=0.75, epsilon=0.0)
    >>> w, state["cache"]
    (array([0.8]), array([1.]))
    """
    cache = decay * state.get("cache", 0.0) + (1 - decay) * dw**2
    return w - learning_rate * dw / (np.sqrt(cache) + epsilon), {"cache": cache}


def adadelta(
    w: Array, dw: Array, state: State, learning_rate: float = 1.0, rho: float = 0.95, epsilon: float = 1e-6
) -> tuple[Array, State]:
    """Choose every parameter's rate by comparing its recent steps with its recent gradients.

    G ← ρG + (1−ρ)g²; Δ = −√(D + δ) / √(G + δ) · g with the D of the earlier steps; D ← ρD + (1−ρ)Δ²; w ← w + εΔ. Δ has
    the units of w. D averages Δ itself, without ε, which is 1 in the paper; torch and optax do the same. δ is more than
    a safeguard here: while D is 0, it determines the length of the first steps.

    Shapes: w and dw alike → (w, {"cache": G, "steps": D}). Source: L14; M. Zeiler, 2012.

    >>> w, state = adadelta(np.array([1.0]), np.array([2.0]), {}, rho=0.5, epsilon=1.0)
    >>> state["cache"], state["steps"].round(12), w.round(4)
    (array([2.]), array([0.66666667]), array([-0.1547]))
    """
    cache = rho * state.get("cache", 0.0) + (1 - rho) * dw**2
    step = -np.sqrt(state.get("steps", 0.0) + epsilon) / np.sqrt(cache + epsilon) * dw
    steps = rho * state.get("steps", 0.0) + (1 - rho) * step**2
    return w + learning_rate * step, {"cache": cache, "steps": steps}


def adam(
    w: Array,
    dw: Array,
    state: State,
    learning_rate: float = 0.001,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
) -> tuple[Array, State]:
    """Step by the mean of recent gradients over the root of the mean of their squares.

    t ← t + 1; m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; m̂ = m/(1−β₁ᵗ); v̂ = v/(1−β₂ᵗ); w ← w − εm̂ / (√v̂ + δ). t is 1 at
    the first step, whose length is therefore ε in every entry. The state keeps m and v uncorrected. The paper's
    shortcut, and TensorFlow, add δ to √v instead of √v̂.

    Shapes: w and dw alike → (w, {"t": t, "m": m, "v": v}). Source: L14; D. Kingma and J. Ba, 2015.

    >>> w, state = adam(np.array([1.0, 1.0]), np.array([100.0, -0.01]), {}, learning_rate=0.1, epsilon=0.0)
    >>> w.round(12), state["t"]
    (array([0.9, 1.1]), 1)
    """
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}
