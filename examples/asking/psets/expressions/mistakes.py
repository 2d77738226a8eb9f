"""Wrong formulas: edits of what gives each its value."""

from grader import mistake

mistake(
    "slope",
    "slope_of_the_square",
    {"sp.diff(x ** 3 * sp.exp(-x ** 2), x)": "3 * x ** 2 * sp.exp(-x ** 2)"},
    says="You differentiate x³ alone; exp(−x²) depends on x too, so the product rule gives a second term.",
)
mistake(
    "slope",
    "slope_without_inner_derivative",
    {
        "sp.diff(x ** 3 * sp.exp(-x ** 2), x)": "3 * x ** 2 * sp.exp(-x ** 2) + x ** 3 * sp.exp(-x ** 2)",
    },
    says="You differentiate exp(−x²) to itself; the chain rule gives the factor −2x.",
)
mistake(
    "antiderivative",
    "antiderivative_without_inner_factor",
    {"x * sp.sin(2 * x) / 2 + sp.cos(2 * x) / 4": "x * sp.sin(2 * x) + sp.cos(2 * x)"},
    says="You integrate cos 2x to sin 2x; it is half of that, since the derivative of sin 2x is 2 cos 2x.",
)
mistake(
    "antiderivative",
    "antiderivative_of_the_factors",
    {"x * sp.sin(2 * x) / 2 + sp.cos(2 * x) / 4": "x ** 2 / 2 * sp.sin(2 * x) / 2"},
    says="You integrate the two factors one by one; a product needs integration by parts.",
)
mistake(
    "antiderivative",
    "antiderivative_sign",
    {"x * sp.sin(2 * x) / 2 + sp.cos(2 * x) / 4": "x * sp.sin(2 * x) / 2 - sp.cos(2 * x) / 4"},
    says="In your integration by parts the second term has the wrong sign: it is minus the integral of sin 2x / 2.",
)
mistake(
    "gradient",
    "gradient_without_inner_derivative",
    {"y * sp.exp(x * y)": "sp.exp(x * y)", "x ** 2 - x * sp.exp(x * y)": "x ** 2 - sp.exp(x * y)"},
    says="You differentiate exp(x·y) to itself; the chain rule gives the factor y, or x.",
)
mistake(
    "gradient",
    "gradient_exchanged",
    {
        "[2 * x * y - y * sp.exp(x * y), x ** 2 - x * sp.exp(x * y)]": (
            "[x ** 2 - x * sp.exp(x * y), 2 * x * y - y * sp.exp(x * y)]"
        )
    },
    says="Your two derivatives are exchanged: the one with respect to x comes first.",
)
mistake(
    "area",
    "area_of_a_circumference",
    {"'pi*a*b'": "'pi*(a + b)'"},
    says="You add the half axes; an area is a product of two lengths.",
)
mistake(
    "tangent",
    "tangent_through_the_origin",
    {"1 + n * (sp.Symbol('x') - 1)": "n * sp.Symbol('x')"},
    says="Your line has the right slope, but does not touch the curve: it must pass through (1, 1).",
)
mistake(
    "tangent",
    "tangent_without_the_exponent",
    {"n * (sp.Symbol('x') - 1)": "(n - 1) * (sp.Symbol('x') - 1)"},
    says="Your slope is n − 1; the derivative of xⁿ is n·xⁿ⁻¹, which is n at x = 1.",
)
