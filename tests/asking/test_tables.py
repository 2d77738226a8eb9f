"""The problem set of tables: answers in the styles of real notebooks pass, and a slip is told in a sentence."""

from __future__ import annotations

import textwrap

import pytest

from tests.asking.answering import failed, graded, told

RIGHT = {
    "named aggregation": """
        def station_means(measurements):
            table = measurements.groupby("station").agg(days=("pm10", "count"), pm10=("pm10", "mean"))
            table = table[table.days > 0]
            return table.sort_values(by="pm10", ascending=False).reset_index()
    """,
    "two levels of names, flattened": """
        def station_means(measurements):
            df = measurements.dropna().groupby("station").agg({"pm10": ["count", "mean"]})
            df.columns = ["days", "pm10"]
            df = df.reset_index().sort_values("pm10", ascending=False)
            return df
    """,
    "describe": """
        def station_means(measurements):
            d = measurements.groupby("station")["pm10"].describe()
            d = d.loc[d["count"] > 0, ["count", "mean"]].rename(columns={"count": "days", "mean": "pm10"})
            return d.sort_values("pm10")[::-1].reset_index()
    """,
    "pivot table": """
        def station_means(measurements):
            table = pd.pivot_table(measurements, index="station", values="pm10", aggfunc=["count", "mean"])
            table.columns = table.columns.get_level_values(0)
            table = table[table["count"] > 0].rename(columns={"count": "days", "mean": "pm10"})
            return table.nlargest(len(table), "pm10").reset_index()
    """,
    "SQL": """
        import sqlite3

        def station_means(measurements):
            with sqlite3.connect(":memory:") as base:
                measurements.to_sql("m", base, index=False)
                return pd.read_sql_query(
                    "SELECT station, COUNT(pm10) AS days, AVG(pm10) AS pm10 FROM m WHERE pm10 IS NOT NULL "
                    "GROUP BY station ORDER BY 3 DESC", base)
    """,
    "numpy": """
        def station_means(measurements):
            names, values = measurements["station"].to_numpy(), measurements["pm10"].to_numpy()
            names, values = names[~np.isnan(values)], values[~np.isnan(values)]
            found, code = np.unique(names.astype(str), return_inverse=True)
            days = np.bincount(code)
            means = np.bincount(code, weights=values) / days
            order = np.argsort(-means)
            return pd.DataFrame({"pm10": means[order], "days": days[order], "station": found[order]})
    """,
    "dictionaries": """
        def station_means(measurements):
            values = {}
            for _, row in measurements.iterrows():
                if not pd.isna(row["pm10"]):
                    values.setdefault(row["station"], []).append(row["pm10"])
            records = [(name, len(v), sum(v) / len(v)) for name, v in values.items()]
            records = sorted(records, key=lambda record: record[2], reverse=True)
            return pd.DataFrame.from_records(records, columns=["station", "days", "pm10"])
    """,
    "categories": """
        def station_means(measurements):
            df = measurements.query("pm10 == pm10").astype({"station": "category"})
            out = df.groupby("station", observed=True, as_index=False).agg(days=("pm10", "size"), pm10=("pm10", "mean"))
            return out.sort_values("pm10", ascending=False, ignore_index=True)
    """,
    "nullable types": """
        def station_means(measurements):
            df = measurements.convert_dtypes().dropna(subset="pm10")
            g = df.groupby("station").pm10
            out = pd.concat([g.count().rename("days"), g.mean()], axis=1)
            return out.sort_values("pm10", ascending=False).reset_index()
    """,
    "columns of objects": """
        def station_means(measurements):
            df = measurements[measurements.pm10.notna()]
            days = df.station.value_counts()
            means = df.groupby("station").pm10.mean().sort_values(ascending=False)
            rows = [[station, days[station], mean] for station, mean in means.items()]
            return pd.DataFrame(np.array(rows, dtype=object), columns=["station", "days", "pm10"])
    """,
    "join on the index": """
        def network(stations, means):
            out = stations.join(means.set_index("station"), on="station")
            out["days"] = out["days"].fillna(0)
            return out
    """,
    "a join from the other side": """
        def network(stations, means):
            out = means.merge(stations, how="right", on="station")
            out.loc[out["days"].isna(), "days"] = 0
            return out
    """,
    "an outer join, filtered": """
        def network(stations, means):
            out = pd.merge(stations, means, how="outer", indicator=True)
            out = out[out._merge != "right_only"].drop(columns="_merge")
            out = out.set_index("station").loc[stations["station"]].reset_index()
            return out.fillna({"days": 0})
    """,
    "rows in a loop": """
        def network(stations, means):
            rows = []
            for row in stations.to_dict("records"):
                match = means[means["station"] == row["station"]]
                row["days"] = int(match["days"].iloc[0]) if len(match) else 0
                row["pm10"] = float(match["pm10"].iloc[0]) if len(match) else None
                rows.append(row)
            return pd.DataFrame(rows)
    """,
    "pd.NA": """
        def network(stations, means):
            out = stations.merge(means.convert_dtypes(), how="left").copy()
            out["days"] = out["days"].fillna(0)
            return out.convert_dtypes()
    """,
    "a crosstab": """
        def exceedances(measurements, limit):
            df = measurements.dropna(subset=["pm10"])
            shares = pd.crosstab(df["station"], df["pm10"] > limit, normalize="index")
            return shares.reindex(columns=[True], fill_value=0.0)[True]
    """,
    "apply": """
        def exceedances(measurements, limit):
            g = measurements[measurements["pm10"].notnull()].groupby("station")["pm10"]
            return g.apply(lambda values: (values > limit).sum() / len(values))
    """,
    "a Series of a dictionary": """
        def exceedances(measurements, limit):
            out = {}
            for name, group in measurements.groupby("station"):
                values = group["pm10"].dropna()
                if len(values):
                    out[name] = sum(1 for v in values if v > limit) / len(values)
            return pd.Series(out).sort_index()
    """,
    "a column that was added to a copy": """
        def exceedances(measurements, limit):
            df = measurements.copy()
            df["above"] = np.where(df["pm10"].isna(), np.nan, df["pm10"] > limit)
            return df.groupby("station")["above"].mean().dropna()
    """,
    "datetime index": """
        def exceedances(measurements, limit):
            wide = measurements.pivot(index="day", columns="station", values="pm10")
            return ((wide > limit).sum() / wide.notna().sum()).dropna()
    """,
}

WRONG = [
    (
        "q1",
        """
        def station_means(measurements):
            return measurements.dropna().groupby("station")
        """,
        "is a DataFrameGroupBy, but a DataFrame was expected. Say what to compute of each group",
    ),
    (
        "q1",
        """
        def station_means(measurements):
            return measurements.groupby("station")["pm10"].mean().sort_values(ascending=False)
        """,
        "the table is a Series, but a DataFrame was expected. `to_frame` turns it into one.",
    ),
    (
        "q1",
        """
        def station_means(measurements):
            means = measurements.groupby("station")["pm10"].agg(["count", "mean"])
            print(means.sort_values("mean"))
        """,
        "the table is None, but a DataFrame was expected. Does the function return its result?",
    ),
    (
        "q1",
        """
        def station_means(measurements):
            df = measurements.dropna().groupby("station")["pm10"].agg(["count", "mean"]).reset_index()
            return df.sort_values("mean", ascending=False)
        """,
        "the table lacks the columns 'days', 'pm10' and has two columns too many",
    ),
    (
        "q1",
        """
        def station_means(measurements):
            df = measurements.dropna().groupby("station")["pm10"].agg(["count", "mean"]).round(1)
            df.columns = ["days", "pm10"]
            return df.sort_values("pm10", ascending=False).reset_index()
        """,
        "They are rounded to 1 decimal: return them as they are.",
    ),
    (
        "q1",
        """
        def station_means(measurements):
            df = measurements.dropna().groupby("station")["pm10"].agg(["count", "mean"])
            df.columns = ["days", "pm10"]
            df = df.sort_values("pm10", ascending=False).reset_index()
            df["pm10"] = df["pm10"].map("{:.3f}".format)
            return df
        """,
        "holds texts, but numbers were expected: pd.to_numeric turns texts into numbers",
    ),
    (
        "q1",
        """
        def station_means(measurements):
            measurements.dropna(inplace=True)
            df = measurements.groupby("station")["pm10"].agg(["count", "mean"])
            df.columns = ["days", "pm10"]
            return df.sort_values("pm10", ascending=False).reset_index()
        """,
        "station_means changes argument 1 in place",
    ),
    (
        "q1",
        """
        def station_means(measurements):
            df = measurements.dropna().groupby("station")["pm10"].agg(["count", "mean"])
            df.columns = ["Days", "pm10"]
            return df.sort_values("pm10", ascending=False).reset_index()
        """,
        "the table has no column 'days', but one that is spelled almost so",
    ),
    (
        "q1",
        """
        def station_means(measurements):
            df = measurements.dropna().groupby("station")["pm10"].agg(["count", "mean"])
            df.columns = ["days", "pm10"]
            return df.sort_values("pm10", ascending=False).reset_index().T
        """,
        "its rows seem to be columns: `T` exchanges them",
    ),
    (
        "q1",
        """
        def station_means(measurements):
            df = measurements.dropna().groupby("station")["pm10"].agg(["count", "mean"])
            df.columns = ["days", "pm10"]
            df["how"] = [lambda: 1] * len(df)
            return df.sort_values("pm10", ascending=False).reset_index()
        """,
        "`station_means` returned a DataFrame that cannot be checked: let its columns hold numbers, texts or times",
    ),
    (
        "q1",
        """
        def station_means(measurements):
            df = measurements.dropna().groupby("station", as_index=False)["pm10"].agg(["count", "mean"])
            df.columns = ["station", "days", "pm10"]
            return df.sort_values(["days", "station"])
        """,
        "The rows are right, but",
    ),
    (
        "q2",
        """
        def network(stations, means):
            return stations.merge(means).sort_values("station")
        """,
        "no `dropna`",
    ),
    (
        "q2",
        """
        def network(stations, means):
            out = stations.merge(means, how="left")
            out["days"] = out["days"].fillna(0)
            return out.sort_values("pm10", ascending=False)
        """,
        "The rows are right, but in another order.",
    ),
    (
        "q2",
        """
        def network(stations, means):
            return pd.concat([stations, means], axis=1)
        """,
        "has more than one column of the same name",
    ),
    (
        "q2",
        """
        def network(stations, means):
            out = stations.merge(means, how="left").fillna(0)
            return out
        """,
        "should be missing (nan) in 1 row, but 0 is there",
    ),
    (
        "q3",
        """
        def exceedances(measurements, limit):
            df = measurements.dropna()
            return (df["pm10"] > limit).groupby(df["station"]).mean().round(3) * 100
        """,
        "percentages",
    ),
    (
        "q3",
        """
        def exceedances(measurements, limit):
            df = measurements.dropna()
            return (df["pm10"] > limit).groupby(df["station"]).mean().sort_values()
        """,
        "The rows are right, but not sorted by the index of the shares.",
    ),
    (
        "q3",
        """
        def exceedances(measurements, limit):
            df = measurements.dropna()
            return (df["pm10"] > limit).groupby(df["station"]).mean().reset_index(drop=True)
        """,
        "the index of the shares only numbers the rows, but 'station' was expected there",
    ),
    (
        "q3",
        """
        def exceedances(measurements, limit):
            df = measurements.dropna()
            return (df["pm10"] > limit).groupby(df["station"]).mean().reset_index()
        """,
        "the shares is a DataFrame, but a Series was expected. Select one of its columns.",
    ),
    (
        "q3",
        """
        def exceedances(measurements, limit):
            df = measurements.dropna()
            return dict((df["pm10"] > limit).groupby(df["station"]).mean())
        """,
        "the shares is a dictionary of",
    ),
    (
        "q3",
        """
        def exceedances(measurements, limit):
            return measurements.groupby("stations")["pm10"].mean()
        """,
        "`exceedances` raised KeyError",
    ),
]


def cell(code: str) -> str:
    return "import numpy as np\nimport pandas as pd\n" + textwrap.dedent(code)


@pytest.mark.parametrize("style", RIGHT)
def test_right_answers_in_different_clothes(style):
    result = graded("tables", cell(RIGHT[style]))
    assert failed(result) == [], told(result)


@pytest.mark.parametrize(("question", "code", "says"), WRONG)
def test_wrong_answers_are_told_what_is_wrong(question, code, says):
    assert says in told(graded("tables", cell(code)), question)


def test_the_file_is_beside_the_notebook_and_its_answers_are_right():
    result = graded("tables")
    assert failed(result) == []


def test_a_table_of_another_library_is_said_to_be_one():
    answer = (
        "import polars as pl\ndef station_means(measurements):\n    return pl.DataFrame({'station': ['a']})"
    )
    assert "is a DataFrame of polars, but a DataFrame was expected. `to_pandas` turns it into one." in told(
        graded("tables", answer), "q1"
    )
