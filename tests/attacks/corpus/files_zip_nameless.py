# A zip with names that begin with NUL, are empty, too long or no text, and entries that no program can unpack.
"""Makes its files from the cells of the blank notebook."""

from tests.attacks.making import notebook, zipped


def submission(blank):
    entries = [("ps1.ipynb", notebook(blank)), ("Zull", b"x"), ("QQQQ", b"x"), ("n" * 60_000, b"x")]
    return {"a.zip": zipped(entries).replace(b"Zull", b"\0ull").replace(b"QQQQ", b"\0\xff\xff/")}
