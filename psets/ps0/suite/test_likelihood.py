"""q6: the log likelihood of Gaussian observations."""

import numpy as np

import reference.likelihood as ref
from grader import check_close, check_pure, question

NAME = "gaussian_log_likelihood(y, mu, sigma)"


def agree(student, cases):
    """Compare every case with the reference, in one round trip."""
    for case, got in zip(cases, student.gaussian_log_likelihood.map(cases), strict=True):
        y, mu, sigma = case
        # The two parts of the sum have opposite signs, and the errors are differences.
        squares = (np.abs(y - mu) * (np.abs(y) + np.abs(mu))).sum() / sigma**2
        scale = len(y) * abs(np.log(2 * np.pi * sigma**2)) + squares
        check_close(got, ref.gaussian_log_likelihood(*case), name=NAME, scale=scale)


def observations(rng, m, sigma):
    mu = 2 * rng.normal(size=m)
    return mu + sigma * rng.normal(size=m), mu, sigma


@question("q6", points=1, public=True)
def test_log_likelihood_of_the_handouts_example(student):
    """Observations 1 and 3 around the mean 1 with σ = 2: twice −½ log 8π, less 4/8."""
    got = student.gaussian_log_likelihood(np.array([1.0, 3.0]), 1.0, 2.0)
    check_close(got, -np.log(8 * np.pi) - 0.5, name="gaussian_log_likelihood(y, mu, sigma)")


@question("q6", points=1)
def test_log_likelihood_for_every_size(student, rng):
    """Any number of observations, each with its own mean, and σ below and above 1."""
    cases = [
        observations(rng, m, sigma) for m, sigma in [(7, 0.3), (2, 1.0), (12, 5.0), (1, 0.05), (3, 40.0)]
    ]
    agree(student, cases)


@question("q6", points=0.5)
def test_log_likelihood_around_one_mean(student, rng):
    """A single number as the mean of all observations, including 0."""
    y, _, _ = observations(rng, 9, 1.0)
    agree(student, [(y, 0.7, 0.4), (y, 0.0, 2.5), (y[:1], -3.0, 1.5)])


@question("q6", points=0.5)
def test_log_likelihood_of_improbable_observations(student, rng):
    """Observations 60σ away, and two thousand of them: the result is finite."""
    y, mu, sigma = observations(rng, 2000, 1.5)
    agree(student, [(y[:5] + 90.0, mu[:5], sigma), (y, mu, sigma), (1000 * y, mu, 0.01)])


@question("q6", points=0.5)
def test_log_likelihood_of_whole_numbers(student, rng):
    """Integer observations, means and σ."""
    y, mu = rng.integers(-6, 7, size=8), rng.integers(-6, 7, size=8)
    agree(student, [(y, mu, 3), (y, 2, 2), (y, 0.5, 1.5)])


@question("q6", points=0.5)
def test_log_likelihood_leaves_its_arguments_alone(student, rng):
    """Observations and means are unchanged afterwards."""
    case = observations(rng, 6, 0.8)
    X, w = np.arange(6.0)[:, None], np.array([0.5])
    others = [(student.mse, X, array, w, 0.25) for array in case[:2]]
    check_pure(student.gaussian_log_likelihood, *case, others=others)
    agree(student, [case])
