"""The judge's global random generators: what a test seeds in the judge holds for the submission's draws too.

The state goes with the next call after it was set, and never comes back: what the submission has drawn since then is
its own business. A test whose own draws must go on from there runs inside.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Callable
from typing import Any

import numpy as np

__all__ = ["SEEDED", "Seeded"]


class Seeded:
    """Knows whether the generators have been set since the last call."""

    def __init__(self) -> None:
        self._fresh = False

    def watch(self) -> None:
        """Notice it from now on when a test seeds, also where it imports the function by its name."""
        for module, names in ((np.random, ("seed", "set_state")), (random, ("seed", "setstate"))):
            for name in names:
                setattr(module, name, self._noticing(getattr(module, name)))

    def _noticing(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def noticed(*arguments: Any, **keywords: Any) -> Any:
            self._fresh = True
            return function(*arguments, **keywords)

        return noticed

    def forget(self) -> None:
        """Another test begins."""
        self._fresh = False

    def state(self) -> Any:
        """The generators' state, if it has to go with the next call."""
        if not self._fresh:
            return None
        self._fresh = False
        version, words, gauss = random.getstate()
        return [np.random.get_state(legacy=False), [version, np.array(words, np.uint64), gauss]]


SEEDED = Seeded()
"""Of this process."""
