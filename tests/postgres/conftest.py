"""A PostgreSQL server of our own: in a folder that is removed, reached by a socket in it, stopped at the end.

The server refuses to be root; where we are, it runs as the user nobody.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

_numbers = count()


def programs() -> Path:
    """The folder of initdb and pg_ctl; Debian keeps them out of the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
    here = shutil.which("initdb")
    if found:
        return found[-1].parent
    if here:
        return Path(here).resolve().parent
    pytest.exit(
        "PostgreSQL is not installed (apt-get install postgresql): its tests did not run", returncode=1
    )


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The folder of the server's socket."""
    bin_folder = programs()
    folder = Path(
        tempfile.mkdtemp(prefix="gradmark-pg-")
    )  # short: a socket's path has at most 107 characters
    user = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    if user:
        shutil.chown(folder, "nobody", "nogroup")

    def run(*command: str) -> None:
        done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False, **user)
        log = (folder / "log").read_text() if (folder / "log").is_file() else ""
        assert done.returncode == 0, f"{command[0]}: {done.stdout}{done.stderr}{log}"

    data = str(folder / "data")
    pg_ctl = str(bin_folder / "pg_ctl")
    try:
        run(
            str(bin_folder / "initdb"),
            "-D",
            data,
            "-U",
            "ta",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
            "--locale=C",
        )
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        run(pg_ctl, "start", "-w", "-D", data, "-o", options, "-l", str(folder / "log"))
        try:
            yield str(folder)
        finally:
            run(pg_ctl, "stop", "-w", "-m", "immediate", "-D", data)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def url(server: str) -> str:
    """An empty database of the test's own."""
    name = f"grades{next(_numbers)}"
    with psycopg.connect(f"host={server} user=ta dbname=postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"postgresql://ta@/{name}?host={server}"
