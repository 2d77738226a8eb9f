# A notebook and a script with null bytes, lone surrogates and a byte order mark.
"""Makes its files from the cells of the blank notebook."""

from tests.attacks.making import notebook


def submission(blank):
    return {"ps1.ipynb": b"\xef\xbb\xbf" + notebook([*blank, "x = 'a\0b'", "y = '\ud800'"])}
