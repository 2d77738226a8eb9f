"""Right versions in other styles; the suite must accept every one of them."""

import pandas as pd

from grader import alternative


@alternative("station_means")
def means_in_two_steps(measurements):
    groups = measurements.groupby("station", as_index=False)
    table = groups["pm10"].count().rename(columns={"pm10": "days"})
    table["pm10"] = groups["pm10"].mean()["pm10"]
    return table[table["days"] > 0].sort_values("pm10", ascending=False)


@alternative("station_means")
def means_by_a_loop(measurements):
    rows = []
    for station in measurements["station"].unique():
        here = measurements[measurements["station"] == station]
        values = [value for value in here["pm10"] if not pd.isna(value)]
        if values:
            rows.append({"station": station, "pm10": sum(values) / len(values), "days": len(values)})
    rows.sort(key=lambda row: -row["pm10"])
    return pd.DataFrame(rows, columns=["station", "days", "pm10"])


@alternative("network")
def network_by_index(stations, means):
    values = means.set_index("station").reindex(stations["station"])
    table = stations.copy()
    table["days"] = values["days"].fillna(0).values
    table["pm10"] = values["pm10"].values
    return table


@alternative("network")
def network_by_map(stations, means):
    days = dict(means[["station", "days"]].to_numpy())
    pm10 = dict(means[["station", "pm10"]].to_numpy())
    return stations.assign(
        days=[days.get(station, 0) for station in stations["station"]],
        pm10=stations["station"].map(pm10),
    )


@alternative("exceedances")
def exceedances_by_counting(measurements, limit):
    above = measurements[measurements["pm10"] > limit].groupby("station").size()
    days = measurements.groupby("station")["pm10"].count()
    days = days[days > 0]
    return (above.reindex(days.index, fill_value=0) / days).rename("share")
