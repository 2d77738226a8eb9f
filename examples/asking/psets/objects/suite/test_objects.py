"""q1 to q3: what objects answer, and what they do later."""

import numpy as np
import reference.objects as ref

from grader import CheckFailed, check_close, question


@question("q1", points=0, public=True)
def test_three_numbers(student):
    """Three numbers: how many, their mean, their variance."""
    stats = student.RunningStats([1.0, 2.0, 6.0])
    check_close([len(stats), stats.mean, stats.variance], [3, 3.0, 14 / 3], name="len, mean and variance")


@question("q1", points=2)
def test_one_at_a_time(student, rng):
    """Mean and variance after each number, also far from 0."""
    for x in (rng.normal(3.0, 2.0, size=6), 1e8 + rng.normal(size=6)):
        stats = student.RunningStats()
        for count in range(1, len(x) + 1):
            stats = stats.add(x[count - 1])
            check_close(len(stats), count, name="len(stats)")
            check_close(stats.mean, x[:count].mean(), name="stats.mean")
            check_close(stats.variance, x[:count].var(), name="stats.variance", scale=abs(x[0]))


@question("q1", points=2)
def test_merging(student, rng):
    """The sum of two has seen the numbers of both, which stay as they are."""
    x, y = rng.normal(size=5), rng.normal(4.0, 3.0, size=3)
    one, other = student.RunningStats(x), student.RunningStats(y)
    both = one + other
    check_close([len(both), len(one), len(other)], [8, 5, 3], name="len")
    check_close(both.mean, np.concatenate([x, y]).mean(), name="(a + b).mean")
    check_close(both.variance, np.concatenate([x, y]).var(), name="(a + b).variance")
    check_close([one.mean, other.mean], [x.mean(), y.mean()], name="the means of a and b")


@question("q1", points=2)
def test_equality(student, rng):
    """Equal if count, mean and variance are."""
    x = rng.normal(size=4)
    stats = student.RunningStats(x)
    others = [x[::-1], x + 1.0, np.tile(x, 2), x.mean() + 2 * (x - x.mean())]
    answers = [stats == student.RunningStats(other) for other in others]
    check_close(answers, [True, False, False, False], name="a == b for four pairs")


@question("q2", points=0, public=True)
def test_names(student):
    """Reading, setting, counting, names in their order."""
    p = student.Parameters({"w": 1.0, "b": 0.5})
    p["b"] = 0.25
    check_close([len(p), p["w"], p["b"]], [2, 1.0, 0.25], name="len(p), p['w'] and p['b']")
    assert list(p) == ["w", "b"], "iterating over p should give the names w and b, in this order"
    with p:
        p["w"] = 7.0
    check_close(p["w"], 1.0, name="p['w'] after with")


@question("q2", points=2)
def test_what_is_in_it(student):
    """Names are in it, values are not; a new name comes last."""
    p = student.Parameters({"slope": 3.0, "bias": 1.0})
    p["rate"] = 0.5
    check_close(["slope" in p, "rate" in p, "scale" in p, 3.0 in p], [True, True, False, False], name="in")
    check_close([len(p), p["slope"], p["rate"]], [3, 3.0, 0.5], name="len(p) and p[...]")
    if list(p) != ["slope", "bias", "rate"]:
        raise CheckFailed("iterating over p does not give the names in their order.")
    with p:
        p["slope"] = 4.0
        p["scale"] = 1.0
    check_close(["scale" in p, p["slope"]], [False, 3.0], name="'scale' in p and p['slope'] after with")


@question("q2", points=3)
def test_with(student):
    """Everything is put back, also where such statements are nested."""
    p = student.Parameters({"w": 1.0, "b": 2.0})
    with p as trial:
        trial["w"] = 5.0
        with p:
            p["b"] = 7.0
            p["c"] = 8.0
            check_close([p["w"], p["b"], p["c"]], [5.0, 7.0, 8.0], name="inside")
        check_close([p["w"], p["b"], len(p)], [5.0, 2.0, 2], name="after the inner with")
    check_close([p["w"], p["b"], len(p)], [1.0, 2.0, 2], name="after with")
    p["w"] = 3.0
    with p:
        p["w"] = 4.0
    check_close(p["w"], 3.0, name="after a second with")


@question("q3", points=0, public=True)
def test_five_in_twos(student):
    """Five rows in twos."""
    found = [batch.tolist() for batch in student.batches(np.arange(5), 2)]
    assert found == [[0, 1], [2, 3], [4]], "five rows in twos should be [0, 1], [2, 3] and [4]"


@question("q3", points=3)
def test_batches(student, rng):
    """Sizes that divide the rows and sizes that do not; one at a time where one is asked for."""
    for rows, size in ((7, 3), (6, 3), (2, 5), (4, 1)):
        x = rng.normal(size=(rows, 2))
        check_close(list(student.batches(x, size)), list(ref.batches(x, size)), name="the batches")
    x = rng.normal(size=9)
    each = student.batches(x, 4)
    check_close(next(each), x[:4], name="the first batch")
    check_close(next(each), x[4:8], name="the second batch")
