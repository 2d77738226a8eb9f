# A notebook of forty megabytes of nothing but brackets, whose lists take thirty times as much memory.
"""Makes its files from the cells of the blank notebook."""


def submission(blank):
    return {"ps1.ipynb": b'{"cells": [' + b"[]," * 13_000_000 + b"[]]}"}
