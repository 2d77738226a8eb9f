# A cell whose expression nests so deeply that a parser's stack may not hold it.
"""Makes its files from the cells of the blank notebook."""

from tests.attacks.making import notebook


def submission(blank):
    return {"ps1.ipynb": notebook([*blank, "x = " + "(" * 50_000 + ")" * 50_000, "-" * 100_000 + "1"])}
