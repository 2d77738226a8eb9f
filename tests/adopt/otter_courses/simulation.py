"""Simulation with seeds: dice, resampling, walks, permutations."""

from __future__ import annotations

from .homework import Homework, Variant, ask

__all__ = ["SIMULATION"]

DICE = Homework(
    "hw09",
    "Homework 9: Dice",
    "okpy",
    (
        ask(
            "q1",
            "Write `roll(n)`: the sum of `n` throws of a fair die, with `np.random.randint`.",
            "def roll(n):\n    return np.random.randint(1, 7, n).sum()",
            """
            >>> all(2 <= roll(2) <= 12 for _ in range(200))
            True

            >>> roll(0) == 0
            True

            #: hidden
            >>> np.random.seed(12)
            >>> draws = [roll(1) for _ in range(3000)]
            >>> 3.3 < np.mean(draws) < 3.7 and set(draws) == {1, 2, 3, 4, 5, 6}
            True
            """,
            "def roll(n):\n    return sum(np.random.choice([1, 2, 3, 4, 5, 6]) for _ in range(n))",
            "def roll(n):\n    return np.random.randint(1, 6, n).sum()",
            "def roll(n):\n    return np.random.randint(n, 6 * n)",
            "def roll(n):\n    return 4 * n",
            points=2,
        ),
        ask(
            "q2",
            "Write `chance(total, trials)`: the share of `trials` throws of two dice with this total.",
            """
            def chance(total, trials):
                hits = 0
                for _ in range(trials):
                    hits += roll(2) == total
                return hits / trials
            """,
            """
            >>> np.random.seed(3)
            >>> abs(chance(7, 4000) - 1 / 6) < 0.03
            True

            >>> chance(1, 10) == 0 and isinstance(chance(12, 5), float)
            True

            #: hidden
            >>> np.random.seed(3)
            >>> a = chance(7, 50)
            >>> np.random.seed(3)
            >>> a == chance(7, 50)
            True
            """,
            "def chance(total, trials):\n    throws = np.random.randint(1, 7, (trials, 2)).sum(axis=1)\n"
            "    return float(np.mean(throws == total))",
            "def chance(total, trials):\n    return sum(roll(2) == total for _ in range(trials))",
            "def chance(total, trials):\n    return 1 / 6",
            "def chance(total, trials):\n    return sum(roll(1) == total for _ in range(trials)) / trials",
            points=2,
        ),
        ask(
            "q3",
            "With the seed 2024 set before, draw 5 numbers with `np.random.random` and set `draws` to them.",
            "np.random.seed(2024)\ndraws = np.random.random(5)",
            """
            >>> type(draws[0]) in (float, np.float64)
            True

            >>> len(draws) == 5
            True

            #: hidden
            >>> np.random.seed(2024)
            >>> np.allclose(draws, np.random.random(5))
            True
            """,
            "np.random.seed(2024)\ndraws = [np.random.random() for _ in range(5)]",
            "np.random.seed(2023)\ndraws = np.random.random(5)",
            "draws = np.random.random(5)",
        ),
    ),
    again="check_all",
    titled=True,
    variants=(
        Variant(
            "slow",
            {
                "q1": "def roll(n):\n    total = 0\n    while total >= 0:\n        total += 1\n    return total"
            },
            slow=True,
        ),
    ),
    messages=False,
)

BOOTSTRAP = Homework(
    "lab08",
    "Lab 8: Resampling",
    "bare",
    (
        ask(
            "q1",
            "Write `resample(x)`: as many values as `x` has, drawn from it with replacement.",
            "def resample(x):\n    return np.random.choice(x, len(x))",
            """
            >>> len(resample(waits)) == len(waits)
            True

            >>> set(resample(waits)) <= set(waits)
            True

            #: hidden
            >>> np.random.seed(5)
            >>> any(len(set(resample(np.arange(20)))) < 20 for _ in range(5))
            True
            """,
            "def resample(x):\n    return x[np.random.randint(0, len(x), len(x))]",
            "def resample(x):\n    return np.random.permutation(x)",
            "def resample(x):\n    return np.random.normal(np.mean(x), np.std(x), len(x))",
            before="waits = np.array([3, 7, 8, 12, 1, 4, 9, 15, 6, 5])",
        ),
        ask(
            "q2",
            "Write `interval(x, n)`: the middle 95 percent of the means of `n` resamples, as a tuple of two floats.",
            """
            def interval(x, n):
                means = [resample(x).mean() for _ in range(n)]
                return float(np.percentile(means, 2.5)), float(np.percentile(means, 97.5))
            """,
            """
            >>> isinstance(interval(waits, 20), tuple)
            True

            >>> low, high = interval(waits, 200)
            >>> low < np.mean(waits) < high
            True

            >>> np.random.seed(8)
            >>> low, high = interval(waits, 800)
            >>> 4 < low < 5.5 and 8.4 < high < 10.5
            True

            #: hidden
            >>> interval(np.array([4, 4, 4]), 10) == (4.0, 4.0)
            True
            """,
            """
            def interval(x, n):
                draws = np.random.choice(x, (n, len(x))).mean(axis=1)
                low, high = np.quantile(draws, [0.025, 0.975])
                return low.item(), high.item()
            """,
            "def interval(x, n):\n    return np.percentile(x, 2.5), np.percentile(x, 97.5)",
            "def interval(x, n):\n    means = [resample(x).mean() for _ in range(n)]\n"
            "    return min(means), max(means)",
            points=3,
        ),
        ask(
            "q3",
            "Does a wider interval mean better data? Set `wider_is_better` to `True` or `False`.",
            "wider_is_better = False",
            """
            >>> type(wider_is_better) == bool
            True

            #: hidden
            >>> wider_is_better
            False
            """,
            "wider_is_better = not True",
            "wider_is_better = True",
            "wider_is_better = 'False'",
            after="wider_is_better = str(wider_is_better)",
        ),
    ),
    layout="short",
    again="check_all",
    habit="time",
)

WALK = Homework(
    "proj2",
    "Project 2: Random Walks",
    "okpy",
    (
        ask(
            "q1",
            "Write `walk(steps, rng)`: the places of a walk from 0 by +1 and -1, `steps + 1` of them, with "
            "`rng.choice`.",
            "def walk(steps, rng):\n    return np.concatenate([[0], np.cumsum(rng.choice([-1, 1], steps))])",
            """
            >>> w = walk(100, np.random.default_rng(1))
            >>> len(w) == 101 and w[0] == 0
            True

            >>> w = walk(50, np.random.default_rng(2))
            >>> np.all(np.abs(np.diff(w)) == 1)
            True

            #: hidden
            >>> a, b = (walk(30, np.random.default_rng(7)) for _ in range(2))
            >>> np.array_equal(a, b)
            True
            """,
            """
            def walk(steps, rng):
                places = [0]
                for _ in range(steps):
                    places.append(places[-1] + rng.choice([-1, 1]))
                return np.array(places)
            """,
            "def walk(steps, rng):\n    return np.cumsum(rng.choice([-1, 1], steps))",
            "def walk(steps, rng):\n"
            "    return np.concatenate([[0], np.cumsum(np.random.choice([-1, 0, 1], steps))])",
            points=3,
            setup=">>> import numpy as np",
        ),
        ask(
            "q2",
            "Write `returns(path)`: how often a walk comes back to 0.",
            "def returns(path):\n    return int(np.count_nonzero(np.asarray(path)[1:] == 0))",
            """
            >>> returns([0, 1, 0, -1, 0])
            2

            >>> returns(np.array([0, 1, 2])) == 0
            True

            #: hidden
            >>> returns([0]) == 0
            True
            """,
            "def returns(path):\n    return list(path).count(0) - 1",
            "def returns(path):\n    return list(path).count(0)",
            "def returns(path):\n    return 0 in path[1:]",
            suites=(2, 1),
        ),
        ask(
            "q3",
            "Set `spread` to the standard deviation of the last places of 2000 walks of 25 steps.",
            "rng = np.random.default_rng(11)\nspread = np.std([walk(25, rng)[-1] for _ in range(2000)])",
            """
            >>> spread > 0
            True

            #: hidden points=2 | As theory has it, about 5. | The square root of the number of steps is expected.
            >>> 4.7 < spread < 5.3
            True
            """,
            "rng = np.random.default_rng(3)\nspread = rng.choice([-1, 1], (2000, 25)).sum(axis=1).std()",
            "spread = 25",
            "rng = np.random.default_rng(11)\nspread = np.mean([walk(25, rng)[-1] for _ in range(2000)])",
            points=3,
        ),
        ask(
            "q4",
            "Describe in two sentences how the spread grows with the number of steps.",
            "It grows as the root of the number. Four times the steps double it.",
            manual=True,
            points=4,
        ),
    ),
    solved_beside=True,
    again="repeat",
)

PERMUTATION = Homework(
    "hw10",
    "Homework 10: A Permutation Test",
    "zip",
    (
        ask(
            "q1",
            "Write `difference(table)`: the mean `score` of group `b` less that of group `a`.",
            "def difference(table):\n    means = table.groupby('group')['score'].mean()\n"
            "    return means['b'] - means['a']",
            """
            >>> np.isclose(difference(scores), 2.75)
            True

            #: hidden
            >>> t = pd.DataFrame({'group': ['b', 'a'], 'score': [1, 5]})
            >>> difference(t) == -4
            True
            """,
            "def difference(table):\n    b = table['group'] == 'b'\n"
            "    return table['score'][b].mean() - table['score'][~b].mean()",
            "def difference(table):\n    means = table.groupby('group')['score'].mean()\n"
            "    return abs(means['b'] - means['a'])",
            "def difference(table):\n    return table['score'].max() - table['score'].min()",
            before="scores = pd.DataFrame({'group': list('aabbabab'), 'score': [3, 5, 8, 7, 4, 6, 7, 9]})",
        ),
        ask(
            "q2",
            "Write `shuffled(table)`: a new table whose column `group` is shuffled; the given one stays as it is.",
            "def shuffled(table):\n    return table.assign(group=np.random.permutation(table['group']))",
            """
            >>> s = shuffled(scores)
            >>> s.shape == scores.shape and sorted(s['group']) == sorted(scores['group'])
            True

            >>> _ = shuffled(scores)
            >>> ''.join(scores['group']) == 'aabbabab'
            True

            #: hidden
            >>> np.random.seed(6)
            >>> len({''.join(shuffled(scores)['group']) for _ in range(30)}) > 10
            True
            """,
            "def shuffled(table):\n    out = table.copy()\n"
            "    out['group'] = table['group'].sample(frac=1).values\n    return out",
            "def shuffled(table):\n    table['group'] = np.random.permutation(table['group'])\n"
            "    return table",
            "def shuffled(table):\n    return table.copy()",
            points=2,
        ),
        ask(
            "q3",
            "Write `p_value(table, n)`: the share of `n` shuffled tables with a difference at least as large.",
            """
            def p_value(table, n):
                seen = difference(table)
                return sum(difference(shuffled(table)) >= seen for _ in range(n)) / n
            """,
            """
            >>> 0 <= p_value(scores, 20) <= 1
            True

            #: hidden
            >>> np.random.seed(1)
            >>> p_value(scores, 300) < 0.15
            True

            #: hidden
            >>> same = pd.DataFrame({'group': list('abab'), 'score': [1, 1, 1, 1]})
            >>> p_value(same, 5) == 1
            True
            """,
            "def p_value(table, n):\n    d = np.array([difference(shuffled(table)) for _ in range(n)])\n"
            "    return np.mean(d >= difference(table))",
            "def p_value(table, n):\n"
            "    return sum(difference(shuffled(table)) > difference(table) for _ in range(n)) / n",
            "def p_value(table, n):\n"
            "    return sum(difference(shuffled(table)) < difference(table) for _ in range(n))",
            points=3,
        ),
    ),
    "import numpy as np\nimport pandas as pd",
    layout="short",
    config={"seed": 42},
)

SIMULATION = (DICE, BOOTSTRAP, WALK, PERMUTATION)
