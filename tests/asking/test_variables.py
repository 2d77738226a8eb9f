"""Answers in variables, and a number with its unit, as notebooks have them."""

import pytest

from grader.judge import Submission
from tests.asking.answering import failed, graded, judge_of, told
from tests.notebooks import notebook

RIGHT = {
    "both at once from polyfit": ["slope, intercept = np.polyfit(lengths, squares, 1)"],
    "scipy's fit, kept in a variable": [
        "from scipy import stats\nfit = stats.linregress(lengths, squares)\nslope = fit.slope",
        "intercept = fit.intercept",
    ],
    "covariance by variance": ["slope = np.cov(lengths, squares)[0, 1] / np.var(lengths, ddof=1)"],
    "an annotation": ["slope: float = float(np.polyfit(lengths, squares, 1)[0])"],
    "a walrus in print": ["print(slope := np.polyfit(lengths, squares, 1)[0])"],
    "a loop that adds up": [
        "slope = 0.0\nfor x, y in zip(lengths, squares):\n    slope += (x - np.mean(lengths)) * y\n"
        "slope /= sum((lengths - np.mean(lengths)) ** 2)"
    ],
    "a function of one's own": [
        "def fit(x, y):\n    return np.polyfit(x, y, 1)\n\nslope = fit(lengths, squares)[0]"
    ],
    "a branch": [
        "if len(lengths) == len(squares):\n    slope = np.polyfit(lengths, squares, 1)[0]\nelse:\n    slope = None"
    ],
    "within a with": ["with np.errstate(all='raise'):\n    slope = np.polyfit(lengths, squares, 1)[0]"],
    "an array of no dimension": ["slope = np.array(np.polyfit(lengths, squares, 1)[0])"],
    "a fraction": ["from fractions import Fraction\nslope = Fraction(np.polyfit(lengths, squares, 1)[0])"],
    "pandas' numbers": [
        "import pandas as pd\ntable = pd.read_csv('pendulum.csv')\nT2 = table.period_s**2\n"
        "slope = table.length_m.cov(T2) / table.length_m.var()",
        "intercept = T2.mean() - slope * table.length_m.mean()",
    ],
    "least squares with a matrix": [
        "A = np.c_[lengths, np.ones_like(lengths)]\nsolution, *_ = np.linalg.lstsq(A, squares, rcond=None)\n"
        "slope = solution[0]",
        "intercept = solution[1]",
    ],
    "a lambda that is used": ["at = lambda L: (slope * L + intercept) ** 0.5\nlong_period = at(2.5)"],
    "numpy's polynomial": [
        "from numpy.polynomial import Polynomial\nlong_period = Polynomial([intercept, slope])(2.5) ** 0.5"
    ],
    "pint": [
        "import pint\nu = pint.UnitRegistry()\ng = round(4 * np.pi**2 / slope, 2) * u.meter / u.second**2"
    ],
    "a pair": ["g = (round(4 * np.pi**2 / slope, 2), 'm/s²')"],
    "a list of texts": ["g = ['%.3g' % (4 * np.pi**2 / slope), 'm s**-2']"],
    "a comma for the point": ["g = str(round(4 * np.pi**2 / slope, 2)).replace('.', ',') + ' m s^-2'"],
    "read off and typed": ["g = '9.78 m/s^2'"],
    "in centimetres": ["g = '978 cm/s**2'"],
    "with its name": ["g = f'g = {4 * np.pi**2 / slope:.2e} m s⁻²'"],
}


@pytest.mark.parametrize("answers", RIGHT.values(), ids=RIGHT)
def test_right_answers_pass(answers):
    assert failed(graded("variables", *answers)) == []


WRONG = {
    "blank": ("q1", "slope = ...", "`slope` is not answered yet: replace the `...` with your code"),
    "printed": (
        "q1",
        "slope = print(np.polyfit(lengths, squares, 1)[0])",
        "`slope` is None: give it the answer",
    ),
    "a function": (
        "q1",
        "def slope(x, y):\n    return np.polyfit(x, y, 1)[0]",
        "`slope` is a function, but a value was asked for",
    ),
    "deleted": ("q1", "slope = np.polyfit(lengths, squares, 1)[0]\ndel slope", "`slope` is not defined"),
    "both coefficients": (
        "q1",
        "slope = np.polyfit(lengths, squares, 1)",
        "slope has shape (2,), but a single number was expected",
    ),
    "a text": ("q1", "slope = '4.038368480933527'", "slope is a string, not an array of numbers"),
    "the sign": ("q1", "slope = -np.polyfit(lengths, squares, 1)[0]", "The sign is wrong"),
    "rounded": ("q1", "slope = 4.04", "slope is wrong. It is nearly right: off by about 1e-3"),
    "stopped": (
        "q1",
        "slope = np.polyfit(lengths, squares)[0]",
        "`slope` is not defined, because the 2nd code cell stopped: TypeError",
    ),
    "a known mistake, in one's own way": (
        "q1",
        "slope = np.cov(lengths, squares)[0, 1] / np.var(squares, ddof=1)",
        "You fit lengths against T²; fit T² against lengths",
    ),
    "the other sign": ("q2", "intercept = slope * np.mean(lengths) - np.mean(squares)", "has the wrong sign"),
    "no unit": ("q3", "g = round(4 * np.pi**2 / slope, 2)", "g has no unit: give the number with its unit"),
    "a speed": ("q3", "g = f'{4 * np.pi**2 / slope:.2f} m/s'", "it is that of a speed, which g is not"),
    "the unit upside down": (
        "q3",
        "g = (round(4 * np.pi**2 / slope, 2), 's^2 / m')",
        "You give g the slope's unit",
    ),
    "too many digits": (
        "q3",
        "g = f'{4 * np.pi**2 / slope} m/s^2'",
        "has 16 significant digits: round it to 3",
    ),
    "too few digits": ("q3", "g = '9.8 m/s^2'", "g is right to 2 significant digits, but 3 were asked for"),
    "cut off": ("q3", "g = '9.77 m/s^2'", "g was cut off and not rounded"),
    "millimetres": ("q3", "g = '9.78 mm/s^2'", "It is the right value divided by 1,000: check prefixes"),
    "a unit that nobody knows": ("q3", "g = '9.78 metres/sek^2'", "g has a unit that is not known here"),
    "a length of pint's": (
        "q3",
        "import pint\ng = 4 * np.pi**2 / slope * pint.UnitRegistry().meter",
        "it is that of a length, which g is not",
    ),
    "π alone, in another unit": (
        "q3",
        "g = f'{400 * np.pi / slope:.0f} cm/s²'",
        "You divide 4π by the slope; squaring T = 2π√(L/g) gives 4π²",
    ),
    "a quantity where a number was asked for": (
        "q4",
        "import pint\nlong_period = np.sqrt(slope * 2.5 + intercept) * pint.UnitRegistry().second",
        "long_period has a unit, but a number was expected: give its .magnitude",
    ),
    "not the root": ("q4", "long_period = 2.5 * slope + intercept", "You give T²; take its square root"),
}


@pytest.mark.parametrize(("question", "answer", "sentence"), WRONG.values(), ids=WRONG)
def test_wrong_answers_are_told_why(question, answer, sentence):
    result = graded("variables", answer)
    assert sentence in told(result, question)
    assert next(one for one in result.questions if one.id == question).score == 0


def test_what_a_wrong_answer_costs_is_paid_for_once():
    """Whatever the clothes of the later answers: they are right, given the slope."""
    result = graded(
        "variables",
        "slope = np.polyfit(lengths, periods, 1)[0]",
        "intercept = squares.mean() - slope * np.mean(lengths)",
        "g = (round(4 * np.pi**2 / slope, 1), 'm s**-2')",
        "long_period = np.polyval([slope, intercept], 2.5) ** 0.5",
    )
    assert {one.id: one.score for one in result.questions} == {"q1": 0, "q2": 1, "q3": 2, "q4": 2}
    assert "Right, given your `slope`: mend that first (q1)." in told(result, "q4")


def test_an_answer_that_ignores_a_wrong_one_is_wrong_by_itself():
    result = graded("variables", "slope = np.polyfit(lengths, periods, 1)[0]", "g = '12.3 m/s^2'")
    assert {one.id: one.score for one in result.questions}["q3"] == 0


def test_an_answer_that_knows_the_right_one_keeps_its_points():
    result = graded("variables", "slope = 1.0", "g = '9.78 m/s^2'")
    assert {one.id: one.score for one in result.questions}["q3"] == 2


def test_an_answer_that_uses_a_blank_one_says_so():
    result = graded("variables", "slope = ...")
    assert "it uses an answer that is still `...`" in told(result, "q2")


def test_a_later_cell_that_replaces_an_answer_does_not_take_its_points():
    judge = judge_of("variables")
    for later in ("for slope in range(3):\n    print(slope)", "del g, slope", "squares /= 2"):
        cells = [*judge.problem_set.solution_cells(), later]
        result = judge.grade(Submission("someone", {"variables.ipynb": notebook(cells)}))
        assert result.score == 7, later
