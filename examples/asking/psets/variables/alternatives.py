"""Right answers in other styles."""

from grader import alternative

alternative(
    "slope",
    "slope_by_polyfit",
    {
        "across = lengths - lengths.mean()": "line = np.polyfit(lengths, squares, 1)",
        "float(np.sum(across * squares) / np.sum(across**2))": "line[0]",
    },
)
alternative(
    "intercept",
    "intercept_by_lstsq",
    {
        "float(squares.mean() - slope * lengths.mean())": "np.linalg.lstsq(np.stack([lengths, lengths**0], axis=1), "
        "squares)[0][1]"
    },
)
alternative(
    "g",
    "g_in_centimetres",
    {"f'{4 * np.pi**2 / slope:#.3g} m/s^2'": "f'{400 * np.pi**2 / slope:.0f} cm/s²'"},
)
alternative(
    "g",
    "g_as_a_pair",
    {"f'{4 * np.pi**2 / slope:#.3g} m/s^2'": "(round(4 * np.pi**2 / slope, 2), 'm s**-2')"},
)
alternative(
    "long_period",
    "long_period_by_poly1d",
    {"np.sqrt(slope * 2.5 + intercept)": "np.poly1d([slope, intercept])(2.5) ** 0.5"},
)
