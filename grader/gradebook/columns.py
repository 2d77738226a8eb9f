"""How the gradebook's tables store times and points, and the base class of all tables."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, LargeBinary, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

from grader.points import exact, stored

__all__ = ["Base", "ExactPoints", "UtcDateTime"]


class UtcDateTime(TypeDecorator[datetime]):
    """A moment. Every database stores it in UTC; SQLite, which has no time zones, stores it without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs an offset from UTC")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ExactPoints(TypeDecorator[Fraction]):
    """Points as an exact fraction, such as ``1/3``, which no database rounds."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Fraction | None, dialect: Dialect) -> str | None:
        return None if value is None else stored(exact(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Fraction | None:
        return None if value is None else exact(value)


class Base(DeclarativeBase):
    """Says how the Python types of columns are stored."""

    type_annotation_map = {  # noqa: RUF012
        str: Text(),
        bytes: LargeBinary(),
        Fraction: ExactPoints(),
        datetime: UtcDateTime(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
    }
