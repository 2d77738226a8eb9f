"""Opens a gradebook, a SQLite file or a PostgreSQL database, and brings it to this version's schema."""

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

__all__ = ["REVISION", "Database", "inserted", "open_gradebook", "reading", "tidy", "transaction"]

REVISION = "0004"
"""The last migration; a test compares it with Alembic's."""

WAIT_SECONDS = 30
"""How long to wait for another process that is writing."""

# One writer at a time, so that two runs cannot add the same student twice. The number is arbitrary.
_ADVISORY_LOCK = 0x6772_6164_6D61_726B


Database = Engine
"""An open gradebook."""


def open_gradebook(where: str | Path, *, new: bool = True) -> Database:
    """The gradebook at a path (SQLite) or URL (``postgresql://…``, ``sqlite:///…``), migrated if needed.

    Args:
        where: The path or URL.
        new: Create the SQLite file if it does not exist.

    Raises:
        GradmarkError: It cannot be reached, is not a gradebook, or was made by a newer gradmark.
    """
    url = _url(where)
    shown = url.render_as_string(hide_password=True)
    if not new and url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise GradmarkError(f"there is no gradebook {shown}; name one that gradmark grade made")
    if url.drivername.startswith("sqlite"):
        _make_private(url.database)
        database = create_engine(url, connect_args={"timeout": WAIT_SECONDS})
        _sqlite_transactions(database)
    else:
        database = create_engine(url, connect_args={"connect_timeout": WAIT_SECONDS}, pool_pre_ping=True)
    try:
        # Only read at first: a gradebook that is up to date can be opened while another process writes.
        with reading(database) as connection:
            current = _revision(connection, shown) == REVISION
        if not current:
            with transaction(database) as connection:
                _migrate(connection, shown)
    except DBAPIError as error:
        database.dispose()
        problem = " ".join(str(error.orig).split())[:300]
        what_to_check = "check that it is a gradebook and that you may write to it"
        if not url.drivername.startswith("sqlite"):
            what_to_check = "check that the server is running, and the user name and password"
        raise GradmarkError(f"the gradebook {shown} cannot be opened ({problem}); {what_to_check}") from None
    except BaseException:
        database.dispose()
        raise
    return database


def _make_private(database: str | None) -> None:
    """Let only its owner read the gradebook: SQLite would let everyone, and gives the files beside it the same mode."""
    if not database or database == ":memory:" or database.startswith("file:"):
        return
    with contextlib.suppress(OSError):  # SQLite will report the same problem
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
            f"a gradebook cannot be kept in a {kind}:// database; give a file or postgresql://user@host/name"
        ) from None
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise GradmarkError(
            f"a gradebook cannot be kept in {url.get_backend_name()}; give a file or postgresql://user@host/name"
        )
    return url


def _sqlite_transactions(database: Database) -> None:
    """Begin transactions ourselves, since Python's driver guesses when to, and enforce foreign keys.

    With a log beside the database (WAL), readers see the last commit and never wait for a writer. On a file system
    that cannot share the log's memory, SQLite falls back to its default, where readers wait for a commit.
    """

    @event.listens_for(database, "connect")
    def connected(connection, _record) -> None:  # type: ignore[no-untyped-def]
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        # Erased data is overwritten, not only unlinked.
        connection.execute("PRAGMA secure_delete = ON")
        with contextlib.suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")

    @event.listens_for(database, "begin")
    def begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextlib.contextmanager
def reading(database: Database) -> Iterator[Connection]:
    """A connection that sees the gradebook at one moment and never waits for a writer."""
    options = {} if database.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with database.execution_options(**options).connect() as connection, connection.begin():
        yield connection


@contextlib.contextmanager
def transaction(database: Database) -> Iterator[Connection]:
    """A connection whose changes all take effect at the end, or not at all; one writer at a time."""
    try:
        with database.execution_options(writes=True).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
            yield connection
    except OperationalError as error:
        if "locked" in str(error.orig):
            raise GradmarkError(
                f"another process has been writing to the gradebook for {WAIT_SECONDS} seconds; try again later"
            ) from None
        if any(words in str(error.orig) for words in ("disk is full", "No space left", "disk I/O error")):
            raise GradmarkError(
                f"the gradebook cannot be written ({error.orig}); free some disk space and run this again to continue"
            ) from None
        raise


def inserted(connection: Connection, table: type[Base], row: dict[str, Any]) -> int:
    """Insert a row; returns its number."""
    key = connection.execute(insert(table), row).inserted_primary_key
    assert key is not None
    return int(key[0])


def tidy(database: Database) -> None:
    """Reclaim the space of erased data, so that none of it is left in free pages or in the log."""
    database.dispose()  # this process's other connections would keep the log open
    with database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if database.dialect.name == "sqlite":
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
            f"{shown} holds the tables of something else; give the gradebook a database of its own"
        )
    return None


def _migrate(connection: Connection, shown: str) -> None:
    known = _revision(connection, shown)
    if known == REVISION:
        return  # another process has just done it
    # Imported only when there is something to migrate.
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
