"""More tables: files, gaps, dates with a module of the course, two ways to look up."""

from __future__ import annotations

from .homework import Homework, Variant, ask

__all__ = ["MORE_TABLES"]

PANDAS = "import numpy as np\nimport pandas as pd"

SURVEY = """who,sleep,coffee,year
p1,7.5,2,first
p2,6,,second
p3,8,0,first
p4,,3,third
p5,5.5,4,second
p6,7,1,third
"""

GAPS = Homework(
    "hw20",
    "Homework 20: A Survey with Gaps",
    "gofer",
    (
        ask(
            "q1",
            "Read `survey.csv` and set `gaps` to the number of missing values in it.",
            "survey = pd.read_csv('survey.csv')\ngaps = survey.isna().sum().sum()",
            """
            >>> isinstance(survey, pd.DataFrame)
            True

            >>> survey.shape == (6, 4)
            True

            >>> gaps == 2
            True
            """,
            "survey = pd.read_csv('survey.csv')\ngaps = int(sum(survey[c].isna().sum() for c in survey))",
            "survey = pd.read_csv('survey.csv').dropna()\ngaps = 2",
            "survey = pd.read_csv('survey.csv')\ngaps = survey.isna().sum()",
        ),
        ask(
            "q2",
            "Set `complete` to the people without a gap, with `who` as the index.",
            "complete = survey.dropna().set_index('who')",
            """
            >>> isinstance(complete, pd.DataFrame)
            True

            >>> complete.index.tolist() == ['p1', 'p3', 'p5', 'p6']
            True

            #: hidden
            >>> complete['coffee'].sum() == 7
            True
            """,
            "complete = survey[survey.notna().all(axis=1)].set_index('who')",
            "complete = survey.dropna()",
            "complete = survey.set_index('who').fillna(0)",
            points=2,
        ),
        ask(
            "q3",
            "Write `fill(table, column)`: the table with the gaps of this column filled with its median; a new table.",
            "def fill(table, column):\n"
            "    return table.assign(**{column: table[column].fillna(table[column].median())})",
            """
            >>> fill(survey, 'sleep')['sleep'].isna().sum() == 0
            True

            >>> fill(survey, 'coffee').loc[1, 'coffee'] == 2.0
            True

            #: hidden
            >>> fill(survey, 'sleep').loc[3, 'sleep']
            7.0

            #: hidden
            >>> _ = fill(survey, 'sleep')
            >>> survey['sleep'].isna().sum() == 1
            True
            """,
            "def fill(table, column):\n    out = table.copy()\n"
            "    out.loc[out[column].isna(), column] = out[column].median()\n    return out",
            "def fill(table, column):\n    return table.fillna(table[column].mean())",
            "def fill(table, column):\n    table[column] = table[column].fillna(table[column].median())\n"
            "    return table",
            points=3,
        ),
        ask(
            "q4",
            "Set `years` to the set of the years, and `order` to a tuple of them, the most frequent first.",
            "years = set(survey['year'])\n"
            "order = tuple(sorted(years, key=lambda y: (-(survey['year'] == y).sum(), y)))",
            """
            >>> years == {'first', 'second', 'third'}
            True

            >>> order == ('first', 'second', 'third')
            True
            """,
            "years = {y for y in survey['year']}\norder = 'first', 'second', 'third'",
            "years = survey['year'].unique()\norder = list(years)",
            "years = ['first', 'second', 'third']\norder = ('third', 'second', 'first')",
        ),
    ),
    PANDAS,
    files={"survey.csv": SURVEY},
    again="check_all",
    solved_beside=True,
)

CALENDAR = '''"""What the course gives: a timetable."""

import pandas as pd

HOLIDAYS = pd.to_datetime(["2022-05-26", "2022-06-06"])


def timetable():
    """Departures of a fortnight."""
    days = pd.date_range("2022-05-23", periods=14)
    return pd.DataFrame({"day": days, "trips": [12, 12, 12, 6, 12, 8, 6] * 2})
'''

DATES = Homework(
    "lab13",
    "Lab 13: Dates",
    "okpy",
    (
        ask(
            "q1",
            "Set `table` to the timetable of the course with a column `weekday`, Monday as 0.",
            "table = calendar_tools.timetable()\ntable['weekday'] = table['day'].dt.dayofweek",
            """
            >>> 'weekday' in table.columns
            True

            >>> table['weekday'].tolist() == list(range(7)) * 2
            True
            """,
            "table = calendar_tools.timetable()\n"
            "table = table.assign(weekday=[d.weekday() for d in table['day']])",
            "table = calendar_tools.timetable()",
            "table = calendar_tools.timetable()\ntable['weekday'] = table['day'].dt.dayofweek + 1",
        ),
        ask(
            "q2",
            "Set `weekend` to the number of trips on Saturdays and Sundays.",
            "weekend = table.loc[table['weekday'] >= 5, 'trips'].sum()",
            """
            >>> weekend % 2 == 0
            True

            #: hidden
            >>> weekend == 28
            True
            """,
            "weekend = int(sum(table[table['weekday'].isin([5, 6])]['trips']))",
            "weekend = table['trips'].sum()",
            "weekend = table.loc[table['weekday'] > 5, 'trips'].sum()",
            points=2,
        ),
        ask(
            "q3",
            "Write `weekly(table)`: a list of the sums of the trips of the calendar weeks.",
            "def weekly(table):\n    week = table['day'].dt.isocalendar().week\n"
            "    return table.groupby(week)['trips'].sum().tolist()",
            """
            >>> weekly(table) == [68, 68]
            True

            >>> isinstance(weekly(table), list)
            True

            #: hidden
            >>> weekly(table[:8])[-1] == 12
            True
            """,
            "def weekly(table):\n"
            "    return [int(x) for x in table.set_index('day')['trips'].resample('W').sum()]",
            "def weekly(table):\n    return [table['trips'].sum() / 2] * 2",
            "def weekly(table):\n    return table['trips'].rolling(7).sum().dropna()",
            points=2,
            suites=(2, 1),
        ),
        ask(
            "q4",
            "Set `free` to the rows of `table` on holidays of the course.",
            "free = table[table['day'].isin(calendar_tools.HOLIDAYS)]",
            """
            >>> isinstance(free, pd.DataFrame)
            True

            >>> len(free) == 1
            True

            #: hidden
            >>> free['day'].iloc[0] == pd.Timestamp('2022-05-26')
            True
            """,
            "free = table.merge(pd.DataFrame({'day': calendar_tools.HOLIDAYS}), on='day')",
            "free = table[table['weekday'] >= 5]",
            "free = calendar_tools.HOLIDAYS",
            # The timetable is worked on below.
            after="table = table.drop(columns='weekday')",
        ),
    ),
    f"{PANDAS}\nimport calendar_tools",
    files={"calendar_tools.py": CALENDAR},
    titled=True,
)

INDEXES = Homework(
    "hw19",
    "Homework 19: Two Ways to Look Up",
    "metadata",
    (
        ask(
            "q1",
            "Set `wide` to `long` with a row for each year and a column for each fruit.",
            "wide = long.pivot(index='year', columns='fruit', values='tons')",
            """
            >>> isinstance(wide, pd.DataFrame)
            True

            >>> wide.shape == (2, 3)
            True

            >>> wide.loc[2020, 'pear'] == 4 and list(wide.columns) == ['apple', 'pear', 'plum']
            True

            #: hidden
            >>> wide.to_numpy()
            array([[9, 4, 2],
                   [7, 5, 3]])
            """,
            "wide = long.set_index(['year', 'fruit'])['tons'].unstack()",
            "wide = long.pivot(index='fruit', columns='year', values='tons')",
            "wide = long.set_index('year')",
            before="""
            long = pd.DataFrame({
                'year': [2020, 2020, 2020, 2021, 2021, 2021],
                'fruit': ['apple', 'pear', 'plum'] * 2,
                'tons': [9, 4, 2, 7, 5, 3],
            })
            """,
            points=3,
        ),
        ask(
            "q2",
            "Set `growth` to the change of each fruit in percent, rounded to one place, as a Series.",
            "growth = ((wide.loc[2021] / wide.loc[2020] - 1) * 100).round(1)",
            """
            >>> type(growth) is pd.Series
            True

            >>> growth['plum']
            50.0

            #: hidden | | Percent are asked for.
            >>> growth.values.tolist() == [-22.2, 25.0, 50.0]
            True
            """,
            "growth = wide.pct_change().iloc[-1].mul(100).round(1)",
            "growth = (wide.loc[2021] / wide.loc[2020] - 1).round(1)",
            "growth = (wide.loc[2021] - wide.loc[2020]).to_dict()",
            points=2,
        ),
        ask(
            "q3",
            "Write `best(table)`: a dictionary from each row's label to the column with its largest value.",
            "def best(table):\n    return table.idxmax(axis=1).to_dict()",
            """
            >>> best(wide) == {2020: 'apple', 2021: 'apple'}
            True

            #: hidden
            >>> best(pd.DataFrame({'x': [1, 5], 'y': [2, 3]}, index=['i', 'j'])) == {'i': 'y', 'j': 'x'}
            True
            """,
            "def best(table):\n"
            "    return {label: row.index[row.argmax()] for label, row in table.iterrows()}",
            "def best(table):\n    return table.idxmax().to_dict()",
            "def best(table):\n    return {2020: 'apple', 2021: 'apple'}",
            # The next cell reuses a tested name.
            after="wide = wide.T\nwide.shape",
        ),
    ),
    PANDAS,
    again="check_all",
    solved_beside=True,
    variants=(
        Variant(
            "rebinds-len", {"q2": "len = 3\ngrowth = ((wide.loc[2021] / wide.loc[2020] - 1) * 100).round(1)"}
        ),
    ),
)

MORE_TABLES = (GAPS, DATES, INDEXES)
