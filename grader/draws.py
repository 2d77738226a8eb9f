"""Random numbers of tests, which stay the same whatever else of the suite changes.

A hidden test's generator follows from the problem set's secret and the test's place and name; a public test's from its
name alone, so that it draws the same numbers at home and in grading. Whatever follows from the secret is an HMAC-SHA256
under a label of its own. A student knows the state of any generator that a test hands over, but learns neither the
secret nor another generator from it.
"""

from __future__ import annotations

import hmac
import secrets

import numpy as np

__all__ = ["GRADED", "Draws", "new_seed", "public_generator"]

GRADED = 0
"""The draw that is used for grading; validation tries others too."""


def new_seed() -> str:
    """A seed to write into pset.yaml: 128 bits that nobody can guess."""
    return secrets.token_hex(16)


def public_generator(name: str, draw: int = GRADED) -> np.random.Generator:
    """The generator of a public test, by the name that it is exported under.

    >>> public_generator("test_means").integers(100, size=3).tolist()
    [40, 17, 22]
    """
    return _generator(_keyed("", "public", name, draw))


class Draws:
    """Whatever follows from a problem set's secret, which itself is never shown."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def generator(self, test: str, draw: int = GRADED) -> np.random.Generator:
        """The generator of a hidden test, named as in ``"test_loss.py::test_rows[3]"``."""
        return _generator(_keyed(self._secret, "hidden", test, draw))

    def following(self, submission: str) -> np.random.Generator:
        """The generator of the order in which a submission's functions are asked again, by its digest."""
        return _generator(_keyed(self._secret, "following", submission))

    def variant(self, whose: str) -> str:
        """The name of a student's or group's variant, which tells nothing about whom it was drawn for."""
        return _keyed(self._secret, "variant", whose).hex()[:12]

    def group(self, student: str, groups: int) -> int:
        """Which of so many variants a student gets, from 0."""
        return int.from_bytes(_keyed(self._secret, "group", student), "big") % groups

    def number(self, variant: str, name: str) -> np.random.Generator:
        """The generator of what one name stands for in a variant; other names change nothing about it."""
        return _generator(_keyed(self._secret, "number", variant, name))

    @property
    def notebook_seed(self) -> int:
        """The seed of the global generators in the student's process, whose state a student can read."""
        return int.from_bytes(_keyed(self._secret, "notebook")[:8], "big")

    @property
    def fingerprint(self) -> str:
        """Tells secrets apart in results without giving them away."""
        return _keyed(self._secret, "fingerprint").hex()[:16]


def _keyed(secret: str, label: str, *parts: object) -> bytes:
    message = "\0".join([label, *map(str, parts)])
    return hmac.digest(secret.encode(), message.encode(), "sha256")


def _generator(key: bytes) -> np.random.Generator:
    return np.random.default_rng(int.from_bytes(key, "big"))
