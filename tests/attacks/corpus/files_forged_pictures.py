# What is drawn for people to look at claims a million dots a side, holds markup, or is a hundred megabytes.
# pset: figures
import json

FORGED = r'''
import itertools
import matplotlib.figure
import matplotlib.pyplot as plt

HEAD, END = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\0\0\0\0IEND\xaeB`\x82"
contents = itertools.cycle([
    HEAD + (10**6).to_bytes(4, "big") * 2 + b"\x08\x06\0\0\0" + END,
    HEAD + (600).to_bytes(4, "big") * 2 + b'"><script>alert(document.cookie)</script>' + END,
    b"<svg onload='alert(1)'/>",
    HEAD + (600).to_bytes(4, "big") * 2 + bytes(100 << 20) + END,
    b"",
])

def savefig(self, file, **options):
    file.write(next(contents))

matplotlib.figure.Figure.savefig = savefig
for number in range(20):
    plt.figure()
    plt.plot([number])
'''
WRITTEN = "See ![a](drawn:9999.0) ![b](drawn:../../secret) ![c](drawn:8.0) ![d](picture:8.0)"


def submission(blank):
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": one} for one in blank]
    heading = {"cell_type": "markdown", "metadata": {}, "source": "## Question 3: a figure of your own"}
    answer = {"cell_type": "markdown", "metadata": {}, "source": WRITTEN}
    drawing = {"cell_type": "code", "metadata": {}, "execution_count": None, "source": FORGED, "outputs": [
        {"output_type": "display_data", "metadata": {}, "data": {"image/png": "bm8gcGljdHVyZQ=="}},
    ]}  # fmt: skip
    whole = {"cells": [*cells, heading, drawing, answer], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return {"figures.ipynb": json.dumps(whole).encode()}
