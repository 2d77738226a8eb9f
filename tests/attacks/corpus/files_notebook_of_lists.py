# A notebook of nothing but two million small objects, which take thirty times as much memory as their text.
"""Makes its files from the cells of the blank notebook."""


def submission(blank):
    return {"ps1.ipynb": b'{"cells": [' + b'{"":0},' * 2_500_000 + b"0]}"}
