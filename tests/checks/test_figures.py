"""Figures: right ones in different clothes pass, wrong ones fail with a sentence that names the slip."""

from __future__ import annotations

from contextlib import suppress

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from grader import CheckFailed, check_figure
from grader.checks.figure_labels import matched, means, says
from grader.figures import figure_of, said
from grader.figures.description import MOST_NESTED
from grader.figures.reading import MOST_NUMBERS, MOST_PARTS

X = np.linspace(0.0, 1.0, 6)
Y = np.exp(-5 * X)
LINE = {"lines": [(X, Y)]}


def drawn(draw) -> Figure:
    figure = Figure()
    draw(figure.subplots())
    return figure


def failure(got, **asked) -> str:
    with pytest.raises(CheckFailed) as failed:
        check_figure(got, **asked)
    return failed.value.summary


def _grid(axes):
    for one in np.ravel(axes):
        one.plot(X, Y)


@pytest.mark.parametrize(
    ("draw", "asked"),
    [
        (lambda a: a.plot(X, Y), LINE),
        (lambda a: a.plot(list(X), list(Y), "r--o"), LINE),
        (lambda a: a.plot(X[::-1], Y[::-1]), LINE),
        (lambda a: a.semilogy(X, Y), {"yscale": "log", **LINE}),
        (lambda a: (a.plot(X, Y), a.set_yscale("log")), {"yscale": "log", **LINE}),
        (lambda a: (a.plot(X, 1 - Y), a.plot(X, Y)), LINE),
        (lambda a: (a.plot(X, Y, label="Training loss"), a.legend()), {"lines": {"training loss": (X, Y)},
        "legend": True}),
        (lambda a: (a.plot(X, Y), a.legend(["train"])), {"legend": ["Train"]}),
        (lambda a: a.plot(pd.Series(Y, index=X)), LINE),
        (lambda a: pd.Series(Y, index=X).plot(ax=a), LINE),
        (lambda a: a.plot(X, Y * (1 + 1e-12)), LINE),
        (lambda a: a.plot(Y), {"lines": [Y]}),
        (lambda a: a.step(X, Y), LINE),
        (lambda a: a.scatter(X, Y), {"points": [(X, Y)]}),
        (lambda a: a.plot(X[::-1], Y[::-1], "x"), {"points": [(X, Y)]}),
        (lambda a: a.plot(X, Y, linestyle="", marker="."), {"points": [(X, Y)]}),
        (lambda a: a.bar(["a", "b"], [3, 4]), {"bars": [(["b", "a"], [4, 3])]}),
        (lambda a: a.barh(["a", "b"], [3, 4]), {"bars": [(["a", "b"], [3, 4])]}),
        (lambda a: a.hist([1, 1, 2, 3], bins=3), {"bars": [[2, 1, 1]]}),
        (lambda a: a.imshow(np.eye(3)), {"image": np.eye(3)}),
        (lambda a: a.matshow(np.eye(3)), {"image": np.eye(3)}),
        (lambda a: a.pcolormesh(np.eye(3)), {"image": np.eye(3)}),
        (lambda a: a.set_xlabel("Epoch $t$"), {"xlabel": "epoch t"}),
        (lambda a: a.set(xlabel="time", ylabel="x", title="A"), {"xlabel": ["epoch", "time"], "ylabel": True,
        "title": "a"}),
        (lambda a: a.figure.suptitle("Losses"), {"title": "losses"}),
        (lambda a: a.set(xlim=(0, 1)), {"xlim": (0, 1)}),
        (lambda a: a.axhline(0.5), {"lines": ()}),
    ],
)  # fmt: skip
def test_right_figures_in_different_clothes(draw, asked):
    figure = drawn(draw)
    check_figure(figure, **asked)
    check_figure(said(figure), **asked)  # as it comes out of the sandbox


@pytest.mark.parametrize(
    ("draw", "asked", "says"),
    [
        (lambda a: a.plot(Y, X), LINE, "In figure, the line is wrong: x and y are exchanged."),
        (lambda a: a.plot(Y), LINE, "the points stand at 0, 1, 2 and so on, as if x were not passed."),
        (lambda a: a.plot(X, np.log10(Y)), LINE, "it shows the logarithm"),
        (lambda a: a.plot(X, 2 * Y), LINE, "In figure, y of the line is wrong: Every entry is 2 times the right"),
        (lambda a: a.plot(X + 1, Y), LINE, "In figure, x of the line is wrong: Every entry is off by the same"),
        (lambda a: a.plot(X[1:], Y[1:]), LINE, "has 5 points, but 6 were expected"),
        (lambda a: a.plot(X[[0, 2, 1, 3, 4, 5]], Y[[0, 2, 1, 3, 4, 5]]), LINE, "connected in another order: sort them"),
        (lambda a: a.scatter(X, Y), LINE, "is drawn as points: draw lines with `ax.plot`."),
        (lambda a: a.plot(X, Y), {"points": [(X, Y)]}, "is drawn as lines: draw points with `ax.scatter`."),
        (lambda a: a.axhline(0.5), LINE, "figure shows no lines."),
        (lambda a: a.plot(X, Y), {"lines": [(X, Y), (X, 1 - Y)]}, "figure lacks the line 2 of 2"),
        (lambda a: (a.plot(X, Y), a.plot(X, X)), {**LINE, "exactly": True}, "shows 2 lines, but only 1 was asked for"),
        (lambda a: a.plot(X, Y), {"lines": {"loss": (X, Y)}}, "has no such label: give it `label='loss'`"),
        (lambda a: a.hist([1, 1, 2, 3], bins=3, density=True), {"bars": [[2, 1, 1]]}, "the set of bars is wrong"),
        (lambda a: a.plot(X, Y), {"yscale": "log"},
        "has a linear y axis, but a log scale was asked for: `ax.set_yscale"),
        (lambda a: a.loglog(X, Y), {"xscale": "linear"}, "has a log x axis"),
        (lambda a: a.plot(X, Y), {"xlabel": True}, "has no x label: set it with `ax.set_xlabel`"),
        (lambda a: a.set_xlabel("time"), {"xlabel": "epoch"}, "The x label of figure lacks the expected words."),
        (lambda a: a.plot(X, Y), {"title": True}, "has no title"),
        (lambda a: a.plot(X, Y), {"legend": True}, "give what you draw a `label=`"),
        (lambda a: a.plot(X, Y, label="train"), {"legend": True}, "has no legend: call `ax.legend()`"),
        (lambda a: (a.plot(X, Y, label="train"), a.legend()), {"legend": ["test"]}, "lacks an entry for 'test'"),
        (lambda a: a.plot(X, Y), {"xlim": (0, 9)}, "has other ends than expected"),
        (lambda a: a.imshow(np.eye(3)), {"image": np.eye(4)}, "The image in figure has shape (3, 3)"),
        (lambda a: a.plot(X, Y), {"image": np.eye(4)}, "shows no image"),
        (lambda a: a.plot(X, Y), {"panels": 2}, "has 1 panel, but 2 were expected"),
    ],
)  # fmt: skip
def test_wrong_figures_are_told_what_is_wrong(draw, asked, says):
    assert says in failure(drawn(draw), **asked)


def _pieces(axes, *, also=None):
    for x, y in zip(X, Y, strict=True):
        axes.scatter(x, y)
    if also is not None:
        axes.plot(*also, "o-")


def _classes(axes):
    for start, color in ((0, "r"), (1, "b")):
        for x, y in zip(X[start::2], Y[start::2], strict=True):
            axes.scatter(x, y, c=color, label="ab"[start])


def _fractions(axes):
    axes.bar(["a"], [1]), axes.bar(["b"], [2]), axes.bar(["c"], [3], color="r")


def _shared(axes):
    axes.plot(X, Y, label="train")
    axes.figure.legend()


def _twin(axes):
    axes.plot(X, Y, label="a")
    twin = axes.twinx()
    twin.plot(X, X, label="b")
    twin.set_title("both")
    twin.set_ylabel("accuracy")
    twin.set_xlabel("unseen")
    twin.legend()


COUNTS = {"bars": [(np.array([0.5, 1.5, 2.5]), [2, 1, 1])], "exactly": True}
STEPS = {"bins": [0, 1, 2, 3]}
VALUES = [0.1, 0.2, 1.5, 2.5]


@pytest.mark.parametrize(
    ("draw", "asked"),
    [
        (_pieces, {"points": [(X, Y)], "exactly": True}),
        (lambda a: _pieces(a, also=(X, 2 * Y)), {"points": [(X, Y)], "lines": [(X, 2 * Y)], "exactly": True}),
        (lambda a: (a.scatter(X[:2], Y[:2]), a.scatter(X[2:], Y[2:], c="r"), a.scatter([3, 4], [5, 6])),
        {"points": [([3, 4], [5, 6]), (X[::-1], Y[::-1])], "exactly": True}),
        (_classes, {"points": {"a": (X[::2], Y[::2]), "b": (X[1::2], Y[1::2])}, "exactly": True}),
        (_fractions, {"bars": [(["c", "a", "b"], [3, 1, 2])], "exactly": True}),
        (_fractions, {"bars": [[1, 2, 3]]}),
        (lambda a: (a.bar([3, 1], [6, 2], color="r"), a.bar([2], [4])), {"bars": [([1, 2, 3], [2, 4, 6])]}),
        (lambda a: (a.barh(["b"], [2]), a.barh(["a"], [1])), {"bars": [(["a", "b"], [1, 2])]}),
        (lambda a: a.plot(X, Y, "o-"), {"points": [(X, Y)], "lines": [(X, Y)], "exactly": True}),
        (lambda a: a.plot(X, Y, "o-"), {**LINE, "exactly": True}),
        (lambda a: a.errorbar(X, Y, yerr=0.1, label="mean"), {"lines": {"mean": (X, Y)}}),
        (lambda a: a.stem(X, Y, label="mean"), {"points": {"mean": (X, Y)}}),
        (lambda a: (a.plot(X, Y), a.plot([1, 4], [0.5, 0.5])), {**LINE, "horizontal": [0.5], "exactly": True}),
        (lambda a: (a.plot(X, Y), a.plot([0, 1], [1, 1])), {"lines": [([0, 1], [1, 1])], "curves": [(X, Y)],
        "exactly": True}),
        *((lambda a, how=how: a.hist(VALUES, **STEPS, histtype=how), COUNTS) for how in ("step", "stepfilled", "bar")),
        (lambda a: a.hist(VALUES, **STEPS, histtype="step", orientation="horizontal"), COUNTS),
        (lambda a: a.hist(VALUES, **STEPS, histtype="stepfilled", bottom=2, log=True), COUNTS),
        (lambda a: a.hist([VALUES, VALUES], **STEPS, histtype="stepfilled", stacked=True, label=["a", "b"]),
        {"bars": {"a": COUNTS["bars"][0], "b": COUNTS["bars"][0]}, "exactly": True}),
        (lambda a: a.stairs([2, 1, 1], [0, 1, 2, 3]), COUNTS),
        (lambda a: (a.stairs([2, 1, 1], [0, 1, 2, 3], fill=True, orientation="horizontal"), a.axvspan(1, 2)), COUNTS),
        (_shared, {"legend": ["train"], "panels": 1, "lines": {"train": (X, Y)}}),
        (lambda a: (a.plot(X, Y), a.figure.legend(["train"])), {"legend": True, "lines": {"train": (X, Y)}}),
        (lambda a: a.figure.colorbar(a.imshow(np.eye(3))), {"panels": 1, "image": np.eye(3)}),
        (lambda a: a.figure.colorbar(a.imshow(np.eye(3)), cax=a.figure.add_axes((0.9, 0, 0.1, 1))), {"panels": 1}),
        (_twin, {"panels": 1, "legend": ["b"], "title": "both", **LINE}),
        (_twin, {"panels": 1, "panel": 1, "lines": [(X, X)]}),
        (_twin, {"lines": {"a": (X, Y), "b": (X, X)}, "exactly": True, "ylabel": "accuracy"}),
        (lambda a: (a.figure.supxlabel("epoch"), a.figure.supylabel("loss")), {"xlabel": "epoch", "ylabel": "loss"}),
    ],
)  # fmt: skip
def test_the_same_may_be_drawn_in_several_ways(draw, asked):
    figure = drawn(draw)
    check_figure(figure, **asked)
    check_figure(said(figure), **asked)
    kept = asked.keys() - {"panel", "lines", "exactly"}
    check_figure(figure.axes[0], **{key: asked[key] for key in kept})


def _both(one, other):
    def draw(axes):
        axes.plot(X, Y, label=one), axes.plot(X, 2 * Y, label=other)
        axes.legend()

    return draw


LOSSES = {"lines": {"loss": (X, Y), "val loss": (X, 2 * Y)}}


@pytest.mark.parametrize(
    ("draw", "asked", "says"),
    [
        (_both("", "val loss"), {"legend": ["loss", "val loss"]}, "lacks an entry for 'loss'"),
        (_both("", "val loss"), {"legend": ["val loss", "loss"]}, "lacks an entry for 'loss'"),
        (_both("val loss", "val loss"), LOSSES, "the line 'loss' has no such label"),
        (_both("val loss", "loss"), LOSSES, "the line 'loss' has no such label"),
        (_both("untrained", "latest"), {"legend": ["train"]}, "lacks an entry for 'train'"),
        (_both("untrained", "latest"), {"legend": ["test"]}, "lacks an entry for 'test'"),
        (_both("k=10", "k=1.5"), {"legend": ["k=1"]}, "lacks an entry for 'k=1'"),
        (lambda a: a.set_xlabel("step och"), {"xlabel": "epoch"}, "lacks the expected words"),
        (lambda a: (a.scatter([1, 2], [1, 2], label="a b"), a.scatter([3], [3], label="a b")),
        {"points": {"a": ([1, 2], [1, 2]), "b": ([3], [3])}}, "the set of points 'b' has no such label"),
        (_pieces, {"points": [(X[1:], Y[1:])]}, "the set of points has 6 points, but 5 were expected"),
        (lambda a: a.scatter([1], [1]), {"points": [([1, 2], [1, 2])]}, "has 1 point, but 2 were expected"),
        (lambda a: a.scatter([1, 2], [1, 2]), {"points": [([1], [1])]}, "has 2 points, but 1 was expected"),
        (_fractions, {"bars": [[1, 2, 3, 4]]}, "the set of bars has 3 bars, but 4 were expected"),
        (_fractions, {"bars": [(["a", "b", "c"], [1, 2, 4])]}, "y of the set of bars is wrong in 1 of 3 entries"),
        (_fractions, {"bars": [(["a", "b", "d"], [1, 2, 3])]}, "does not show the expected data"),
        (lambda a: a.barh([1, 2], [2, 4]), {"bars": [([1, 2], [1, 2])]}, "x of the set of bars is wrong: Every entry"),
        (lambda a: a.bar([2, 1], [2, 4]), {"bars": [([1, 2], [4, 3])]}, "y of the set of bars is wrong in 1 of 2"),
        (lambda a: a.bar([0, 1], [2, 4]), {"bars": [([1, 2], [2, 4])]}, "the bars stand at 0, 1, 2 and so on, as if x"),
        (lambda a: a.plot(X - X[0] + np.arange(6) - X, Y), LINE, "stand at 0, 1, 2 and so on, as if x were not passed"),
        (lambda a: a.scatter(X[::-1], 2 * Y[::-1]), {"points": [(X, Y)]}, "does not show the expected data"),
        (lambda a: a.scatter(X, 2 * Y), {"points": [(X, Y)]}, "In figure, y of the set of points is wrong: Every"),
        (lambda a: (a.plot(X, Y, "o-"), a.plot(X, X, "o-")), {"lines": [(X, Y)], "points": [(X, X)], "exactly": True},
        "shows 2 lines, but only 1 was asked for"),
        (lambda a: (_pieces(a), a.scatter(X, X)), {"points": [(X, X)], "exactly": True},
        "shows 7 sets of points, but only 1 was asked for"),
        (lambda a: (a.plot(X, Y), a.plot([1, 4], [0.5, 0.5]), a.plot(X, X)),
        {**LINE, "horizontal": [0.5], "exactly": True}, "shows 1 more line than was asked for"),
        (lambda a: a.hist(VALUES, **STEPS, histtype="step", density=True), COUNTS, "shares of the sum"),
        (lambda a: a.fill([0, 1, 2], [0, 1, 0]), COUNTS, "shows no bars"),
        (lambda a: a.figure.subplots(1, 2), {"panels": 1}, "has 3 panels, but 1 was expected"),
        (_twin, {"panel": 2}, "has only 1 panel."),
        (_twin, {"lines": [(X, Y)], "exactly": True}, "shows 2 lines, but only 1 was asked for"),
        (_twin, {"xlabel": "unseen"}, "has no x label"),
        (lambda a: (_twin(a), a.figure.add_axes((0, 0, 0.1, 0.1)).plot(X, Y**2)), {"lines": [(X, Y**2)]}, "is wrong"),
        (lambda a: a.twinx().set_xlabel("epoch"), {"title": True}, "has no title"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_as_it_is(draw, asked, says):
    assert says in failure(drawn(draw), **asked)


@pytest.mark.parametrize(
    ("found", "wanted", "right"),
    [
        ("training loss", "train", True), ("Number of epochs", "epoch", True), ("val_loss", "loss", True),
        ("valLoss", "loss", True), ("$\\mathcal{L}$oss", "l", True), ("trainloss", "train loss", True),
        ("2nd", "nd", True), ("\u8a13\u7df4\u640d\u5931", "\u640d\u5931", True),
        ("sigma = 1.0", "sigma=1", True), ("x^2", "2", True),
        ("untrained", "train", False), ("LATEST", "test", False), ("step och", "epoch", False),
        ("12", "2", False), ("0.5", "5", False), ("lr=1e-3", "lr=1", False), ("", "x", False), ("x", "", True),
    ],
)  # fmt: skip
def test_words_are_found_from_their_beginning_on(found, wanted, right):
    assert says(found, wanted) is right


def test_a_label_counts_for_the_text_that_it_says_most_of():
    assert not means("val loss", "loss", ["loss", "val loss"])
    assert means("loss", "loss", ["loss", "val loss", "Loss"])
    assert matched(2, 2, lambda i, j: (i, j) != (1, 1)) == {0: 1, 1: 0}
    assert matched(2, 2, lambda i, j: j == 0) == {0: 0}


@pytest.mark.parametrize("value", [None, 3, "figure", {"title": ""}, [X, Y]])
def test_what_is_no_figure_is_told_so(value):
    assert "but a figure was expected" in failure(value)


def test_an_empty_figure_is_told_so():
    assert failure(Figure()) == "figure is empty: nothing is drawn in it."


def test_one_of_several_axes_is_judged():
    figure = Figure()
    left, right = figure.subplots(1, 2)
    left.plot(Y, X)
    right.plot(X, Y)
    check_figure(figure, panel=1, panels=2, **LINE)
    check_figure(right, **LINE)
    assert "exchanged" in failure(figure, **LINE)


def test_a_summary_holds_none_of_the_expected_numbers():
    with mpl.rc_context():
        summary = failure(drawn(lambda a: a.plot(X, Y + 0.123)), lines=[(X, Y + 4321.5)])
    assert "4321" not in summary


@pytest.mark.parametrize(
    "given",
    [
        {"title": 3, "axes": None, "texts": 1}, {"title": "", "axes": [1, None], "texts": []},
        {"title": "", "axes": [{"lines": [{"x": "no", "y": [1]}], "legend": [1]}], "texts": []},
        {"title": "", "axes": [{"lines": 5, "__class__": 3, 4: 5}], "texts": []},
    ],
)  # fmt: skip
def test_a_description_that_is_none_breaks_nothing(given):
    figure = figure_of(given)
    assert figure is not None
    with pytest.raises(CheckFailed):
        check_figure(given, **LINE)


AXES = {"lines": [{"x": X, "y": Y}], "legend": None}


@pytest.mark.parametrize(
    "name", ["__doc__", "__module__", "__class__", "__dataclass_fields__", "_made", "nobody"]
)
def test_a_description_may_have_any_keys(name):
    given = {
        "title": "",
        "axes": [{**AXES, "lines": [{**AXES["lines"][0], name: 1}], name: "x"}],
        "texts": [],
        name: 3,
    }
    check_figure(given, **LINE)
    assert failure({**given, "axes": []}) == "figure is empty: nothing is drawn in it."


HUGE = np.array([1e308, -1e308, np.inf, np.nan, 0.0, 5e-324])
ODD = [
    None, True, -1, 2**70, 1e308, "x", "\ud800", b"x", [], [1], ["x", 1], {}, {1: 2}, (1,), {3}, [[]], np.zeros(0),
    np.zeros((2, 0)), np.zeros((2, 3, 4)), np.array(3), np.array(["x"]), np.array([1j]), HUGE, HUGE[::-1],
    np.arange(6, dtype="u8"), np.ones(6, bool), np.ones(6, "f2"), np.stack([HUGE, HUGE]), ["x"] * 6,
]  # fmt: skip
ASKED = [
    {**LINE, "exactly": True}, {"curves": [(X, Y)]}, {"points": {"a": (X, Y)}}, {"bars": [(X, Y)]}, {"bars": [Y]},
    {"bars": [(list("abcdef"), Y)]}, {"vertical": [1]}, {"horizontal": {"a": 1}}, {"image": np.eye(3)},
    {"title": "a", "legend": ["a"]}, {"legend": ["a", "b"]}, {"xlim": (0, 1), "ylim": (0, 1)}, {"xscale": "log"},
    {"xlabel": True, "panels": 1}, {"panel": 3},
]  # fmt: skip


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_no_description_breaks_a_check(asked):
    rng = np.random.default_rng(1)

    def odd(names):
        return {name: ODD[rng.integers(len(ODD))] for name in names if rng.random() < 0.8}

    def rows(names):
        size = rng.integers(7)
        return {name: HUGE[rng.integers(6, size=size)] for name in names}

    for _ in range(300):
        axes = {
            **odd(["title", "xlabel", "xscale", "xlim", "ylim", "xticks", "yticks", "xplaces", "legend", "lies_on"]),
            "lines": [{**odd(["label", "style", "marker", "drawstyle", "across"]), **rows(["x", "y"])}, odd("xy")],
            "points": [{**odd(["label", "values"]), **rows(["x", "y"])} for _ in range(3)],
            "bars": [{**odd(["horizontal"]), **rows(["at", "lengths", "widths", "start"])} for _ in range(2)],
            "images": [odd(["data", "extent", "label"]), ODD[rng.integers(len(ODD))]],
        }  # fmt: skip
        given = {
            "title": "",
            "texts": [],
            "axes": [axes, odd(["lines", "points", "bars", "images"])],
            "cut": False,
        }
        with suppress(CheckFailed):
            check_figure(given, **asked)


def _lines(count, size):
    return {
        "title": "",
        "texts": [],
        "axes": [{"lines": [{"x": np.zeros(size), "y": np.zeros(size)}] * count}],
    }


@pytest.mark.parametrize(
    ("given", "cut"),
    [
        (_lines(MOST_PARTS, 2), False), (_lines(MOST_PARTS + 1, 2), True),
        (_lines(10, MOST_NUMBERS // 20), False), (_lines(11, MOST_NUMBERS // 20), True),
    ],
)  # fmt: skip
def test_a_description_holds_no_more_than_is_read_of_a_figure(given, cut):
    figure = figure_of(given)
    assert figure.cut is cut
    assert sum(line.x.size + line.y.size for line in figure.axes[0].lines) <= MOST_NUMBERS
    if cut:
        assert "far more than a figure can show" in failure(given, curves=[(X, Y)])


def test_lists_within_lists_are_looked_into_so_far():
    given = {"title": "", "axes": [AXES], "texts": ["x" * 9_999] * 9_999}
    nested = [given]
    for _ in range(MOST_NESTED - 1):
        nested = [nested]
    figure = figure_of(nested)
    assert len(figure.texts) < 9_999
    assert len(figure.texts[0]) < 9_999
    assert figure_of([nested]) is None


def test_a_figure_that_is_read_whole_is_not_cut_later():
    def draw(axes):
        for x in range(900):
            axes.axvline(x)
        axes.vlines(np.arange(500), 0, 1)
        axes.bar(np.arange(100), 1), axes.stairs([1, 2, 3]), axes.imshow(np.eye(9)), axes.scatter(X, Y, c=Y)
        axes.add_patch(mpl.patches.Rectangle((0, 0), 1, 1))

    figure = figure_of(drawn(draw))
    assert not figure.cut
    assert len(figure.axes[0].lines) == 1_400
