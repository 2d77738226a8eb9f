"""What is wrong with draws that come from another distribution, in a sentence."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import numpy as np

__all__ = ["Distribution", "discrete_sentence", "form_sentence", "rounded", "strange_sentence"]

Array = np.ndarray[Any, Any]
STEPS = 200
"""Halvings by which a quantile is found."""
ABOUT = 0.1
"""By how much of itself a factor may differ from the one that a mistake gives, since it is estimated."""


class HasFunction(Protocol):
    """An object with a distribution function."""

    def cdf(self, x: Any) -> Any:
        """P(X ≤ x)."""


Distribution = Callable[[Array], Any] | HasFunction


# Continuous ---------------------------------------------------------------------------------------------------


def rounded(draws: Array) -> bool:
    """Whether all draws are multiples of a power of ten that is not small beside them, up to float32's own rounding."""
    sizes = np.sort(np.abs(draws[draws != 0]))
    if not sizes.size or np.unique(draws).size == 1:
        return False
    # Of four digits, of which a draw that is not rounded has more: then few are near a multiple.
    with np.errstate(all="ignore"):
        steps = sizes / 10.0 ** (math.floor(math.log10(sizes[sizes.size // 2])) - 3)
        return bool((np.abs(steps - np.round(steps)) <= 2 * np.finfo(np.float32).eps * steps).all())


def form_sentence(draws: Array, function: Callable[[Array], Array], fits: Callable[[Array], bool]) -> str:
    """The end of a sentence on draws from a wrong continuous distribution.

    Args:
        draws: Shape (n,).
        function: The right distribution function.
        fits: Whether draws may come from the right distribution, roughly.
    """
    with np.errstate(all="ignore"):  # draws may be as large as numbers can be
        return _form_sentence(draws, function, fits)


def _form_sentence(draws: Array, function: Callable[[Array], Array], fits: Callable[[Array], bool]) -> str:
    low, middle, high = (_quantile(function, share) for share in (0.25, 0.5, 0.75))
    mine = np.quantile(draws, [0.25, 0.5, 0.75])
    spread = (mine[2] - mine[0]) / (high - low) if high > low else 0.0
    if not spread > 0:
        return ": its form is another."
    factor = mine[1] / middle if middle and mine[1] / middle > 0 else 0.0
    if factor and not _near(factor, 1) and fits(draws / factor):
        said = (
            " Is a rate taken for a scale, or a scale for a rate?"
            if _near(factor, _inverse(function))
            else ""
        )
        return f". The draws have the right form, but are too {'large' if factor > 1 else 'small'} by a factor.{said}"
    if fits(draws - mine[1] + middle):
        return ". The draws have the right spread, but their centre is wrong."
    if fits(middle + (draws - middle) / spread):
        return (
            f". The draws have the right centre, but their spread is wrong.{_spread_hint(spread, function)}"
        )
    if fits(middle + (draws - mine[1]) / spread):
        return ". The draws have the right form, but both their centre and their spread are wrong."
    if fits(-draws):
        return ". The draws have the wrong sign."
    return ": its form is another."


def _spread_hint(spread: float, function: Callable[[Array], Array]) -> str:
    """What to look at if the spread is wrong as it is by a well-known mistake."""
    deviation = _deviation(function)
    if not _near(deviation, 1):
        if _near(spread, deviation):
            return " Is the variance taken for the standard deviation?"
        if _near(spread, deviation**-0.5):
            return " Is the standard deviation taken for the variance?"
    return ""


def _inverse(function: Callable[[Array], Array]) -> float:
    """The factor by which draws are wrong whose scale is one over the right one, where that is the deviation."""
    return _deviation(function) ** -2


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= ABOUT * other


def _deviation(function: Callable[[Array], Array]) -> float:
    """The standard deviation, up to a few per cent."""
    middles = (np.arange(400) + 0.5) / 400
    return float(np.std([_quantile(function, share) for share in middles]))


def _quantile(function: Callable[[Array], Array], share: float) -> float:
    end = 1.0
    while end < 1e300 and not function(np.array([-end]))[0] <= share <= function(np.array([end]))[0]:
        end *= 4
    low, high = -end, end
    for _ in range(STEPS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if function(np.array([middle]))[0] < share else (low, middle)
    return (low + high) / 2


# Discrete -----------------------------------------------------------------------------------------------------


def strange_sentence(draws: Array, strange: Array, values: Array, name: str) -> str:
    """A sentence on values that the draws should not have; ``strange`` says which draws have one."""
    odd = np.unique(draws[strange])
    for step, how in ((1, "small: does it begin one too early?"), (-1, "large: does it begin one too late?")):
        if np.isin(draws + step, values).all() and np.unique(draws).size == values.size:
            return f"{name} has values that are all one too {how}"
    if odd.size == 1 and odd[0] == values.max() + 1:
        return f"{name} goes one beyond the last value that it should have."
    if odd.size == 1 and odd[0] == values.min() - 1:
        return f"{name} begins one before the first value that it should have."
    return f"{name} has values that are none of those it should have, {_share(float(strange.mean()))}."


def _share(share: float) -> str:
    """A share that is not 0 in words, never as none of all, nor as all of what is less.

    >>> [_share(share) for share in (1.0, 0.999, 1 / 3, 0.00123, 1e-6)]
    ['all of them', '99% of all', '33% of all', '0.1% of all', 'less than 0.01% of all']
    """
    if share == 1:
        return "all of them"
    if share >= 0.01:
        return f"{min(share, 0.99):.0%} of all"
    return f"{100 * share:.1g}% of all" if share >= 1e-4 else "less than 0.01% of all"


def discrete_sentence(
    found: Mapping[float, float], shares: Mapping[float, float], wrong: list[float], name: str
) -> tuple[str, str]:
    """A sentence on values that come too often or too rarely, and the numbers for a public test."""
    if sum(share > 0 for share in found.values()) == 1:
        return f"{name} is always the same value. Is each drawn anew?", ""
    never = [value for value in wrong if found[value] == 0]
    if never:
        end = " Is the last one left out?" if never == [max(shares)] else ""
        end = " Is the first one left out?" if never == [min(shares)] else end
        noun = "one of the values" if len(never) == 1 else f"{len(never)} of the values"
        return f"{name} never has {noun} that it should have.{end}", ""
    if all(abs(found[value] - 1 / len(shares)) < 0.05 for value in shares):
        return f"{name} has each value equally often, but their probabilities differ.", ""
    swapped = sorted(shares.values()) == sorted(shares.values(), reverse=True)
    if not swapped and len(shares) == 2 and abs(found[min(shares)] - shares[max(shares)]) < 0.05:
        return f"{name} has its two values with each other's probability.", ""
    said = ", ".join(f"{value:g} in {found[value]:.1%} instead of {shares[value]:.1%}" for value in wrong[:5])
    return f"{name} has {len(wrong)} of {len(shares)} values too often or too rarely.", f"It has {said}."
