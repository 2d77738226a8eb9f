"""DataFrame, Series and Index as plain columns, and back."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from grader.tables.cells import CHANGING, copied_cell
from grader.tables.columns import NULLABLE, Column, Table
from grader.tables.convert import NotCarried
from grader.tables.values import column_of_array

__all__ = ["copy_cells", "pandas_of_table", "table_of_pandas"]

Array = np.ndarray[Any, Any]
_OFFSET = re.compile(r"UTC([+-])(\d\d):(\d\d)")


# Into columns ------------------------------------------------------------------------------------------------


def table_of_pandas(value: Any) -> Table:
    """The plain table of a DataFrame, a Series or an Index.

    Raises:
        NotCarried: A column holds something that no plain column can.
    """
    if isinstance(value, pd.Index):
        return Table("pandas.Index", index=_levels(value), index_names=_names(value))
    if isinstance(value, pd.Series):
        column = _column(value, "values" if value.name is None else value.name)
        return Table(
            "pandas.Series", (_label(value.name),), (column,), _levels(value.index), _names(value.index)
        )
    labels = tuple(_label(label) for label in value.columns)
    columns = tuple(_column(value.iloc[:, place], label) for place, label in enumerate(labels))
    return Table(
        "pandas.DataFrame", labels, columns, _levels(value.index), _names(value.index), _names(value.columns)
    )


def _names(index: pd.Index[Any]) -> tuple[Any, ...]:
    return tuple(_label(name) for name in index.names)


def _label(label: Any) -> Any:
    """A column's label as a value that is carried."""
    if isinstance(label, tuple):
        return tuple(map(_label, label))
    if isinstance(label, str):
        return str.__str__(label)
    if label is None or label is pd.NA or label is pd.NaT:
        return None
    if isinstance(label, bool | int | float | np.generic):
        return label
    if isinstance(label, datetime.date):
        time = pd.Timestamp(label)
        return time.to_datetime64() if time.tz is None else str(label)
    return str(label)


def _levels(index: pd.Index[Any]) -> tuple[Column, ...]:
    """The levels of an index, each as long as the index."""
    if isinstance(index, pd.RangeIndex):
        return (Column("numbers", np.asarray(index), flavor="range"),)
    if isinstance(index, pd.MultiIndex):
        return tuple(_column(index.get_level_values(level), "index") for level in range(index.nlevels))
    return (_column(index, "index"),)


def _column(values: Any, label: Any) -> Column:
    """The column of a Series or an Index."""
    dtype = values.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        codes = values.codes if isinstance(values, pd.Index) else values.cat.codes
        categories = _column(dtype.categories, label)
        return Column("categories", np.asarray(codes), ordered=bool(dtype.ordered), parts=(categories,))
    if isinstance(dtype, pd.DatetimeTZDtype):
        naive = values.tz_convert(None) if isinstance(values, pd.Index) else values.dt.tz_convert(None)
        return Column("times", naive.to_numpy(), zone=_zone_name(dtype.tz, label))
    if isinstance(dtype, pd.PeriodDtype):
        return Column("periods", np.asarray(values.array.asi8), how=str(dtype)[len("period[") : -1])
    if isinstance(dtype, pd.IntervalDtype):
        ends = (_column(pd.Index(end), label) for end in (values.array.left, values.array.right))
        return Column("intervals", np.zeros(0), parts=tuple(ends), how=dtype.closed)
    if isinstance(dtype, pd.StringDtype):
        missing = np.asarray(values.isna())
        texts = values.to_numpy(dtype=object, na_value="")
        flavor = "string" if dtype.na_value is pd.NA else "str"
        return Column("texts", np.asarray(texts, object), missing if missing.any() else None, flavor)
    if isinstance(dtype, pd.SparseDtype):
        return column_of_array(np.asarray(values.array.to_dense()), label)
    if isinstance(dtype, pd.api.extensions.ExtensionDtype):
        return _nullable(values, label)
    return column_of_array(values.to_numpy(), label)


def _nullable(values: Any, label: Any) -> Column:
    """Numbers with a mask of what is missing, whatever keeps them."""
    numpy_dtype = np.dtype(getattr(values.dtype, "numpy_dtype", object))
    if str(numpy_dtype) not in NULLABLE:
        return column_of_array(values.to_numpy(dtype=object), label)
    missing = np.asarray(values.isna())
    zero: Any = numpy_dtype.type(0)
    return Column("numbers", np.asarray(values.to_numpy(dtype=numpy_dtype, na_value=zero)), missing)


def _zone_name(zone: Any, label: Any) -> str:
    """The name of a time zone: of the list, or an offset."""
    name = str(zone)
    if isinstance(zone, ZoneInfo) or getattr(zone, "zone", None):
        return getattr(zone, "zone", None) or name
    offset = zone.utcoffset(None) if isinstance(zone, datetime.tzinfo) else None
    if offset is None:
        raise NotCarried(f"its column {label!r} has a time zone without a name, {name}")
    minutes = round(offset.total_seconds() / 60)
    sign, minutes = ("-" if minutes < 0 else "+"), abs(minutes)
    return "UTC" if not minutes else f"UTC{sign}{minutes // 60:02}:{minutes % 60:02}"


def copy_cells(made: Any) -> None:
    """Give a copy of a DataFrame or a Series its own lists and arrays, which pandas' copies share."""
    if isinstance(made, pd.Index):
        return
    columns = (
        [made] if isinstance(made, pd.Series) else [made.iloc[:, place] for place in range(made.shape[1])]
    )
    for column in columns:
        if column.dtype != object:
            continue
        cells = column.to_numpy()
        if CHANGING.isdisjoint(map(type, cells)):
            continue
        cells.flags.writeable = True  # they are the copy's own
        for place, cell in enumerate(cells):
            cells[place] = copied_cell(cell)


# Back --------------------------------------------------------------------------------------------------------


def pandas_of_table(table: Table) -> Any:
    """The DataFrame, the Series or the Index with these columns."""
    index = _index(table.index, table.index_names)
    if table.library == "pandas.Index":
        return index
    if table.library == "pandas.Series":
        return _series(table.columns[0], index, table.labels[0])
    columns = {
        place: _series(column, index) if column.dtype == "object" else _array(column)
        for place, column in enumerate(table.columns)
    }
    frame = pd.DataFrame(columns, index=index)
    frame.columns = _labels(table.labels, table.columns_names)
    return frame


def _series(column: Column, index: pd.Index[Any], name: Any = None) -> pd.Series[Any]:
    return pd.Series(_array(column), index=index, name=name, dtype=_dtype(column))


def _index_of(column: Column, name: Any = None) -> pd.Index[Any]:
    return pd.Index(_array(column), name=name, dtype=_dtype(column), copy=False)


def _dtype(column: Column) -> Any:
    """Objects stay as they are: pandas would make texts or times of them."""
    return object if column.dtype == "object" else None


def _labels(labels: Sequence[Any], names: Sequence[Any]) -> pd.Index[Any]:
    if labels and len(names) > 1 and all(isinstance(label, tuple) for label in labels):
        return pd.MultiIndex.from_tuples(labels, names=names)
    made: pd.Index[Any] = pd.Index(list(labels), tupleize_cols=False) if labels else pd.RangeIndex(0)
    made.name = names[0] if names else None
    return made


def _index(levels: Sequence[Column], names: Sequence[Any]) -> pd.Index[Any]:
    if len(levels) == 1:
        (level,) = levels
        if level.flavor == "range" and (made := _range(level.values)) is not None:
            return made.rename(names[0])
        return _index_of(level, names[0])
    factors = [_factors(level) for level in levels]
    # What `from_arrays` makes of them, which would look for equal numbers by hashes that depend on no secret.
    return pd.MultiIndex(
        levels=[_index_of(distinct) for distinct, _ in factors],
        codes=[codes for _, codes in factors],
        names=names,
        verify_integrity=False,
    )


def _factors(level: Column) -> tuple[Column, Array]:
    """The distinct entries of a level, and which of them each entry is; −1 where it is missing."""
    if level.kind == "categories":
        return replace(level, values=np.arange(len(level.parts[0]))), level.values
    if level.kind in ("objects", "intervals"):
        codes, distinct = pd.factorize(_index_of(level))
        return _column(pd.Index(distinct), "index"), codes
    lacks = level.lacks
    distinct, codes = np.unique(level.values[~lacks], return_inverse=True)
    found = np.full(len(level), -1)
    found[~lacks] = codes.reshape(-1)
    marked = level.kind == "numbers" and level.missing is not None
    return replace(level, values=distinct, missing=np.zeros(len(distinct), bool) if marked else None), found


def _range(values: Array) -> pd.RangeIndex | None:
    """The range with these values; None if they are none."""
    if not len(values):
        return pd.RangeIndex(0)
    start, step = int(values[0]), int(values[1]) - int(values[0]) if len(values) > 1 else 1
    made = pd.RangeIndex(start, start + step * len(values), step or 1)
    return made if len(made) == len(values) and bool((np.asarray(made) == values).all()) else None


def _array(column: Column) -> Any:
    """What pandas makes of a column."""
    values, missing = column.values, column.missing
    match column.kind:
        case "numbers" if missing is not None and str(values.dtype) in NULLABLE:
            kinds = {"b": pd.arrays.BooleanArray, "f": pd.arrays.FloatingArray}
            return kinds.get(values.dtype.kind, pd.arrays.IntegerArray)(values, missing)
        case "numbers" if column.flavor == "object":
            return values.astype(object)
        case "texts":
            return _texts(column)
        case "times" if column.zone:
            return pd.DatetimeIndex(values).tz_localize("UTC").tz_convert(_zone(column.zone))
        case "categories":
            categories = _index_of(column.parts[0])
            return pd.Categorical.from_codes(values, categories, ordered=column.ordered)
        case "periods":
            return pd.arrays.PeriodArray(values, dtype=pd.PeriodDtype(column.how))
        case "intervals":
            left, right = map(_array, column.parts)
            return pd.arrays.IntervalArray.from_arrays(left, right, closed=column.how)
        case "times" | "durations" if column.flavor == "object":
            return values.astype(object)
    return values


def _texts(column: Column) -> Any:
    values = column.values
    if column.missing is not None and column.missing.any():
        values = values.copy()
        values[column.missing] = None if column.flavor == "object" else pd.NA
    if column.flavor == "string":
        return pd.array(values, dtype="string")
    if column.flavor == "str":
        return pd.array(values, dtype="str")
    return values


def _zone(name: str) -> datetime.tzinfo:
    if found := _OFFSET.fullmatch(name):
        sign = -1 if found[1] == "-" else 1
        return datetime.timezone(sign * datetime.timedelta(hours=int(found[2]), minutes=int(found[3])))
    return ZoneInfo(name)
