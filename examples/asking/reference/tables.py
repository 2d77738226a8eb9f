"""What stations measured: grouped, joined and counted, with values missing.

Missing values are no measurements: they count in no mean, no number of days and no share.
"""

from __future__ import annotations

import pandas as pd

__all__ = ["exceedances", "network", "station_means"]


def station_means(measurements: pd.DataFrame) -> pd.DataFrame:
    """The number of days with a value and their mean, by station, the largest mean first.

    measurements: day, station, pm10 in µg/m³ → station, days, pm10.

    >>> station_means(pd.DataFrame({"station": ["a", "b", "b"], "pm10": [1.0, 4.0, None]})).values.tolist()
    [['b', 1, 4.0], ['a', 1, 1.0]]
    """
    present = measurements.dropna(subset=["pm10"])
    means = present.groupby("station")["pm10"].agg(days="size", pm10="mean")
    return means.sort_values("pm10", ascending=False).reset_index()


def network(stations: pd.DataFrame, means: pd.DataFrame) -> pd.DataFrame:
    """The list of stations with the days and the means of each; 0 days and no mean where there is none.

    stations: station and others; means: station, days, pm10 → the columns of both, in the list's order.

    >>> network(pd.DataFrame({"station": ["a"]}), pd.DataFrame({"station": ["b"], "days": [1], "pm10": [2.0]}))
      station  days  pm10
    0       a     0   NaN
    """
    joined = stations.merge(means, on="station", how="left")
    return joined.assign(days=joined["days"].fillna(0).astype(int))


def exceedances(measurements: pd.DataFrame, limit: float) -> pd.Series:
    """The share of the days with a value that were above the limit, by station.

    measurements: day, station, pm10; limit in the unit of pm10 → shares from 0 to 1.

    >>> exceedances(pd.DataFrame({"station": ["b", "b", "a"], "pm10": [1.0, 3.0, 9.0]}), 2).to_dict()
    {'a': 1.0, 'b': 0.5}
    """
    present = measurements.dropna(subset=["pm10"])
    above = present["pm10"] > limit
    return above.groupby(present["station"]).mean()
