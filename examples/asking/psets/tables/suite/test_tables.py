"""q1 to q3: tables of drawn measurements, with values missing, and the file itself."""

from pathlib import Path

import numpy as np
import pandas as pd
import reference.tables as ref

from grader import check_pure, check_table, question

DATA = Path(__file__).parents[1] / "data"
MEASURED = pd.read_csv(DATA / "measurements.csv", parse_dates=["day"])
STATIONS = pd.read_csv(DATA / "stations.csv")
FEW = pd.DataFrame(
    {
        "day": pd.to_datetime(["2026-03-01", "2026-03-01", "2026-03-02", "2026-03-02", "2026-03-02"]),
        "station": ["Tor", "Au", "Tor", "Au", "Egg"],
        "pm10": [10.0, 60.0, 30.0, np.nan, np.nan],
    }
)


def measured(rng, names, days=20):
    """Measurements of some stations: a fifth of the values missing, days in any order."""
    rows = len(names) * days
    table = pd.DataFrame(
        {
            "day": np.tile(pd.date_range("2026-03-01", periods=days), len(names)),
            "station": np.repeat(names, days),
            "pm10": np.where(rng.random(rows) < 0.2, np.nan, rng.integers(20, 90, rows) / 2),
        }
    )
    return table.sample(frac=0.9, random_state=int(rng.integers(1000)))


@question("q1", points=1, public=True)
def test_means_of_three_stations(student):
    """Two stations with values, and one without: (Au, 1, 60) and (Tor, 2, 20)."""
    right = pd.DataFrame({"station": ["Au", "Tor"], "days": [1, 2], "pm10": [60.0, 20.0]})
    check_table(student.station_means(FEW), right, name="the table")


@question("q1", points=2)
def test_means_of_drawn_stations(student, rng):
    """Stations in no order, with a fifth of the values missing."""
    for names in (["Ufer", "Allee", "Markt", "Tal"], ["Ost"]):
        table = measured(rng, names)
        got = check_pure(student.station_means, table)
        check_table(got, ref.station_means(table), name="the table")


@question("q1", points=1)
def test_means_of_the_file(student):
    """The measurements of the file."""
    check_table(student.station_means(MEASURED), ref.station_means(MEASURED), name="the table")


@question("q2", points=1, public=True)
def test_a_list_of_three_stations(student):
    """One station has values, one has none, and one is not in the list."""
    stations = pd.DataFrame({"station": ["Egg", "Tor"], "city": ["Wil", "Olten"]})
    means = pd.DataFrame({"station": ["Au", "Tor"], "days": [1, 2], "pm10": [60.0, 20.0]})
    right = stations.assign(days=[0, 2], pm10=[np.nan, 20.0])
    check_table(student.network(stations, means), right, name="the table")


@question("q2", points=2)
def test_lists_of_stations(student, rng):
    """The file's stations, and drawn ones that are in other orders."""
    drawn = pd.DataFrame({"station": ["Tal", "Ost", "Ufer", "Allee"], "altitude": rng.integers(300, 900, 4)})
    means = ref.station_means(measured(rng, ["Ufer", "Allee", "Markt", "Tal"]))
    for stations, values in ((STATIONS, ref.station_means(MEASURED)), (drawn, means)):
        got = check_pure(student.network, stations, values)
        check_table(got, ref.network(stations, values), name="the table")


@question("q3", points=1, public=True)
def test_shares_of_two_stations(student):
    """Above 20 µg/m³: Au on its only day, Tor on one of two."""
    right = pd.Series([1.0, 0.5], index=pd.Index(["Au", "Tor"], name="station"))
    check_table(student.exceedances(FEW, 20), right, name="the shares")


@question("q3", points=2)
def test_shares_of_days(student, rng):
    """The file with its limit of 50, and drawn measurements of which some are the limit itself."""
    table = measured(rng, ["Ufer", "Allee", "Markt"], days=30)
    for measurements, limit in ((MEASURED, 50), (table, float(table["pm10"].median()))):
        got = check_pure(student.exceedances, measurements, limit)
        check_table(got, ref.exceedances(measurements, limit), name="the shares")
