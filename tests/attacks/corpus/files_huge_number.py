# A notebook with a number of a million digits and one of each odd constant.
"""Makes its files from the cells of the blank notebook."""



def submission(blank):
    return {"ps1.ipynb": b'{"cells": ' + b"9" * 1_000_000 + b', "a": NaN, "b": -Infinity}'}
