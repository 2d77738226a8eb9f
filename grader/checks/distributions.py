"""Are random numbers drawn from the right distribution? Judged by many draws, with a bound on the rate of error.

Each bound holds for every number of draws and every distribution, not only in the limit:

- The distance of the empirical distribution function from the right one exceeds t with probability at most 2·exp(−2nt²)
  (Dvoretzky, Kiefer and Wolfowitz; with this constant, Massart, The Annals of Probability 18, 1990).
- The share p̂ of an event among n independent draws is as far on its side of its probability p, or farther, with
  probability at most exp(−n·KL(p̂, p)) (Chernoff; Hoeffding, Journal of the American Statistical Association 58, 1963),
  so on either side with at most twice that. This judges each value of a discrete distribution.
- Whether a draw is above the median of a continuous distribution is a fair coin, and so is whether this changes from
  one draw to the next: of independent coins, the comparisons of neighbours are independent coins. So the changes are
  binomial with n − 1 and ½. If the probability q of being above some value is not ½, as with a discrete distribution,
  neighbours in separate pairs differ with 2q(1 − q), pair by pair independently; there are two ways to make pairs.
- Whether two columns are on the same side of their medians is a coin as well, fair if they are independent; for normal
  columns of correlation ρ, its probability is ½ + arcsin(ρ)/π (Sheppard, 1899).
- If no number has a probability above 1/(100n), each draw repeats an earlier one with at most 1/100, whatever came
  before, so the repeats are no more than binomial with n and 1/100. Samplers in float32 are far below that up to
  a hundred thousand draws.

A right sampler fails with probability at most ``error``, which all these share by the union bound.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from grader.checks.draw_patterns import (
    Distribution,
    discrete_sentence,
    form_sentence,
    rounded,
    strange_sentence,
)
from grader.checks.messages import fail, shaped
from grader.checks.values import as_numbers

__all__ = ["check_distribution"]

Array = np.ndarray[Any, Any]
ERROR = 1e-9
LEAST = 100
"""Draws without which a test says nothing."""
REPEATED = 0.01
"""With what probability a draw of a continuous distribution may repeat an earlier one."""
MOST_DRAWS = 2_000_000


def check_distribution(
    draws: Any,
    expected: Distribution | Mapping[Any, float] | Sequence[Any],
    *,
    name: str = "draws",
    error: float = ERROR,
    independent: bool = True,
    correlation: Any = None,
) -> None:
    """Fail unless numbers may well be independent draws from a distribution.

    Args:
        draws: Shape (n,) or any other shape, of which every number is one draw; for draws of several numbers (n, d), of
            which every row is one.
        expected: The distribution function P(X ≤ x) of a continuous distribution, which takes and returns an array; an
            object with a method ``cdf``, such as one of ``scipy.stats``; or, for a discrete one, a dictionary from each
            value to its probability. For rows, a list of d of these, one for each column, or a dictionary from each
            possible row, as a tuple, to its probability.
        name: What to call the draws.
        error: With what probability a right sampler may fail.
        independent: Whether draws should also be independent of the one before.
        correlation: Of the columns, (d, d), if they are normal and not independent.

    Raises `CheckFailed`.

    Examples:
        >>> rng = np.random.default_rng(0)
        >>> check_distribution(rng.uniform(size=10_000), lambda x: np.clip(x, 0, 1))
        >>> check_distribution(rng.integers(1, 6, size=10_000), {face: 1 / 6 for face in range(1, 7)}, name="throws")
        Traceback (most recent call last):
        ...
        grader.errors.CheckFailed: throws never has one of the values that it should have. Is the last one left out?
    """
    __tracebackhide__ = True
    if not 0 < error < 1:
        raise ValueError("error is a probability: give check_distribution a number between 0 and 1")
    columns = (
        None if callable(expected) or hasattr(expected, "cdf") or isinstance(expected, Mapping) else expected
    )
    row = next(iter(expected), None) if isinstance(expected, Mapping) else None
    rows = isinstance(row, tuple)
    array = _drawn(draws, name, len(row) if isinstance(row, tuple) else len(columns or ()))
    if rows:
        assert isinstance(expected, Mapping)
        _check_rows(array, expected, name, error / 2, independent)
    elif columns is None:
        _check_column(array.ravel(), expected, name, error, independent)
    else:
        share = error / 2 / len(columns)
        for number, one in enumerate(columns):
            _check_column(array[:, number], one, f"column {number} of {name}", share, independent)
        _check_together(array, columns, correlation, name, error / 2)


def _drawn(draws: Any, name: str, width: int) -> Array:
    """The draws as real numbers, in rows of a width that is not 0."""
    __tracebackhide__ = True
    array = as_numbers(draws, name)
    if width and (array.ndim != 2 or array.shape[1] != width):
        fail(f"{name} {shaped(array)}, but should have {width} columns, a row for each draw.")
    if (len(array) if width else array.size) < LEAST:
        fail(f"{name} {shaped(array)}, which is too few draws to tell a distribution.")
    if array.size > MOST_DRAWS:
        fail(f"{name} {shaped(array)}, which is far more draws than were asked for.")
    if array.dtype.kind == "c" or not np.isfinite(array.astype(float)).all():
        fail(f"{name} must be real numbers, but some are nan, infinite or complex.")
    return array.astype(float)


def _check_column(draws: Array, expected: Any, name: str, error: float, independent: bool) -> None:
    __tracebackhide__ = True
    if isinstance(expected, Mapping):
        shares = {float(value): float(share) for value, share in expected.items()}
        _add_to_one(shares.values())
        _check_shares(draws, shares, name, error / 2)
        split, above = _split(shares)
        bits = draws > split
    else:
        function = _function(expected)
        _check_function(draws, function, name, error / 2)
        bits, above = function(draws) > 0.5, 0.5
    if independent:
        _check_independence(bits, above, name, error / 2)


def _function(expected: Any) -> Callable[[Array], Array]:
    function: Callable[[Array], Any] = getattr(expected, "cdf", expected)

    def at(x: Array) -> Array:
        with np.errstate(all="ignore"):
            return np.asarray(function(x), float)

    return at


# Continuous ---------------------------------------------------------------------------------------------------


def _check_function(draws: Array, function: Callable[[Array], Array], name: str, error: float) -> None:
    __tracebackhide__ = True
    repeated = 1 - np.unique(draws).size / draws.size
    if repeated > REPEATED and _divergence(repeated, REPEATED) > math.log(2 / error) / draws.size:
        guess = "Are they rounded?" if rounded(draws) else "Is each drawn anew?"
        fail(f"{name} repeats values: too few of the draws are different. {guess}")
    bound = math.sqrt(math.log(4 / error) / (2 * draws.size))
    if not _distance(draws, function) <= bound:  # nan where the function is not defined
        fail(
            f"{name} is not drawn from the right distribution"
            f"{form_sentence(draws, function, lambda moved: _distance(moved, function) <= 2 * bound)}"
        )


def _distance(draws: Array, function: Callable[[Array], Array]) -> float:
    """The largest distance of the empirical distribution function from the right one."""
    ordered = np.sort(draws)
    right = function(ordered)
    steps = np.arange(draws.size + 1) / draws.size
    return float(max(np.abs(steps[1:] - right).max(), np.abs(right - steps[:-1]).max()))


# Discrete -----------------------------------------------------------------------------------------------------


def _check_shares(draws: Array, shares: Mapping[float, float], name: str, error: float) -> None:
    __tracebackhide__ = True
    values = np.array(list(shares))
    strange = ~np.isin(draws, values)
    if strange.any():
        fail(strange_sentence(draws, strange, values, name))
    found = {value: float((draws == value).mean()) for value in shares}
    if _wrong(found, shares, draws.size, error):
        fail(*discrete_sentence(found, shares, _wrong(found, shares, draws.size, error), name))


def _wrong(found: Mapping[Any, float], shares: Mapping[Any, float], count: int, error: float) -> list[Any]:
    """The values whose share among the draws is too far from their probability."""
    limit = math.log(2 * len(shares) / error) / count
    return [value for value, share in shares.items() if _divergence(found[value], share) > limit]


def _check_rows(
    draws: Array, expected: Mapping[tuple[Any, ...], float], name: str, error: float, independent: bool
) -> None:
    __tracebackhide__ = True
    _add_to_one(expected.values())
    shares = {tuple(map(float, row)): float(share) for row, share in expected.items()}
    number = {row: place for place, row in enumerate(shares)}
    which = np.array([number.get(tuple(row), -1) for row in draws.tolist()])
    if (which < 0).any():
        twice = np.array([len(set(row)) < len(row) for row in draws[which < 0].tolist()])
        if twice.all() and all(len(set(row)) == len(row) for row in shares):
            fail(f"{name} has rows in which a value comes twice. Is it drawn with replacement?")
        fail(f"{name} has rows that are none of those it should have.")
    found = {row: float((which == place).mean()) for row, place in number.items()}
    if wrong := _wrong(found, shares, len(draws), error):
        never = sum(found[row] == 0 for row in wrong)
        how = f"never has {never}" if never else f"has {len(wrong)}"
        end = "rows that it should have." if never else "possible rows too often or too rarely."
        fail(f"{name} {how} of the {len(shares)} {end}")
    if independent:
        split, above = _split({float(place): shares[row] for row, place in number.items()})
        _check_independence(which > split, above, name, error)


def _add_to_one(shares: Any) -> None:
    total = math.fsum(shares)
    if abs(total - 1) > 1e-9:
        raise ValueError(f"the probabilities of check_distribution add up to {total:g}, not to 1")


def _split(shares: Mapping[float, float]) -> tuple[float, float]:
    """The value above which the probability is nearest to a half, and that probability."""
    values, above, best = sorted(shares), 1.0, (math.inf, 0.0)
    for value in values:
        above -= shares[value]
        if abs(above - 0.5) < abs(best[1] - 0.5):
            best = value, above
    return best


def _divergence(found: float, share: float) -> float:
    """The Kullback-Leibler divergence of one Bernoulli distribution from another."""
    total = 0.0
    for p, q in ((found, share), (1 - found, 1 - share)):
        if p > 0:
            total += p * math.log(p / q) if q > 0 else math.inf
    return total


# Independence -------------------------------------------------------------------------------------------------


def _check_independence(bits: Array, above: float, name: str, error: float) -> None:
    """Fail where a draw depends on the one before: the side of the median changes too often or too rarely."""
    __tracebackhide__ = True
    if not 0.1 <= above <= 0.9:
        return  # nearly all draws are on one side, which says little
    changes = bits[1:] != bits[:-1]
    ways = [changes] if abs(above - 0.5) < 1e-12 else [changes[::2], changes[1::2]]
    usual = 2 * above * (1 - above)
    for way in ways:
        share = float(way.mean())
        if _divergence(share, usual) > math.log(2 * len(ways) / error) / way.size:
            how = "too rarely" if share < usual else "too often"
            fail(
                f"{name} is not drawn independently: from one to the next it changes {how}. Is each drawn anew?"
            )


def _check_together(draws: Array, columns: Sequence[Any], correlation: Any, name: str, error: float) -> None:
    """Fail where columns are on the same side of their medians too often or too rarely."""
    __tracebackhide__ = True
    width = len(columns)
    right = np.eye(width) if correlation is None else np.asarray(correlation, float)
    pairs = [(i, j) for i in range(width) for j in range(i) if not _discrete(columns, i, j)]
    for i, j in pairs:
        sides = [_function(columns[k])(draws[:, k]) > 0.5 for k in (i, j)]
        share, usual = float((sides[0] == sides[1]).mean()), 0.5 + math.asin(right[i, j]) / math.pi
        if _divergence(share, usual) > math.log(2 * len(pairs) / error) / len(draws):
            how = "independent" if right[i, j] == 0 else "correlated as they should be"
            fail(f"columns {j} and {i} of {name} are not {how}.")


def _discrete(columns: Sequence[Any], *places: int) -> bool:
    return any(isinstance(columns[place], Mapping) for place in places)
