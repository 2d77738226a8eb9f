"""Wrong versions, each with the sentence its author should read."""

from grader import mistake

mistake("force", "force_without_sign", {"-stiffness * x": "stiffness * x"},
        says="Your force has the wrong sign: a spring pulls back, so that F = −k x.")
mistake("force", "force_with_the_weight", {"-stiffness * x": "-stiffness * x - mass * 9.81"},
        says="You add the weight; only the spring's own force, −k x, is asked for.")
mistake("period", "period_without_2pi", {"2 * np.pi * np.sqrt(mass / stiffness)": "np.sqrt(mass / stiffness)"},
        says="You left out 2π: √(m/k) is the time for one radian, not for a full oscillation.")
mistake("period", "period_upside_down", {"mass / stiffness": "stiffness / mass"},
        says="You divide the stiffness by the mass; the period grows with the mass, T = 2π√(m/k).")
mistake("fitted_stiffness", "fit_without_sign", {"-np.sum(x * F) / np.sum(x**2)": "np.sum(x * F) / np.sum(x**2)"},
        says="Your stiffness has the wrong sign: F = −k x, so that a stiff spring has a positive k.")
mistake("fitted_stiffness", "fit_by_mean_of_ratios", {"-np.sum(x * F) / np.sum(x**2)": "-np.mean(F / x)"},
        says="You average the ratios F/x, which trusts readings near 0 too much; minimise the sum of (F + k x)².")
