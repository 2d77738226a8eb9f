"""Wrong versions for q6: the Gaussian log likelihood."""

import numpy as np

from grader import mistake


@mistake(
    "gaussian_log_likelihood",
    says="You average over the observations; the log likelihood is their sum.",
)
def likelihood_mean(y, mu, sigma):
    return (-0.5 * np.log(2 * np.pi * sigma**2) - (y - mu) ** 2 / (2 * sigma**2)).mean()


@mistake("gaussian_log_likelihood", says="You return the negative log likelihood; drop the minus sign.")
def likelihood_negative(y, mu, sigma):
    return (0.5 * np.log(2 * np.pi * sigma**2) + (y - mu) ** 2 / (2 * sigma**2)).sum()


@mistake(
    "gaussian_log_likelihood",
    says="You use sigma as the variance; it is the standard deviation, so square it.",
)
def likelihood_sigma_as_variance(y, mu, sigma):
    return (-0.5 * np.log(2 * np.pi * sigma) - (y - mu) ** 2 / (2 * sigma)).sum()


@mistake("gaussian_log_likelihood", says="You leave out log 2π; it is part of the density.")
def likelihood_without_two_pi(y, mu, sigma):
    return (-np.log(sigma) - (y - mu) ** 2 / (2 * sigma**2)).sum()


@mistake("gaussian_log_likelihood", says="You leave log σ out of the constant; C₁ = −½ log(2πσ²).")
def likelihood_without_sigma(y, mu, sigma):
    return (-0.5 * np.log(2 * np.pi) - (y - mu) ** 2 / (2 * sigma**2)).sum()


@mistake(
    "gaussian_log_likelihood",
    says="You leave out the constant C₁; the log likelihood contains it once per observation.",
)
def likelihood_without_constant(y, mu, sigma):
    return -((y - mu) ** 2).sum() / (2 * sigma**2)


@mistake(
    "gaussian_log_likelihood",
    says="You add the constant C₁ once in all; add it once per observation.",
)
def likelihood_constant_once(y, mu, sigma):
    return -0.5 * np.log(2 * np.pi * sigma**2) - ((y - mu) ** 2).sum() / (2 * sigma**2)


@mistake(
    "gaussian_log_likelihood",
    says="Your square lacks the ½: it is divided by 2σ².",
)
def likelihood_square_without_half(y, mu, sigma):
    return (-0.5 * np.log(2 * np.pi * sigma**2) - (y - mu) ** 2 / sigma**2).sum()


@mistake(
    "gaussian_log_likelihood",
    says="Your constant lacks the ½: it is −½ log(2πσ²), from the root of 2πσ².",
)
def likelihood_constant_without_half(y, mu, sigma):
    return (-np.log(2 * np.pi * sigma**2) - (y - mu) ** 2 / (2 * sigma**2)).sum()


@mistake("gaussian_log_likelihood", says="Your constant has the wrong sign; C₁ = −½ log(2πσ²).")
def likelihood_constant_positive(y, mu, sigma):
    return (0.5 * np.log(2 * np.pi * sigma**2) - (y - mu) ** 2 / (2 * sigma**2)).sum()


@mistake(
    "gaussian_log_likelihood",
    says="Your squared term has the wrong sign; observations far from the mean are less likely.",
)
def likelihood_square_positive(y, mu, sigma):
    return (-0.5 * np.log(2 * np.pi * sigma**2) + (y - mu) ** 2 / (2 * sigma**2)).sum()


@mistake("gaussian_log_likelihood", says="You divide the square by 2σ; divide it by 2σ².")
def likelihood_divided_by_sigma(y, mu, sigma):
    return (-0.5 * np.log(2 * np.pi * sigma**2) - (y - mu) ** 2 / (2 * sigma)).sum()


@mistake(
    "gaussian_log_likelihood",
    says="You use the absolute difference; a Gaussian has the square of the difference.",
)
def likelihood_absolute(y, mu, sigma):
    return (-0.5 * np.log(2 * np.pi * sigma**2) - np.abs(y - mu) / (2 * sigma**2)).sum()


@mistake(
    "gaussian_log_likelihood",
    says="You return the density itself; the question asks for its logarithm.",
)
def likelihood_not_a_logarithm(y, mu, sigma):
    return np.prod(np.exp(-((y - mu) ** 2) / (2 * sigma**2)) / np.sqrt(2 * np.pi * sigma**2))


@mistake(
    "gaussian_log_likelihood",
    says="You multiply the densities first; the product of many underflows to 0, whose log is −∞. Add "
    "their logarithms instead.",
)
def likelihood_log_of_product(y, mu, sigma):
    return np.log(np.prod(np.exp(-((y - mu) ** 2) / (2 * sigma**2)) / np.sqrt(2 * np.pi * sigma**2)))


@mistake(
    "gaussian_log_likelihood",
    says="You take the log of each density; far from the mean the density underflows to 0, whose log is "
    "−∞. Simplify the formula first.",
)
def likelihood_log_of_density(y, mu, sigma):
    return np.log(np.exp(-((y - mu) ** 2) / (2 * sigma**2)) / np.sqrt(2 * np.pi * sigma**2)).sum()


@mistake(
    "gaussian_log_likelihood",
    says="You add 1e-12 to the density inside the log, so no observation can be less likely than that; "
    "simplify the formula first.",
)
def likelihood_with_epsilon(y, mu, sigma):
    density = np.exp(-((y - mu) ** 2) / (2 * sigma**2)) / np.sqrt(2 * np.pi * sigma**2)
    return np.log(density + 1e-12).sum()


@mistake(
    "gaussian_log_likelihood",
    says="You take logarithms to base 10; the handout asks for natural logarithms.",
)
def likelihood_base_ten(y, mu, sigma):
    return (-0.5 * np.log(2 * np.pi * sigma**2) - (y - mu) ** 2 / (2 * sigma**2)).sum() / np.log(10)


@mistake(
    "gaussian_log_likelihood",
    says="You return one number per observation; the log likelihood is their sum.",
)
def likelihood_per_observation(y, mu, sigma):
    return -0.5 * np.log(2 * np.pi * sigma**2) - (y - mu) ** 2 / (2 * sigma**2)


@mistake(
    "gaussian_log_likelihood",
    says="You use the mean of the observations; take the square for each observation and add them up.",
)
def likelihood_of_the_mean_observation(y, mu, sigma):
    return len(y) * (-0.5 * np.log(2 * np.pi * sigma**2) - (np.mean(y - mu)) ** 2 / (2 * sigma**2))


@mistake("gaussian_log_likelihood", says="You estimate σ from the data; use the sigma you are given.")
def likelihood_sigma_estimated(y, mu, sigma):
    spread = np.sqrt(np.mean((y - mu) ** 2)) + 1e-300
    return (-0.5 * np.log(2 * np.pi * spread**2) - (y - mu) ** 2 / (2 * spread**2)).sum()


@mistake(
    "gaussian_log_likelihood",
    says="You subtract the means in place (y -= ...), which changes the caller's array; work on a new one.",
)
def likelihood_changes_observations(y, mu, sigma):
    y = np.asarray(y)
    if y.dtype == float:
        y -= mu
        residual = y
    else:
        residual = y - mu
    return (-0.5 * np.log(2 * np.pi * sigma**2) - residual**2 / (2 * sigma**2)).sum()
