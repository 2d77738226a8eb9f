"""Wrong versions for q6: the Gaussian log likelihood."""

from grader import mistake

# The constant C1 --------------------------------------------------------------------------------------------

mistake("gaussian_log_likelihood", "likelihood_without_two_pi", {"2 * np.pi * sigma**2": "sigma**2"},
        says="You leave out log 2π; it is part of the density.")
mistake("gaussian_log_likelihood", "likelihood_pi_without_two", {"2 * np.pi * sigma**2": "np.pi * sigma**2"},
        says="Your constant lacks the 2 of 2π; C₁ = −½ log(2πσ²).")
mistake("gaussian_log_likelihood", "likelihood_without_sigma", {"2 * np.pi * sigma**2": "2 * np.pi"},
        says="You leave log σ out of the constant; C₁ = −½ log(2πσ²).")
mistake("gaussian_log_likelihood", "likelihood_constant_of_sigma",
        {"2 * np.pi * sigma**2": "2 * np.pi * sigma"},
        says="Your constant has σ where it should have σ²; C₁ = −½ log(2πσ²).")
mistake("gaussian_log_likelihood", "likelihood_constant_without_half", {"-0.5": "-1"},
        says="Your constant lacks the ½: it is −½ log(2πσ²), from the root of 2πσ².")
mistake("gaussian_log_likelihood", "likelihood_constant_positive", {"-0.5": "0.5"},
        says="Your constant has the wrong sign; C₁ = −½ log(2πσ²).")
mistake("gaussian_log_likelihood", "likelihood_without_constant", {"C1": "0"},
        says="You leave out the constant C₁; the log likelihood contains it once per observation.")
mistake("gaussian_log_likelihood", "likelihood_constant_once", {"C1": "C1 / len(y)"},
        says="You add the constant C₁ once in all; add it once per observation.")

# The square and C2 ------------------------------------------------------------------------------------------

mistake("gaussian_log_likelihood", "likelihood_square_without_half", {"2 * sigma**2": "sigma**2"},
        says="Your square lacks the ½: it is divided by 2σ².")
mistake("gaussian_log_likelihood", "likelihood_divided_by_sigma", {"2 * sigma**2": "2 * sigma"},
        says="You divide the square by 2σ; divide it by 2σ².")
mistake("gaussian_log_likelihood", "likelihood_square_times_variance", {"2 * sigma**2": "2 / sigma**2"},
        says="You divide by 2 and multiply by σ², since / and * go from left to right; write / (2 * "
        "sigma**2).")
mistake("gaussian_log_likelihood", "likelihood_square_positive", {"2 * sigma**2": "-2 * sigma**2"},
        says="Your squared term has the wrong sign; observations far from the mean are less likely.")
mistake("gaussian_log_likelihood", "likelihood_absolute", {"(y - mu) ** 2": "np.abs(y - mu)"},
        says="You use the absolute difference; a Gaussian has the square of the difference.")
mistake("gaussian_log_likelihood", "likelihood_not_squared", {"(y - mu) ** 2": "(y - mu)"},
        says="You do not square the difference; a Gaussian has the square of y − μ.")
mistake("gaussian_log_likelihood", "likelihood_only_mean_squared", {"(y - mu) ** 2": "(y - mu**2)"},
        says="You square only mu, since ** comes before −; put the difference in parentheses and square "
        "that.")
mistake("gaussian_log_likelihood", "likelihood_of_the_mean_observation",
        {"(y - mu) ** 2": "np.full(len(y), np.mean(y - mu) ** 2)"},
        says="You use the mean of the observations; take the square for each observation and add them up.")
mistake("gaussian_log_likelihood", "likelihood_square_of_the_sum",
        {"(y - mu) ** 2": "np.full(len(y), np.sum(y - mu) ** 2 / len(y))"},
        says="You add up the differences and square the sum; square each difference, then add.")
mistake("gaussian_log_likelihood", "likelihood_mean_of_squares", {"(y - mu) ** 2": "(y - mu) ** 2 / len(y)"},
        says="You average the squares but not the constant; both are sums over the observations.")

# Both -------------------------------------------------------------------------------------------------------

mistake("gaussian_log_likelihood", "likelihood_sigma_as_variance",
        {"2 * np.pi * sigma**2": "2 * np.pi * sigma", "2 * sigma**2": "2 * sigma"},
        says="You use sigma as the variance; it is the standard deviation, so square it.")
mistake("gaussian_log_likelihood", "likelihood_sigma_estimated",
        [{"gaussian_constants(sigma)": "gaussian_constants(np.sqrt(np.mean((y - mu) ** 2)) + 1e-300)"},
         {"gaussian_constants(sigma)": "gaussian_constants(np.std(y))"},
         {"gaussian_constants(sigma)": "gaussian_constants(np.std(y, ddof=1))"}],
        says="You estimate σ from the data; use the sigma you are given.")
mistake("gaussian_log_likelihood", "likelihood_of_sigma_one",
        {"gaussian_constants(sigma)": "gaussian_constants(1.0)"},
        says="You leave sigma out, as if it were 1; it is in the constant and below the square.")
mistake("gaussian_log_likelihood", "likelihood_mean_estimated", {"y - mu": "y - y.mean()"},
        says="You estimate μ from the data; use the mu you are given.")
mistake("gaussian_log_likelihood", "likelihood_without_mean", {"y - mu": "y"},
        says="You never subtract mu; the square is that of y − μ.")
mistake("gaussian_log_likelihood", "likelihood_changes_observations",
        [{"log_density = C1 - (y - mu) ** 2 / C2": "y -= mu\nlog_density = C1 - y**2 / C2"},
         {"log_density = C1 - (y - mu) ** 2 / C2":
          "log_density = C1 - (y - mu) ** 2 / C2\nif y.dtype == float:\n    y -= mu"}],
        says="You subtract the means in place (y -= ...), which changes the caller's array; work on a new "
        "one.")

# The sum and the logarithm ----------------------------------------------------------------------------------

mistake("gaussian_log_likelihood", "likelihood_mean", {"log_density.sum()": "log_density.mean()"},
        says="You average over the observations; the log likelihood is their sum.")
mistake("gaussian_log_likelihood", "likelihood_per_observation", {"log_density.sum()": "log_density"},
        says="You return one number per observation; the log likelihood is their sum.")
mistake("gaussian_log_likelihood", "likelihood_negative",
        {"return log_density.sum()": "return -log_density.sum()"},
        says="You return the negative log likelihood; drop the minus sign.")
mistake("gaussian_log_likelihood", "likelihood_rounded",
        {"return log_density.sum()": "return np.round(log_density.sum(), c)"},
        free={"c": (2, 1, 3, 0, 4, 6)},
        says="You round the log likelihood; return it as it is.")
mistake("gaussian_log_likelihood", "likelihood_base_ten",
        [{"np.log(2 * np.pi * sigma**2)": "np.log10(2 * np.pi * sigma**2)"},
         {"log_density.sum()": "log_density.sum() / np.log(10)"}],
        says="You take logarithms to base 10; the handout asks for natural logarithms.")
mistake("gaussian_log_likelihood", "likelihood_not_a_logarithm",
        {"log_density.sum()": "np.prod(np.exp(log_density))"},
        says="You return the density itself; the question asks for its logarithm.")
mistake("gaussian_log_likelihood", "likelihood_log_of_product",
        {"log_density.sum()": "np.log(np.prod(np.exp(log_density)))"},
        says="You multiply the densities first; the product of many underflows to 0, whose log is −∞. Add "
        "their logarithms instead.")
mistake("gaussian_log_likelihood", "likelihood_log_of_density",
        {"log_density.sum()": "np.log(np.exp(log_density)).sum()"},
        says="You take the log of each density; far from the mean the density underflows to 0, whose log is "
        "−∞. Simplify the formula first.")
mistake("gaussian_log_likelihood", "likelihood_with_epsilon",
        [{"log_density.sum()": "np.log(np.exp(log_density) + c).sum()"},
         {"log_density.sum()": "np.log(np.maximum(np.exp(log_density), c)).sum()"}],
        free={"c": (1e-12, 1e-10, 1e-8, 1e-15, 1e-9, 1e-7, 1e-6, 1e-5, 1e-16, 1e-20, 1e-300)},
        says="You keep the density above 0 by a small number inside the log, so no observation can be less "
        "likely than that; simplify the formula first.")
