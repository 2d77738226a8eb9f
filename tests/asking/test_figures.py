"""Figures that functions and cells draw: right ones in many styles, and wrong ones with what their authors read."""

from __future__ import annotations

import json

import pytest

from grader.build.notebooks import notebook_bytes, solution_notebook
from grader.judge import Submission
from tests.asking.answering import failed, graded, judge_of, told

SHOWN = """
def plot_losses(train, test):
    x = range(1, len(train) + 1)
    plt.figure(figsize=(9, 4))
    plt.plot(x, train, color="tab:green", label="Training loss")
    plt.plot(x, test, color="tab:red", label="Test loss")
    plt.yscale("log")
    plt.title("Loss")
    plt.xlabel("Epoch")
    plt.ylabel("Loss")
    plt.legend()
    plt.grid(True, which="both")
    plt.show()
"""
RIGHT = {
    "shown": SHOWN,
    "left open": SHOWN.replace("    plt.show()\n", ""),
    "returned": SHOWN.replace("plt.show()", "return plt.gcf()"),
    "axes returned": SHOWN.replace("plt.show()", "return plt.gca()"),
    "closed": SHOWN.replace("plt.show()", "plt.close()"),
    "saved and closed": SHOWN.replace("plt.show()", 'plt.savefig("losses.png"); plt.close("all")'),
    "shown by the figure": SHOWN.replace("plt.show()", "plt.gcf().show()"),
    "semilogy": """
def plot_losses(train, test):
    fig, ax = plt.subplots()
    for values, name in [(test, "test"), (train, "training")]:
        ax.semilogy(np.arange(len(values)) + 1, values, marker=".", label=name)
    ax.set(xlabel="epoch", ylabel="loss")
    ax.legend(loc="best")
    return fig, ax
""",
    "without pyplot": """
def plot_losses(train, test):
    from matplotlib.figure import Figure
    figure = Figure()
    ax = figure.add_subplot()
    ax.plot(np.arange(1, len(train) + 1), np.array([train, test]).T, label=["training", "test"])
    ax.set_yscale("log")
    ax.set_xlabel(r"epoch $t$")
    ax.set_ylabel(r"loss $\\mathcal{L}$")
    figure.legend()
    ax.legend()
    return figure
""",
    "legend with handles": """
def plot_losses(train, test):
    epochs = [i for i in range(1, len(train) + 1)]
    a, = plt.plot(epochs, list(train))
    b, = plt.plot(epochs, list(test), "--")
    plt.gca().set_yscale("log", base=2)
    plt.legend([a, b], ["training", "test"])
    plt.xlabel("epochs"); plt.ylabel("losses")
    plt.tight_layout()
    return a, b
""",
    "with pandas": """
def plot_losses(train, test):
    import pandas as pd
    table = pd.DataFrame({"training": train, "test": test}, index=np.arange(1, len(train) + 1))
    return table.plot(logy=True, xlabel="epoch", ylabel="loss", style=["-", ":"])
""",
    "after another figure": SHOWN.replace(
        "    x = range", "    plt.plot([1, 2, 3]); plt.show()\n    x = range"
    ),
    "on the same axes each time": """
figure, axes = plt.subplots()

def plot_losses(train, test):
    axes.clear()
    axes.plot(range(1, len(train) + 1), train, label="training")
    axes.plot(range(1, len(test) + 1), test, label="test")
    axes.set_yscale("log"); axes.set_xlabel("epoch"); axes.set_ylabel("loss"); axes.legend()
    return figure
""",
}
WRONG = {
    "linear": (SHOWN.replace('    plt.yscale("log")\n', ""), "Your y axis is linear, which hides"),
    "both log": (
        SHOWN.replace('plt.yscale("log")', 'plt.loglog(); plt.xscale("linear"); plt.yscale("symlog")'),
        "has a symlog y axis, but a log scale was asked for: `ax.set_yscale('log')`.",
    ),
    "logarithms": (
        SHOWN.replace("x, train", "x, np.log10(train)").replace("x, test", "x, np.log10(test)"),
        "it shows the logarithm; draw the data themselves",
    ),
    "epochs from zero": (
        SHOWN.replace("range(1, len(train) + 1)", "range(len(train))"),
        "Your epochs start at 0; the first epoch is 1.",
    ),
    "no x": (
        SHOWN.replace("plt.plot(x, ", "plt.plot("),
        "Your epochs start at 0; the first epoch is 1.",
    ),
    "no legend": (SHOWN.replace("    plt.legend()\n", ""), "You label the lines, but show no legend"),
    "one line": (
        SHOWN.replace('    plt.plot(x, test, color="tab:red", label="Test loss")\n', ""),
        "You draw the training loss alone; the test loss is the line that shows overfitting.",
    ),
    "labels exchanged": (
        SHOWN.replace("Training", "?").replace("Test", "Training").replace("?", "Test"),
        "the line 'train' has no such label: give it `label='train'`",
    ),
    "the test loss twice": (SHOWN.replace("x, train", "x, test"), "the line 'train'"),
    "dots": (
        SHOWN.replace("plt.plot(", "plt.scatter("),
        "is drawn as points: draw lines with `ax.plot`.",
    ),
    "nothing": ("def plot_losses(train, test):\n    return train, test", "`plot_losses` draws no figure"),
    "an empty figure": (
        "def plot_losses(train, test):\n    return plt.figure()",
        "is empty: nothing is drawn in it",
    ),
    "without labels": (
        SHOWN.replace('    plt.xlabel("Epoch")\n', ""),
        "figure has no x label: set it with `ax.set_xlabel`.",
    ),
    "another label": (
        SHOWN.replace('"Epoch"', '"Iteration"'),
        "The x label of figure lacks the expected words.",
    ),
    "shown too early": (
        SHOWN.replace('    plt.yscale("log")', '    plt.show()\n    plt.yscale("log")'),
        "shows no lines",
    ),
    "an error": ("def plot_losses(train, test):\n    plt.plot(train, [1])", "ValueError"),
}


@pytest.mark.parametrize("answer", RIGHT.values(), ids=RIGHT)
def test_a_right_figure_in_any_style_passes(answer):
    result = graded("figures", answer)
    assert told(result, "q1") == ""
    assert result.questions[0].score == 5


@pytest.mark.parametrize(("answer", "says"), WRONG.values(), ids=WRONG)
def test_a_wrong_figure_is_told_what_is_wrong(answer, says):
    result = graded("figures", answer)
    assert failed(result, "q1")
    assert says in told(result, "q1")


# Cells -------------------------------------------------------------------------------------------------------


def changed(change):
    """The result of a whole notebook, with its text, after a change of its cells."""
    judge = judge_of("figures")
    notebook = json.loads(notebook_bytes(solution_notebook(judge.problem_set)))
    cells = [
        {"cell_type": cell["cell_type"], "source": "".join(cell["source"])} for cell in notebook["cells"]
    ]
    notebook["cells"] = [
        {
            **cell,
            "metadata": {},
            **({"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {}),
        }
        for cell in change(cells)
    ]
    return judge.grade(Submission("someone", {"figures.ipynb": json.dumps(notebook).encode()}))


HISTOGRAM = 'plt.hist(errors, bins=20)\nplt.xlabel("error")\nplt.show()'


def with_histogram(source):
    def change(cells):
        for cell in cells:
            if "plt.hist" in cell["source"]:
                cell["source"] = source
        return cells

    return change


@pytest.mark.parametrize(
    "source",
    [
        HISTOGRAM,
        HISTOGRAM.replace("\nplt.show()", ""),
        "fig, ax = plt.subplots()\nax.hist(errors, 20, color='k')\nax.set_xlabel('Error')\nfig",
        "counts, edges = np.histogram(errors, 20)\nplt.stairs(counts, edges)\n"
        "plt.bar((edges[1:] + edges[:-1]) / 2, counts, np.diff(edges))\nplt.xlabel('errors')",
        "import pandas as pd\nax = pd.Series(errors).plot.hist(bins=20)\nax.set_xlabel('error')",
        "plt.hist(errors, bins=np.linspace(errors.min(), errors.max(), 21), density=False)\nplt.xlabel('error')\n"
        "plt.savefig('a.png')\nplt.close()",
        "plt.hist(errors, bins=3)\nplt.show()\nplt.hist(errors, bins=20)\nplt.xlabel('error')\nplt.show()",
        "import matplotlib\nmatplotlib.use('TkAgg')\n%matplotlib inline\n" + HISTOGRAM,
    ],
)
def test_a_cell_draws_a_right_figure(source):
    assert told(changed(with_histogram(source)), "q2") == ""


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("...", "The cell of q2 draws no figure: draw one with matplotlib"),
        (HISTOGRAM.replace("bins=20", "bins=10"), "the set of bars has 10 bars, but 20 were expected"),
        (HISTOGRAM.replace("bins=20", "bins=20, density=True"), "the set of bars is wrong"),
        (HISTOGRAM.replace("errors, bins", "errors ** 2, bins"), "the set of bars is wrong"),
        (HISTOGRAM.replace('plt.xlabel("error")\n', ""), "the histogram has no x label"),
        ("plt.plot(errors)", "the histogram shows no bars"),
        (
            HISTOGRAM + "\nplt.hist(errors[:9])\nplt.show()",
            "the set of bars has 10 bars, but 20 were expected",
        ),
        ("plt.hist(error)", "draws no figure"),
    ],
)
def test_a_cell_draws_a_wrong_figure(source, says):
    assert says in told(changed(with_histogram(source)), "q2")


def test_a_cell_is_found_where_its_heading_is_gone_or_it_was_moved():
    def without_headings(cells):
        return [cell for cell in cells if cell["cell_type"] == "code" and "np.sort" not in cell["source"]]

    def checked(cells):
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        places = [i for i, cell in enumerate(code) if "plt.hist" in cell["source"]]
        code.insert(places[0] + 1, {"cell_type": "code", "source": 'grader.check("q2")'})
        return code

    def split(cells):
        (place,) = [i for i, cell in enumerate(cells) if "plt.hist" in cell["source"]]
        note = {"cell_type": "markdown", "source": "My histogram:"}
        return [*cells[:place], note, {"cell_type": "code", "source": "bins = 20"}, *cells[place:]]

    for change in (without_headings, checked, split):
        assert told(changed(change), "q2") == "", change


def test_a_figure_of_another_question_does_not_count():
    def moved(cells):
        (place,) = [i for i, cell in enumerate(cells) if "plt.hist" in cell["source"]]
        cell = cells.pop(place)
        return [cells[0], cells[1], {"cell_type": "code", "source": "errors = np.ones(3)"}, cell, *cells[2:]]

    assert "draws no figure" in told(changed(moved), "q2")
