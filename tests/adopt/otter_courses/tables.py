"""Tables with pandas: rows and columns, groups, joins."""

from __future__ import annotations

from .homework import Homework, Variant, ask

__all__ = ["TABLES"]

PANDAS = "import numpy as np\nimport pandas as pd"

TREES = """species,height,girth,street
oak,21.5,180,Mill Lane
oak,18.0,150,High Street
plane,25.0,240,High Street
lime,15.5,110,Mill Lane
plane,27.5,260,Canal Road
birch,12.0,60,Canal Road
lime,17.0,130,Mill Lane
oak,9.5,70,Canal Road
"""

FRAMES = Homework(
    "hw06",
    "Homework 6: The Trees of a Town",
    "okpy",
    (
        ask(
            "q1",
            "Read `trees.csv` into a table `trees`.",
            "trees = pd.read_csv('trees.csv')",
            """
            >>> isinstance(trees, pd.DataFrame)
            True

            >>> trees.shape == (8, 4)
            True

            >>> list(trees.columns) == ['species', 'height', 'girth', 'street']
            True
            """,
            "with open('trees.csv') as file:\n    trees = pd.read_csv(file)",
            "trees = open('trees.csv').read()",
            "trees = pd.read_csv('trees.csv', index_col=0)",
        ),
        ask(
            "q2",
            "Set `tall` to the rows of trees over 17 metres, the tallest first.",
            "tall = trees[trees['height'] > 17].sort_values('height', ascending=False)",
            """
            >>> type(tall) == pd.DataFrame
            True

            >>> len(tall) == 4
            True

            #: hidden
            >>> tall['height'].tolist() == [27.5, 25.0, 21.5, 18.0]
            True
            """,
            "tall = trees.query('height > 17').nlargest(10, 'height')",
            "tall = trees[trees['height'] >= 17].sort_values('height', ascending=False)",
            "tall = trees[trees['height'] > 17]",
            "tall = trees.sort_values('height').tail(4)['height']",
            points=2,
        ),
        ask(
            "q3",
            "Set `counts` to a Series: how many trees of each species, by name in alphabetical order.",
            "counts = trees['species'].value_counts().sort_index()",
            """
            >>> isinstance(counts, pd.Series)
            True

            >>> counts['oak'] == 3 and counts['birch'] == 1
            True

            >>> list(counts.index) == ['birch', 'lime', 'oak', 'plane']
            True
            """,
            "counts = trees.groupby('species').size()",
            "counts = trees['species'].value_counts()",
            "counts = dict(trees['species'].value_counts())",
            after="counts = counts.sort_values()\ncounts = counts.index[-1]",
        ),
        ask(
            "q4",
            "Write `add_radius(table)`: a new table with a column `radius` of girth / 2π.",
            "def add_radius(table):\n    return table.assign(radius=table['girth'] / (2 * np.pi))",
            """
            >>> bigger = add_radius(trees)
            >>> 'radius' in bigger.columns
            True

            >>> 'radius' in trees.columns
            False

            #: hidden
            >>> small = pd.DataFrame({'girth': [2 * np.pi, 4 * np.pi]})
            >>> np.allclose(add_radius(small)['radius'], [1, 2])
            True
            """,
            "def add_radius(table):\n    out = table.copy()\n"
            "    out['radius'] = [g / 2 / np.pi for g in table['girth']]\n    return out",
            "def add_radius(table):\n    table['radius'] = table['girth'] / (2 * np.pi)\n    return table",
            "def add_radius(table):\n    return table.assign(radius=trees['girth'] / (2 * np.pi))",
            points=3,
        ),
    ),
    PANDAS,
    files={"trees.csv": TREES},
    again="check_all",
    titled=True,
    messages=False,
)

GROUPS = Homework(
    "lab05",
    "Lab 5: Groups",
    "bare",
    (
        ask(
            "q1",
            "Set `means` to a Series of the mean minutes of each line of `rides`.",
            "means = rides.groupby('line')['minutes'].mean()",
            """
            >>> isinstance(means, pd.Series) and len(means) == 3
            True

            >>> means.loc['B'] == 15.0
            True

            #: hidden
            >>> np.allclose(means.values, [9, 15, 31])
            True
            """,
            "means = rides.pivot_table(index='line', values='minutes')['minutes']",
            "means = rides.groupby('line')['minutes'].median()",
            "means = rides.groupby('line').mean(numeric_only=True)",
            before="""
            rides = pd.DataFrame({
                'line': ['A', 'B', 'A', 'C', 'B', 'C', 'B'],
                'minutes': [10, 20, 8, 30, 12, 32, 13],
                'day': ['mon', 'mon', 'tue', 'tue', 'wed', 'wed', 'wed'],
            })
            """,
        ),
        ask(
            "q2",
            "Set `busiest` to the day with the most rides.",
            "busiest = rides['day'].value_counts().idxmax()",
            """
            >>> busiest in set(rides['day'])
            True

            #: hidden
            >>> busiest == 'wed'
            True
            """,
            "busiest = rides.groupby('day').size().sort_values().index[-1]",
            "busiest = rides['day'].max",
            "busiest = 'mon'",
        ),
        ask(
            "q3",
            "Write `summary(table)`: by line the number of rides `n` and the `longest`.",
            "def summary(table):\n    return table.groupby('line')['minutes'].agg(n='count', longest='max')",
            """
            >>> isinstance(summary(rides), pd.DataFrame)
            True

            >>> s = summary(rides)
            >>> list(s.columns) == ['n', 'longest']
            True

            >>> summary(rides)
                  n  longest
            line@
            A     2       10
            B     3       20
            C     2       32

            #: hidden
            >>> one = pd.DataFrame({'line': ['Z'], 'minutes': [5]})
            >>> summary(one).loc['Z'].tolist()
            [1, 5]

            >>> summary(rides)['n'].sum() == len(rides)
            True
            """.replace("@", " " * 12),
            "def summary(table):\n    g = table.groupby('line')['minutes']\n"
            "    return pd.DataFrame({'n': g.size(), 'longest': g.max()})",
            "def summary(table):\n    return table.groupby('line')['minutes'].agg(longest='max', n='count')",
            "def summary(table):\n    return rides.groupby('line')['minutes'].agg(n='count', longest='min')",
            "def summary(table):\n"
            "    return table.groupby('line')['minutes'].agg(n='count', longest='max').reset_index()",
            points=4,
        ),
        ask(
            "q4",
            "Set `share` to the share of all minutes that was spent on line C.",
            "share = rides.loc[rides['line'] == 'C', 'minutes'].sum() / rides['minutes'].sum()",
            """
            >>> type(share) in (float, np.float64)
            True

            >>> round(share, 3) == 0.496
            True
            """,
            "share = rides.groupby('line')['minutes'].sum()['C'] / sum(rides['minutes'])",
            "share = (rides['line'] == 'C').mean()",
            "share = 62",
        ),
    ),
    PANDAS,
    again="repeat",
)

JOINS = Homework(
    "hw07",
    "Homework 7: Joining Tables",
    "zip",
    (
        ask(
            "q1",
            "Set `both` to the rows of `people` with the columns of their town from `towns`; no one may be lost.",
            "both = people.merge(towns, on='town', how='left')",
            """
            >>> isinstance(both, pd.DataFrame)
            True

            >>> both.shape == (5, 4)
            True

            >>> set(both.columns) == {'name', 'town', 'age', 'river'}
            True

            #: hidden
            >>> both['river'].isna().sum() == 1
            True
            """,
            "both = people.join(towns.set_index('town'), on='town')",
            "both = people.merge(towns, on='town')",
            "both = pd.concat([people, towns])",
            before="""
            people = pd.DataFrame({
                'name': ['Ida', 'Ben', 'Cem', 'Dot', 'Eve'],
                'town': ['Ulm', 'Bonn', 'Ulm', 'Wien', 'Rom'],
                'age': [31, 45, 28, 60, 52],
            })
            towns = pd.DataFrame({'town': ['Bonn', 'Ulm', 'Wien'], 'river': ['Rhein', 'Donau', 'Donau']})
            """,
        ),
        ask(
            "q2",
            "Set `oldest` to a Series: the age of the oldest person by river.",
            "oldest = both.groupby('river')['age'].max()",
            """
            >>> isinstance(oldest, pd.Series)
            True

            >>> oldest['Donau'] == 60
            True

            >>> oldest
            river
            Donau    60
            Rhein    45
            Name: age, dtype: int64
            """,
            "oldest = both.sort_values('age').groupby('river')['age'].last()",
            "oldest = both.groupby('river')['age'].min()",
            "oldest = both.groupby('town')['age'].max()",
            points=2,
        ),
        ask(
            "q3",
            "Write `unmatched(left, right, key)`: a sorted list of the keys of `left` that `right` has not.",
            "def unmatched(left, right, key):\n    return sorted(set(left[key]) - set(right[key]))",
            """
            >>> unmatched(people, towns, 'town') == ['Rom']
            True

            #: hidden
            >>> a = pd.DataFrame({'k': [3, 1, 2, 3]})
            >>> unmatched(a, pd.DataFrame({'k': [1]}), 'k') == [2, 3]
            True

            #: hidden
            >>> unmatched(towns, towns, 'river') == []
            True
            """,
            "def unmatched(left, right, key):\n"
            "    return left.loc[~left[key].isin(right[key]), key].drop_duplicates().sort_values().tolist()",
            "def unmatched(left, right, key):\n    return [k for k in left[key] if k not in right[key]]",
            "def unmatched(left, right, key):\n    return ['Rom']",
            points=2,
        ),
    ),
    PANDAS,
    layout="printed",
    config={"show_hidden": True, "points_possible": 5},
)

SERIES = Homework(
    "lab06",
    "Lab 6: One Column",
    "okpy",
    (
        ask(
            "q1",
            "Set `marks` to a Series of the numbers 4, 9, 7 with the index `'ana'`, `'bo'`, `'cy'`.",
            "marks = pd.Series([4, 9, 7], index=['ana', 'bo', 'cy'])",
            """
            >>> marks
            ana    4
            bo     9
            cy     7
            dtype: int64

            >>> isinstance(marks, pd.Series)
            True

            >>> marks['bo'] == 9
            True
            """,
            "marks = pd.Series({'ana': 4, 'bo': 9, 'cy': 7})",
            "marks = pd.Series([4, 9, 7])",
            "marks = {'ana': 4, 'bo': 9, 'cy': 7}",
        ),
        ask(
            "q2",
            "Set `best` to the index of the names with more than 5, as a pandas Index.",
            "best = marks[marks > 5].index",
            """
            >>> isinstance(best, pd.Index)
            True

            >>> list(best) == ['bo', 'cy']
            True
            """,
            "best = marks.drop('ana').index",
            "best = list(marks[marks > 5].index)",
            "best = marks.index",
        ),
        ask(
            "q3",
            "Write `ranked(s)`: the Series with its largest value first.",
            "def ranked(s):\n    return s.sort_values(ascending=False)",
            """
            >>> ranked(marks).index.tolist() == ['bo', 'cy', 'ana']
            True

            >>> ranked(pd.Series([1.5, 2.5])).iloc[0] == 2.5
            True

            #: hidden
            >>> before = marks.copy()
            >>> _ = ranked(marks)
            >>> marks.equals(before)
            True
            """,
            "def ranked(s):\n    return s.iloc[s.argsort()[::-1]]",
            "def ranked(s):\n    return s.sort_values()",
            "def ranked(s):\n    s.sort_values(ascending=False, inplace=True)\n    return s",
            suites=(2, 1),
            points=2,
        ),
        ask(
            "q4",
            "Fill the gaps of `daily` with the value before, and set `filled` to that.",
            "filled = daily.ffill()",
            """
            >>> isinstance(filled, pd.Series)
            True

            >>> filled.isna().any()
            False

            >>> filled.tolist() == [1.0, 1.0, 4.0, 4.0, 2.0]
            True

            #: hidden
            >>> daily.isna().sum() == 2
            True
            """,
            "filled = daily.copy()\nfilled[1], filled[3] = daily[0], daily[2]",
            "filled = daily.fillna(0)",
            "filled = daily.dropna()",
            before="daily = pd.Series([1, np.nan, 4, np.nan, 2])",
            setup=">>> import pandas as pd",
        ),
    ),
    PANDAS,
    again="check_all",
    habit="indent",
    variants=(Variant("numpy-shadowed", {"q1": "np = pd\nmarks = np.Series({'ana': 4, 'bo': 9, 'cy': 7})"}),),
)

TABLES = (FRAMES, GROUPS, JOINS, SERIES)
