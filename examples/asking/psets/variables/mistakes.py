"""Wrong answers: edits of what gives a variable its value, in which earlier answers are read by their names."""

from grader import mistake

mistake(
    "slope",
    "slope_of_lengths_against_squares",
    {
        "lengths - lengths.mean()": "squares - squares.mean()",
        "np.sum(across * squares)": "np.sum(across * lengths)",
    },
    says="You fit lengths against T²; fit T² against lengths, so that lengths are on the x axis.",
)
mistake(
    "slope",
    "slope_of_periods",
    {"np.sum(across * squares)": "np.sum(across * periods)"},
    says="You fit the periods themselves; the line is through their squares.",
)
mistake(
    "slope",
    "slope_through_zero",
    {"lengths - lengths.mean()": "lengths"},
    says="You fit a line through the origin; the line may have an intercept, so subtract the mean length first.",
)
mistake(
    "slope",
    "slope_with_the_intercept",
    {"float(np.sum(across * squares) / np.sum(across**2))": "np.polyfit(lengths, squares, 1)"},
    says="You keep both coefficients of the line; the slope is the first of them.",
)
mistake(
    "intercept",
    "intercept_sign",
    {"squares.mean() - slope * lengths.mean()": "slope * lengths.mean() - squares.mean()"},
    says="Your intercept has the wrong sign: it is mean(T²) − slope · mean(L).",
)
mistake(
    "intercept",
    "intercept_of_the_first_point",
    {"squares.mean()": "squares[0]", "lengths.mean()": "lengths[0]"},
    says="You put the line through the first measurement; the least-squares line passes through the means.",
)
mistake(
    "g",
    "g_without_square",
    {"np.pi**2": "np.pi"},
    says="You divide 4π by the slope; squaring T = 2π√(L/g) gives 4π².",
)
mistake(
    "g",
    "g_upside_down",
    {"4 * np.pi**2 / slope": "slope / (4 * np.pi**2)"},
    says="You give 1/g: the slope is 4π²/g, so g is 4π² divided by the slope.",
)
mistake(
    "g",
    "g_with_the_slopes_unit",
    {"f'{4 * np.pi**2 / slope:#.3g} m/s^2'": "f'{4 * np.pi**2 / slope:#.3g} s^2/m'"},
    says="You give g the slope's unit; 4π² has none, so g has that of one over the slope.",
)
mistake(
    "long_period",
    "long_period_squared",
    {"np.sqrt(slope * 2.5 + intercept)": "slope * 2.5 + intercept"},
    says="You give T²; take its square root.",
)
mistake(
    "long_period",
    "long_period_without_intercept",
    {"slope * 2.5 + intercept": "slope * 2.5"},
    says="You leave the intercept out; the line is slope · L + intercept.",
)
