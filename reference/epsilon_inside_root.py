"""`adagrad`, `rmsprop` and `adam` with the small constant inside the root: the other common reading.

The steps are those of `reference.optimizers` except for the divisor, √(x + δ) instead of √x + δ. Papers and
libraries have both (optax: inside for Adagrad and, by default, RMSProp; torch: outside), so a problem set accepts
either. The two differ as much as δ matters: little at 1e-8, visibly where a gradient is as small as √δ.

Source: lecture row L14.
"""

from __future__ import annotations

import numpy as np

from reference.optimizers import Array, State

__all__ = ["adagrad", "adam", "rmsprop"]


def adagrad(
    w: Array, dw: Array, state: State, learning_rate: float = 0.01, epsilon: float = 1e-8
) -> tuple[Array, State]:
    """Adagrad's step, w ← w − εg / √(G + δ).

    Shapes: w and dw alike → (w, {"sum": G}). Source: L14.

    >>> adagrad(np.array([1.0]), np.array([3.0]), {}, learning_rate=1.0, epsilon=16.0)
    (array([0.4]), {'sum': array([9.])})
    """
    total = state.get("sum", 0.0) + dw**2
    return w - learning_rate * dw / np.sqrt(total + epsilon), {"sum": total}


def rmsprop(
    w: Array,
    dw: Array,
    state: State,
    learning_rate: float = 0.01,
    decay: float = 0.99,
    epsilon: float = 1e-8,
) -> tuple[Array, State]:
    """RMSProp's step, w ← w − εg / √(C + δ).

    Shapes: w and dw alike → (w, {"cache": C}). Source: L14.

    >>> rmsprop(np.array([1.0]), np.array([6.0]), {}, learning_rate=1.0, decay=0.75, epsilon=16.0)
    (array([-0.2]), {'cache': array([9.])})
    """
    cache = decay * state.get("cache", 0.0) + (1 - decay) * dw**2
    return w - learning_rate * dw / np.sqrt(cache + epsilon), {"cache": cache}


def adam(
    w: Array,
    dw: Array,
    state: State,
    learning_rate: float = 0.001,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
) -> tuple[Array, State]:
    """Adam's step, w ← w − εm̂ / √(v̂ + δ).

    Shapes: w and dw alike → (w, {"t": t, "m": m, "v": v}). Source: L14.

    >>> adam(np.array([1.0]), np.array([3.0]), {}, learning_rate=1.0, epsilon=16.0)[0].round(12)
    array([0.4])
    """
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return w - learning_rate * m_hat / np.sqrt(v_hat + epsilon), {"t": t, "m": m, "v": v}
