"""What tables cost to cross the trust boundary: against an array of as many entries, and against pickle.

    python -m benchmarks.tables [--cells 1000000] [--rounds 7]

To cross means to be encoded and decoded, as between the sandbox and the judge: a DataFrame on both sides. Pickle stands
for what a library would do by itself, and which no judge may do with what a student made. All take turns, and every
table must come back as it was.
"""

from __future__ import annotations

import argparse
import pickle
import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.measure import table
from grader.sandbox.crossing.codec import Decoder, Encoder
from grader.tables import same_bits, table_of

COLUMNS = 10


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--cells", type=int, default=1_000_000, help="entries of each table; at most 1,000,000"
    )
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    rows = given.cells // COLUMNS
    made = tables(rows)
    array = np.random.default_rng(0).normal(size=(rows, COLUMNS))
    times: dict[str, list[float]] = {}
    for name, one in made.items():
        if not same_bits(table_of(one), table_of(crossed(one))):
            sys.exit(f"{name}: the table that came back is another one")
    for _ in range(given.rounds):
        times.setdefault("array", []).append(seconds(crossed, array))
        for name, one in made.items():
            times.setdefault(name, []).append(seconds(crossed, one))
            times.setdefault(f"{name}, pickled", []).append(seconds(pickled, one))
    print(
        table(
            ("DataFrame of", "ms", "times the array's", "pickle, ms", "times pickle's"), rows_of(made, times)
        )
    )
    print(f"\n{given.cells:,} entries in {COLUMNS} columns; the array of as many numbers crosses in "
          f"{1e3 * min(times['array']):.1f} ms. pandas {pd.__version__}.")  # fmt: skip


def tables(rows: int) -> dict[str, pd.DataFrame]:
    """Tables of ten columns, by what they hold."""
    rng = np.random.default_rng(0)
    words = np.array([f"station {number}" for number in range(500)], dtype=object)

    def columns(make: Callable[[], Any]) -> pd.DataFrame:
        return pd.DataFrame({f"c{place}": make() for place in range(COLUMNS)})

    return {
        "numbers": columns(lambda: rng.normal(size=rows)),
        "whole numbers, some missing (Int64)": columns(
            lambda: pd.array(rng.integers(9, size=rows)).astype("Int64")
        ),
        "times with a zone": columns(
            lambda: pd.to_datetime(rng.integers(10**9, size=rows), unit="s", utc=True).tz_convert(
                "Europe/Zurich"
            )
        ),
        "categories": columns(lambda: pd.Categorical.from_codes(rng.integers(500, size=rows), words)),
        "texts": columns(lambda: pd.array(words[rng.integers(500, size=rows)], dtype="str")),
    }


def crossed(value: Any) -> Any:
    """A value, encoded and decoded."""
    encoder = Encoder()
    node = encoder.node(value)
    return Decoder(encoder.headers, bytearray(b"".join(encoder.buffers)), lambda _: None).value(node)


def pickled(value: Any) -> Any:
    """The same by pickle."""
    return pickle.loads(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))


def seconds(act: Callable[[Any], Any], value: Any) -> float:
    started = perf_counter()
    act(value)
    return perf_counter() - started


def rows_of(made: dict[str, Any], times: dict[str, list[float]]) -> list[list[str]]:
    """A row for each table."""
    array = min(times["array"])
    rows = []
    for name in made:
        ours, theirs = min(times[name]), min(times[f"{name}, pickled"])
        rows.append(
            [name, f"{1e3 * ours:.1f}", f"{ours / array:.1f}", f"{1e3 * theirs:.1f}", f"{ours / theirs:.1f}"]
        )
    return rows


if __name__ == "__main__":
    main()
