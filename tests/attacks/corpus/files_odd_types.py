# A notebook in which everything has the wrong type.
"""Makes its files from the cells of the blank notebook."""

import json


def submission(blank):
    odd = {"cells": [None, 3, [], {"cell_type": "code", "source": {"a": 1}}, {"cell_type": ["code"], "source": 7}, {"cell_type": "code", "source": [1, None, "x = 1"]}], "metadata": [], "nbformat": "x"}
    return {"ps1.ipynb": json.dumps(odd).encode()}
