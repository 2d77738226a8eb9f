"""A table's columns as arrays, whatever library made them, and as the plain values in which they cross.

What comes out of the sandbox is checked here: `Table.of_plain` believes nothing about lengths, codes or names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, get_args

import numpy as np

from grader.tables.cells import size_of
from grader.tables.wellformed import (
    KINDS,
    MAX_LEVELS,
    Kind,
    Malformed,
    Texts,
    flavor_of,
    how_of,
    is_label,
    values_of,
    zone_of,
)

__all__ = ["NULLABLE", "Column", "Library", "Table", "is_missing", "same_label"]

Array = np.ndarray[Any, Any]
Library = Literal["pandas.DataFrame", "pandas.Series", "pandas.Index", "datascience.Table"]
_LIBRARIES = frozenset(get_args(Library))
NULLABLE = {
    "bool": "boolean", "int8": "Int8", "int16": "Int16", "int32": "Int32", "int64": "Int64", "uint8": "UInt8",
    "uint16": "UInt16", "uint32": "UInt32", "uint64": "UInt64", "float32": "Float32", "float64": "Float64",
}  # fmt: skip
"""pandas' names of the types that mark what is missing, by numpy's."""
MAX_ROWS = 5_000_000
MAX_COLUMNS = 5_000
MAX_CATEGORIES = 10_000
"""Other than texts. A library looks for equal ones by hashes, which for numbers depend on no secret."""
MAX_ALIKE = 2_000
"""Of entries that are looked up one by one as objects of Python's, which takes far longer."""
MAX_RESOLVED = 64 << 20
"""Bytes of what a column's categories stand for, each counted as often as it is there; of a table, twice as many."""
_SLOW = ("objects", "intervals")
_DATASCIENCE = frozenset({"numbers", "texts", "objects", "times", "durations"})
"""Kinds of columns that are an array of numpy's."""


@dataclass(frozen=True, eq=False)
class Column:
    """One column, or one level of an index.

    ``values`` holds numbers; strings (as objects); other values (as objects); times, in UTC if they have a zone;
    durations; codes of categories; or ordinals of periods. Intervals have none.
    """

    kind: Kind
    values: Array
    missing: Array | None = None
    """Which entries are missing, where the values themselves do not say so."""
    flavor: str = ""
    """What a library keeps such values in where there are several ways: pandas' ``str``, ``string``, ``object`` (where
    times are Python's dates and datetimes); ``range``, of an index."""
    zone: str = ""
    """Of times: a name from the list of time zones, or an offset such as ``UTC+02:00``."""
    ordered: bool = False
    """Of categories."""
    parts: tuple[Column, ...] = ()
    """The categories; or the left and the right ends of intervals."""
    how: str = ""
    """The frequency of periods; or which ends belong to the intervals."""

    def __len__(self) -> int:
        return len(self.parts[0]) if self.kind == "intervals" else len(self.values)

    @cached_property
    def dtype(self) -> str:
        """What pandas calls its type, such as ``Int64`` or ``datetime64[ns, Europe/Zurich]``."""
        name = str(self.values.dtype)
        if self.flavor == "object":
            return "object"
        match self.kind:
            case "numbers" if self.missing is not None:
                return NULLABLE.get(name, name)
            case "texts" | "objects":
                return self.flavor or "object"
            case "times" if self.zone:
                return f"{name[:-1]}, {self.zone}]"
            case "categories":
                return "category"
            case "periods":
                return f"period[{self.how}]"
            case "intervals":
                return f"interval[{self.parts[0].dtype}, {self.how}]"
        return name

    @cached_property
    def lacks(self) -> Array:
        """Which entries are missing: nan, NaT, None or marked so."""
        if self.kind == "intervals":
            return self.parts[0].lacks
        found = np.zeros(len(self), bool) if self.missing is None else self.missing.copy()
        kind = self.values.dtype.kind
        if self.kind == "categories":
            found |= self.values < 0
        elif kind in "fc":
            found |= np.isnan(self.values)
        elif kind in "mM":
            found |= np.isnat(self.values)
        elif self.kind == "periods":
            found |= self.values == np.iinfo(np.int64).min
        elif self.kind == "objects":
            found |= np.fromiter((is_missing(one) for one in self.values), bool, len(self))
        return found

    @cached_property
    def resolved(self) -> int:
        """About how many bytes the categories stand for, each as often as it is there; 0 of any other column."""
        if self.kind != "categories":
            return 0
        (categories,) = self.parts
        often = np.bincount(self.values[self.values >= 0], minlength=len(categories))
        return int(often @ categories.sizes())

    def sizes(self) -> Array:
        """About how many bytes each entry holds."""
        if self.kind in ("texts", "objects"):
            return np.fromiter(map(size_of, self.values), np.int64, len(self))
        if self.kind == "categories" and len(self.parts[0]):
            return np.where(self.values < 0, 0, self.parts[0].sizes()[self.values])
        if self.kind == "intervals":
            return self.parts[0].sizes() + self.parts[1].sizes()
        return np.full(len(self), self.values.dtype.itemsize)

    def plain(self) -> dict[str, Any]:
        """The same as a dictionary of values that the codec carries."""
        made: dict[str, Any] = {"kind": self.kind}
        if self.kind == "texts":
            made["values"] = Texts(self.values)
        elif self.kind == "objects":
            made["values"] = self.values.tolist()
        elif self.kind != "intervals":
            made["values"] = self.values
        if self.missing is not None:
            made["missing"] = self.missing
        for name in ("flavor", "zone", "ordered", "how"):
            if getattr(self, name):
                made[name] = getattr(self, name)
        if self.parts:
            made["parts"] = [part.plain() for part in self.parts]
        return made

    @classmethod
    def of_plain(cls, given: Any, depth: int = 0) -> Column:
        """The column of a dictionary that `plain` made.

        Raises:
            Malformed: It is none.
        """
        kind: Any = given.get("kind") if isinstance(given, Mapping) else None
        if not isinstance(kind, str) or kind not in KINDS or depth > 2:
            raise Malformed("a column has no known kind")
        known: Kind = kind  # type: ignore[assignment]
        parts = given.get("parts", [])
        if not isinstance(parts, list) or len(parts) > 2:
            raise Malformed("a column has parts that are no columns")
        column = cls(
            known,
            values_of(known, given.get("values")),
            given.get("missing"),
            flavor_of(known, given),
            zone_of(known, given),
            given.get("ordered") is True,
            tuple(cls.of_plain(part, depth + 1) for part in parts),
            how_of(known, given),
        )
        column._check()
        return column

    def _check(self) -> None:
        """Raise `Malformed` where the parts of a column do not belong together."""
        wanted = {"categories": 1, "intervals": 2}.get(self.kind, 0)
        if len(self.parts) != wanted:
            raise Malformed("a column has too many or too few parts")
        if self.kind == "intervals" and len(self.parts[0]) != len(self.parts[1]):
            raise Malformed("intervals have more ends on one side")
        if self.kind == "categories":
            self._check_categories()
        if self.missing is None:
            return
        if self.kind not in ("numbers", "texts"):
            raise Malformed("a column says twice what is missing")
        if (
            not isinstance(self.missing, np.ndarray)
            or self.missing.dtype != bool
            or self.missing.shape != (len(self),)
        ):
            raise Malformed("a column's missing entries are as many as its entries")

    def _check_categories(self) -> None:
        (categories,) = self.parts
        most = MAX_ALIKE if categories.kind in _SLOW else MAX_CATEGORIES
        if categories.kind != "texts" and len(categories) > most:
            raise Malformed(f"a column has more than {most:,} categories that are no texts")
        low, high = (int(self.values.min()), int(self.values.max())) if self.values.size else (0, -1)
        if low < -1 or high >= len(categories):
            raise Malformed("a category is none of the categories")
        if self.resolved > MAX_RESOLVED:
            raise Malformed(f"a column's categories stand for more than {MAX_RESOLVED >> 20} MB")


@dataclass(frozen=True, eq=False)
class Table:
    """A whole table. A Series is a table with one column, an Index one with none."""

    library: Library
    labels: tuple[Any, ...] = ()
    """Of the columns: texts, numbers, or tuples of them."""
    columns: tuple[Column, ...] = ()
    index: tuple[Column, ...] = ()
    """The levels of the rows' index."""
    index_names: tuple[Any, ...] = ()
    columns_names: tuple[Any, ...] = ()
    """The names of the columns' own index."""

    def __repr__(self) -> str:
        shown = ", ".join(
            f"{label!r}: {column.dtype}" for label, column in zip(self.labels[:6], self.columns, strict=False)
        )
        return f"<{self.library} of {self.rows} rows, {{{shown}{', …' if len(self.labels) > 6 else ''}}}>"

    @cached_property
    def rows(self) -> int:
        """How many rows there are."""
        for column in (*self.columns, *self.index):
            return len(column)
        return 0

    @cached_property
    def _places(self) -> dict[Any, int]:
        """Where the first column with each label is."""
        found: dict[Any, int] = {}
        for place, label in enumerate(self.labels):
            found.setdefault(_key(label), place)
        return found

    def column(self, label: Any) -> Column | None:
        """The first column with that label."""
        place = self._places.get(_key(label))
        return None if place is None else self.columns[place]

    def plain(self) -> dict[str, Any]:
        """The same as a dictionary of values that the codec carries."""
        return {
            "library": self.library,
            "labels": list(self.labels),
            "columns": [column.plain() for column in self.columns],
            "index": [level.plain() for level in self.index],
            "index_names": list(self.index_names),
            "columns_names": list(self.columns_names),
        }

    @classmethod
    def of_plain(cls, given: Any) -> Table:
        """The table of a dictionary that `plain` made.

        Raises:
            Malformed: It is none.
        """
        library = given.get("library") if isinstance(given, Mapping) else None
        if not isinstance(library, str) or library not in _LIBRARIES:
            raise Malformed("a table is of no known library")
        lists = [given.get(name) for name in ("labels", "columns", "index", "index_names", "columns_names")]
        if not all(isinstance(one, list) for one in lists):
            raise Malformed("a table lacks a part")
        labels, columns, index, index_names, columns_names = (list[Any](one or ()) for one in lists)
        if len(columns) > MAX_COLUMNS:
            raise Malformed(f"a table has more than {MAX_COLUMNS:,} columns")
        if len(labels) != len(columns):
            raise Malformed("a table has more labels than columns, or fewer")
        if len(index) > MAX_LEVELS or len(index_names) > MAX_LEVELS or len(columns_names) > MAX_LEVELS:
            raise Malformed("an index has too many levels")
        names = (*labels, *index_names, *columns_names)
        if not all(map(is_label, names)):
            raise Malformed("a column has a label that is no name")
        made = cls(
            library,  # type: ignore[arg-type]
            tuple(labels),
            tuple(map(Column.of_plain, columns)),
            tuple(map(Column.of_plain, index)),
            tuple(index_names),
            tuple(columns_names),
        )
        made._check()
        return made

    def _check(self) -> None:
        lengths = {len(column) for column in (*self.columns, *self.index)}
        if len(lengths) > 1:
            raise Malformed("a table's columns differ in length")
        if max(lengths, default=0) > MAX_ROWS:
            raise Malformed(f"a table has more than {MAX_ROWS:,} rows")
        if self.index and len(self.index_names) != len(self.index):
            raise Malformed("an index has more levels than names")
        if len(self.index) > 1 and any(
            level.kind in _SLOW and len(level) > MAX_ALIKE for level in self.index
        ):
            raise Malformed(f"an index of several levels has more than {MAX_ALIKE:,} entries of mixed types")
        if sum(column.resolved for column in (*self.columns, *self.index)) > 2 * MAX_RESOLVED:
            raise Malformed(f"a table's categories stand for more than {2 * MAX_RESOLVED >> 20} MB")
        pandas = self.library.startswith("pandas.")
        if not pandas and any(column.kind not in _DATASCIENCE or column.zone for column in self.columns):
            raise Malformed("a table of datascience has a column of another library")
        if pandas != bool(self.index):
            raise Malformed("a table of pandas has an index, and no other has")
        wanted = {"pandas.Series": 1, "pandas.Index": 0}.get(self.library)
        if wanted is not None and len(self.columns) != wanted:
            raise Malformed("a Series has one column, and an Index none")


def same_label(one: Any, other: Any) -> bool:
    """Whether two labels are the same; nan is nan."""
    return bool(_key(one) == _key(other))


def _key(label: Any) -> Any:
    """What is equal for labels that are the same."""
    if isinstance(label, tuple):
        return tuple(map(_key, label))
    return (None,) if is_missing(label) else label


def is_missing(value: Any) -> bool:
    """Whether one entry or label is None, nan or NaT."""
    if value is None:
        return True
    if isinstance(value, float | np.floating):
        return bool(np.isnan(value))
    return isinstance(value, np.datetime64 | np.timedelta64) and bool(np.isnat(value))
