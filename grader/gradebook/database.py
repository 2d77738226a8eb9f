"""Opening a gradebook: a SQLite file or a PostgreSQL database, brought to this version's schema first."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError

from grader.errors import GradmarkError
from grader.files import close_to_others, private_file
from grader.gradebook.columns import Base
from grader.gradebook.personal import PERSONAL

__all__ = ["REVISION", "inserted", "open_engine", "reading", "tidy", "transaction"]

REVISION = "0002"
"""The last migration; a test compares it with Alembic's own idea."""

WAIT_SECONDS = 30
"""For another process that is writing."""

# One writer at a time, so that two runs cannot make the same student twice. The number is arbitrary but ours.
_ADVISORY_LOCK = 0x6772_6164_6D61_726B


def open_engine(where: str | Path, *, new: bool = True) -> Engine:
    """The database at a path (SQLite) or URL (``postgresql://…``, ``sqlite:///…``), migrated as needed.

    Args:
        where: The path or URL.
        new: Make a SQLite file that is not there yet.

    Raises:
        GradmarkError: It cannot be reached, is no gradebook, or a newer gradmark made it.
    """
    url = _url(where)
    shown = url.render_as_string(hide_password=True)
    if not new and url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise GradmarkError(f"there is no gradebook {shown}; name the one that gradmark grade made")
    if url.drivername.startswith("sqlite"):
        _make_private(url.database)
        engine = create_engine(url, connect_args={"timeout": WAIT_SECONDS})
        _sqlite_transactions(engine)
    else:
        engine = create_engine(url, connect_args={"connect_timeout": WAIT_SECONDS}, pool_pre_ping=True)
    try:
        # Looking needs no turn at writing: a gradebook that is up to date can be read while somebody else writes.
        with reading(engine) as connection:
            current = _revision(connection, shown) == REVISION
        if not current:
            with transaction(engine) as connection:
                _migrate(connection, shown)
    except DBAPIError as error:
        engine.dispose()
        problem = " ".join(str(error.orig).split())[:300]
        mend = "is the file a gradebook, and may it be written?"
        if not url.drivername.startswith("sqlite"):
            mend = "is the server running, and are name and password right?"
        raise GradmarkError(f"the gradebook {shown} cannot be opened ({problem}); {mend}") from None
    except BaseException:
        engine.dispose()
        raise
    return engine


def _make_private(database: str | None) -> None:
    """Have a gradebook that only its owner reads: SQLite makes files for all, and what lies beside one like it."""
    if not database or database == ":memory:" or database.startswith("file:"):
        return
    with contextlib.suppress(OSError):  # which SQLite meets too, and tells
        private_file(Path(database))
        for beside in ("-wal", "-shm", "-journal"):
            close_to_others(Path(os.path.realpath(database) + beside))


def _url(where: str | Path) -> URL:
    if isinstance(where, Path) or "://" not in where:
        return URL.create("sqlite", database=str(where))
    try:
        url = make_url(where)
        if url.drivername in ("postgres", "postgresql"):
            url = url.set(drivername="postgresql+psycopg")
        url.get_dialect()
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError, ValueError):
        kind = where.partition("://")[0]
        raise GradmarkError(
            f"no gradebook can be kept in a {kind}:// database; give a file or postgresql://user@host/name"
        ) from None
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise GradmarkError(
            f"no gradebook can be kept in {url.get_backend_name()}; give a file or postgresql://user@host/name"
        )
    return url


def _sqlite_transactions(engine: Engine) -> None:
    """Python's driver begins transactions by guesswork; begin them ourselves, and keep to the keys.

    With a log beside the database (WAL) readers see the last commit while somebody writes, and never wait. A file
    system that cannot share the log's memory keeps SQLite's own way, in which they wait for a commit.
    """

    @event.listens_for(engine, "connect")
    def connected(connection, _record) -> None:  # type: ignore[no-untyped-def]
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        # What is erased is overwritten, not only forgotten.
        connection.execute("PRAGMA secure_delete = ON")
        with contextlib.suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextlib.contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one moment of the gradebook and waits for no writer."""
    options = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with engine.execution_options(**options).connect() as connection, connection.begin():
        yield connection


@contextlib.contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """A connection whose changes become visible all at once at the end, or not at all; one writer at a time."""
    try:
        with engine.execution_options(writes=True).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
            yield connection
    except OperationalError as error:
        if "locked" in str(error.orig):
            raise GradmarkError(
                f"another process has been writing to the gradebook for {WAIT_SECONDS} seconds; try again"
            ) from None
        if any(words in str(error.orig) for words in ("disk is full", "No space left", "disk I/O error")):
            raise GradmarkError(
                f"the gradebook cannot be written ({error.orig}); make room and run again to go on"
            ) from None
        raise


def inserted(connection: Connection, table: type[Base], row: dict[str, Any]) -> int:
    """Insert a row; its number."""
    key = connection.execute(insert(table).values(row)).inserted_primary_key
    assert key is not None
    return int(key[0])


def tidy(engine: Engine) -> None:
    """Give back the room of what was erased, so that nothing of it is left in free pages or in the log."""
    engine.dispose()  # other connections of this process would keep the log open
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "sqlite":
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            driver.execute("VACUUM")
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            for table in (*PERSONAL, "blobs", "attempts"):
                connection.execute(text(f"VACUUM (FULL) {table}"))


def _revision(connection: Connection, shown: str) -> str | None:
    """The schema's revision; None for an empty database."""
    present = inspect(connection).get_table_names()
    if "alembic_version" in present:
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar())
    if "results" in present or "students" in present:
        raise GradmarkError(
            f"{shown} holds tables of something else; give the gradebook a database of its own"
        )
    return None


def _migrate(connection: Connection, shown: str) -> None:
    known = _revision(connection, shown)
    if known == REVISION:
        return  # somebody else has just done it
    # Alembic is imported only when there is something to migrate.
    import alembic.command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        alembic.command.upgrade(config, "head")
    except CommandError:
        raise GradmarkError(
            f"the gradebook {shown} was made by a newer gradmark (its schema is {known}); update gradmark"
        ) from None
