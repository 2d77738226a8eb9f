# A notebook of forty megabytes of outputs.
"""Makes its files from the cells of the blank notebook."""

from tests.attacks.making import notebook


def submission(blank):
    return {"ps1.ipynb": notebook(blank)[:-1] + b', "padding": "' + b"x" * (40 << 20) + b'"}'}
