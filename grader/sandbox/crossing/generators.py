"""Random generators on their way into the sandbox: what they will draw there is what they would draw here.

A generator crosses as its state, so the submission gets a copy: the test's own generator does not advance. The seed
sequence crosses with it, since ``spawn`` depends on it. Nothing comes back this way: a generator that a submission
returns is an object, which stays there.
"""

from __future__ import annotations

import random
from typing import Any

import numpy as np

__all__ = ["generator_of", "state_of"]

_BITS = {kind.__name__: kind for kind in (
    np.random.PCG64, np.random.PCG64DXSM, np.random.MT19937, np.random.Philox, np.random.SFC64,
)}  # fmt: skip


def state_of(value: Any) -> tuple[str, Any]:
    """The kind of a generator and its state, as plain values.

    Raises:
        TypeError: It is of a kind that has no state of its own, or a class of somebody else's.
    """
    kind = type(value)
    if kind is np.random.SeedSequence:
        return "SeedSequence", _seeds(value)
    if kind is random.Random:
        version, words, gauss = value.getstate()
        return "Random", [version, np.array(words, np.uint64), gauss]
    if kind is np.random.RandomState:
        return "RandomState", value.get_state(legacy=False)
    bits = value.bit_generator if kind is np.random.Generator else value
    if type(bits) not in _BITS.values():
        raise TypeError(f"a {kind.__name__} cannot be passed into the sandbox")
    seeds = getattr(bits, "seed_seq", None)
    return (
        "Generator" if kind is np.random.Generator else "BitGenerator",
        [bits.state, _seeds(seeds) if type(seeds) is np.random.SeedSequence else None],
    )


def generator_of(kind: str, state: Any) -> Any:
    """The generator again; raises whatever numpy raises for a state that `state_of` cannot have given."""
    if kind == "SeedSequence":
        return np.random.SeedSequence(**state)
    if kind == "Random":
        made, (version, words, gauss) = random.Random(), state
        made.setstate((version, tuple(words.tolist()), gauss))
        return made
    if kind == "RandomState":
        legacy = np.random.RandomState()
        legacy.set_state(state)
        return legacy
    inner, seeds = state
    # Without a sequence of its own, one that is not random, so that ``spawn`` gives the same each time.
    bits = _BITS[inner["bit_generator"]](np.random.SeedSequence(**(seeds or {"entropy": 0})))
    bits.state = inner
    return np.random.Generator(bits) if kind == "Generator" else bits


def _seeds(sequence: np.random.SeedSequence) -> dict[str, Any]:
    entropy: Any = sequence.entropy
    if isinstance(entropy, np.ndarray | list | tuple):
        entropy = [int(part) for part in entropy]
    return {**sequence.state, "entropy": entropy, "spawn_key": tuple(map(int, sequence.spawn_key))}
