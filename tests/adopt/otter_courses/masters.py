"""Master notebooks of otter assign, in today's form and in that of its first versions."""

from __future__ import annotations

from .homework import Homework, ask

__all__ = ["MASTERS"]

PANDAS = "import numpy as np\nimport pandas as pd"

ENERGY = Homework(
    "hw16",
    "Homework 16: Kilowatt Hours",
    "assign",
    (
        ask(
            "q1",
            "Set `cost` to what `use` costs at 0.32 a unit and a base price of 9.5.",
            "cost = use * 0.32 + 9.5",
            """
            #: | Right. | Mind the base price.
            >>> np.isclose(cost, 105.5)
            True

            #: hidden points=1
            >>> type(cost) == float
            True
            """,
            "base = 9.5\ncost = base + 0.32 * use",
            "cost = use * 0.32",
            "cost = '105.5'",
            before="use = 300",
            points=2,
        ),
        ask(
            "q2",
            "Write `saved(old, new)`: the share saved, as a number between 0 and 1; 0 if more is used now.",
            """
            def saved(old, new):
                \"\"\"What part of the old use is saved.\"\"\"
                return max(0, (old - new) / old)
            """,
            """
            >>> saved(200, 150) == 0.25
            True

            >>> saved(100, 130) == 0
            True

            #: hidden
            >>> old = 80
            >>> new = 20
            >>> saved(old, new) == 0.75
            True
            """,
            "def saved(old, new):\n    share = 1 - new / old\n    return share if share > 0 else 0",
            "def saved(old, new):\n    return (old - new) / old",
            "def saved(old, new):\n    return (old - new) / new",
            points=3,
        ),
        ask(
            "q3",
            "Write `report(uses)`: it prints the month and the use of each of `uses`, as in `1: 300`.",
            """
            def report(uses):
                for month, use in enumerate(uses, 1):
                    print(f'{month}: {use}')
            """,
            """
            >>> print(report([5]) is None)
            1: 5
            True

            #: hidden
            >>> print(report([]))
            None
            """,
            "def report(uses):\n    for i in range(len(uses)):\n        print(str(i + 1) + ':', uses[i])",
            "def report(uses):\n    for month, use in enumerate(uses):\n        print(f'{month}: {use}')",
            "def report(uses):\n    return [f'{i}: {u}' for i, u in enumerate(uses, 1)]",
        ),
        ask(
            "q4",
            "Name two things that could lower the use, and why.",
            "Shorter showers, as heating water takes most; and a lid on the pot.",
            manual=True,
            points=2,
        ),
    ),
    again="check_all",
    messages=False,
)

STOPS = """stop,zone,lines
Harbour,1,4
Market,1,7
Castle,2,2
Airport,3,3
Mill,2,1
"""

BUSES = Homework(
    "hw17",
    "Homework 17: Buses",
    "assign",
    (
        ask(
            "q1",
            "Read `stops.csv` with the stop as its index, into `stops`.",
            "stops = pd.read_csv('stops.csv', index_col='stop')",
            """
            >>> isinstance(stops, pd.DataFrame) and stops.index.name == 'stop'
            True

            >>> stops.shape == (5, 2)
            True
            """,
            "stops = pd.read_csv('stops.csv').set_index('stop')",
            "stops = pd.read_csv('stops.csv')",
            "stops = pd.read_csv('stops.csv', header=None)",
        ),
        ask(
            "q2",
            "Set `lines` to a Series of the number of lines in each zone.",
            "lines = stops.groupby('zone')['lines'].sum()",
            """
            >>> lines.tolist() == [11, 3, 3]
            True

            #: hidden
            >>> lines.index.tolist()
            [1, 2, 3]
            """,
            "lines = pd.Series({z: stops.loc[stops['zone'] == z, 'lines'].sum() for z in sorted(set(stops['zone']))})",
            "lines = stops.groupby('zone')['lines'].count()",
            "lines = stops['lines']",
            all_or_nothing=True,
            points=2,
        ),
        ask(
            "q3",
            "Write `reach(table, zone)`: an Index of the stops in zones up to this one, in alphabetical order.",
            """
            def reach(table, zone):
                inner = table[table['zone'] <= zone]
                return inner.sort_index().index
            """,
            """
            >>> isinstance(stops['zone'], pd.Series)
            True

            >>> reach(stops, 1)[0] == 'Harbour'
            True

            >>> list(reach(stops, 2)) == ['Castle', 'Harbour', 'Market', 'Mill']
            True

            #: hidden points=1
            >>> isinstance(reach(stops, 3), pd.Index) and len(reach(stops, 0)) == 0
            True
            """,
            "def reach(table, zone):\n"
            "    return pd.Index(sorted(name for name, z in table['zone'].items() if z <= zone))",
            "def reach(table, zone):\n    return table[table['zone'] < zone].sort_index().index",
            "def reach(table, zone):\n    return list(table[table['zone'] <= zone].index)",
            points=3,
        ),
    ),
    PANDAS,
    files={"stops.csv": STOPS},
    config={"show_question_points": True},
    messages=False,
)

ALARMS = Homework(
    "hw18",
    "Homework 18: Tests as Functions",
    "assign",
    (
        ask(
            "q1",
            "Write `wake(hour)`: `'sleep'` before 7 and `'up'` from then on; `ValueError` outside of 0 to 23.",
            """
            def wake(hour):
                if not 0 <= hour < 24:
                    raise ValueError(hour)
                return 'sleep' if hour < 7 else 'up'
            """,
            """
            def test_night(env):
                assert env['wake'](3) == 'sleep', 'at three one sleeps'

            #: hidden points=1
            def test_edges(wake):
                assert [wake(h) for h in (0, 6, 7, 23)] == ['sleep', 'sleep', 'up', 'up']

            #: hidden
            def test_refused(wake):
                for hour in (-1, 24):
                    try:
                        wake(hour)
                    except ValueError:
                        continue
                    assert False, f'{hour} is no hour'
            """,
            "def wake(hour):\n    if hour not in range(24):\n        raise ValueError('no hour')\n"
            "    return ['sleep', 'up'][hour >= 7]",
            "def wake(hour):\n    return 'sleep' if hour <= 7 else 'up'",
            "def wake(hour):\n    print('sleep' if hour < 7 else 'up')",
            points=3,
        ),
        ask(
            "q2",
            "Set `hours` to an array of the hours one is up.",
            "hours = np.arange(7, 24)",
            """
            def test_count(hours):
                assert len(hours) == 17

            #: hidden
            def test_array(hours):
                import numpy
                assert isinstance(hours, numpy.ndarray) and hours.sum() == 255
            """,
            "hours = np.array([h for h in range(24) if wake(h) == 'up'])",
            "hours = list(range(7, 24))",
            "hours = np.arange(8, 24)",
        ),
    ),
    exceptions=True,
    again="check_all",
)

OLD_LISTS = Homework(
    "lab11",
    "Lab 11: Sorting",
    "assign-v0",
    (
        ask(
            "q1",
            "Write `is_sorted(items)`: whether no entry is smaller than the one before.",
            """
            def is_sorted(items):
                return all(a <= b for a, b in zip(items, items[1:]))
            """,
            """
            >>> is_sorted([1, 1, 4])
            True

            >>> is_sorted([2, 1])
            False

            #: hidden
            >>> is_sorted([]) and is_sorted('abc')
            True
            """,
            "def is_sorted(items):\n    return list(items) == sorted(items)",
            "def is_sorted(items):\n    return items == sorted(items)",
            "def is_sorted(items):\n    return all(a < b for a, b in zip(items, items[1:]))",
            points=2,
        ),
        ask(
            "q2",
            "Write `insert(items, x)`: it puts `x` into a sorted list in place, so that it stays sorted.",
            """
            def insert(items, x):
                place = 0
                while place < len(items) and items[place] < x:
                    place += 1
                items.insert(place, x)
            """,
            """
            >>> row = [1, 5, 9]
            >>> insert(row, 6)
            >>> row == [1, 5, 6, 9]
            True

            >>> row = []
            >>> insert(row, 2)
            >>> row == [2]
            True

            #: hidden
            >>> row = [1, 2]
            >>> _ = [insert(row, k) for k in (3, 0, 2)]
            >>> row == [0, 1, 2, 2, 3]
            True
            """,
            "import bisect\ndef insert(items, x):\n    bisect.insort(items, x)",
            "def insert(items, x):\n    return sorted(items + [x])",
            "def insert(items, x):\n    items.append(x)",
            points=3,
        ),
        ask(
            "q3",
            "Which is faster for a long sorted list, halving or going through? Why?",
            "Halving: each look leaves half of the list.",
            manual=True,
            points=2,
        ),
        ask(
            "q4",
            "Set `longest` to the longest of the `words`, and `lengths` to a dictionary from each word to its length.",
            "longest = max(words, key=len)\nlengths = {word: len(word) for word in words}",
            """
            >>> longest == 'harvester'
            True

            >>> isinstance(lengths, dict) and lengths['sow'] == 3
            True

            #: hidden
            >>> sum(lengths.values()) == 21
            True
            """,
            "longest = sorted(words, key=len)[-1]\nlengths = dict(zip(words, map(len, words)))",
            "longest = max(words)\nlengths = {word: len(word) for word in words}",
            "longest = 'harvester'\nlengths = [len(word) for word in words]",
            before="words = ['field', 'sow', 'harvester', 'seed']",
        ),
    ),
    imports="import math",
    again="check_all",
    messages=False,
)

OLD_ARRAYS = Homework(
    "lab12",
    "Lab 12: Waves",
    "assign-v0",
    (
        ask(
            "q1",
            "Set `wave` to the sine at 100 places from 0 to 2π.",
            "wave = np.sin(np.linspace(0, 2 * np.pi, 100))",
            """
            >>> isinstance(wave, np.ndarray)
            True

            >>> wave.shape
            (100,)

            #: hidden
            >>> np.isclose(wave.max(), 1, atol=1e-3) and np.isclose(wave[-1], 0)
            True
            """,
            "x = np.linspace(0, 2 * np.pi, 100)\nwave = np.array([np.sin(v) for v in x])",
            "wave = np.sin(np.arange(100))",
            "wave = np.sin(2 * np.pi)",
        ),
        ask(
            "q2",
            "Write `crossings(y)`: how often the sign of the entries changes.",
            """
            def crossings(y):
                signs = np.sign(y)
                return int(np.sum(signs[1:] != signs[:-1]))
            """,
            """
            >>> crossings(np.array([1, -1, 1])) == 2
            True

            >>> crossings(np.array([3.0, 2.0])) == 0
            True

            #: hidden
            >>> y = np.cos(np.linspace(0.1, 20, 400))
            >>> crossings(y) == 6
            True
            """,
            "def crossings(y):\n    return sum(1 for a, b in zip(y, y[1:]) if a * b < 0)",
            "def crossings(y):\n    return np.sum(y < 0)",
            "def crossings(y):\n    return np.diff(y).size",
            points=2,
        ),
    ),
    again="check_all",
    messages=False,
)

MASTERS = (ENERGY, BUSES, ALARMS, OLD_LISTS, OLD_ARRAYS)
