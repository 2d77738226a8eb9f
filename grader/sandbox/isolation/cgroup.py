"""A control group for submissions: the kernel counts their memory and threads, if a group can be made.

Both versions of the kernel's interface are known. Our group lies below the worker's own, so that whatever bounds the
worker bounds it too. The layer is optional: without it, rlimits bound each process by itself.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import time
from pathlib import Path

__all__ = ["ControlGroup", "cgroups_work"]

ROOT = Path("/sys/fs/cgroup")
_OURS = re.compile(r"gradmark-(\d+)-[0-9a-f]+")


class ControlGroup:
    """A group for a template and the submissions that it forks.

    Args:
        memory_mb: Memory of all its processes together, in MiB.
        processes: Most threads, or None if something else limits them.

    Raises:
        OSError: No group can be made here.
    """

    def __init__(self, memory_mb: int, processes: int | None) -> None:
        self._folders: list[Path] = []
        name = f"gradmark-{os.getpid()}-{secrets.token_hex(4)}"
        unified, separate = _own_groups()
        try:
            if separate:
                for controller in ("memory", "pids") if processes is not None else ("memory",):
                    self._make(ROOT / controller / separate[controller].lstrip("/") / name)
                self._limit(0, "memory.limit_in_bytes", memory_mb << 20)
                if processes is not None:
                    self._limit(1, "pids.max", processes)
            else:
                self._make(ROOT / unified.lstrip("/") / name)
                self._limit(0, "memory.max", memory_mb << 20)
                if processes is not None:
                    self._limit(0, "pids.max", processes)
                with contextlib.suppress(OSError):
                    self._limit(0, "memory.swap.max", 0)
        except BaseException:
            self.close()
            raise

    def _make(self, folder: Path) -> None:
        _remove_leftovers(folder.parent)
        folder.mkdir()
        self._folders.append(folder)

    def _limit(self, folder: int, name: str, value: int) -> None:
        (self._folders[folder] / name).write_text(str(value))

    def add(self, pid: int) -> None:
        """Add a process with all its threads, by its number as this process sees it."""
        for folder in self._folders:
            (folder / "cgroup.procs").write_text(str(pid))

    def close(self) -> None:
        """Remove the group. Its processes must have ended; the kernel may take a moment to notice."""
        for folder in self._folders:
            for _ in range(50):
                try:
                    folder.rmdir()
                    break
                except FileNotFoundError:
                    break
                except OSError:
                    time.sleep(0.01)
        self._folders = []


def _remove_leftovers(parent: Path) -> None:
    """Remove the groups of workers that were killed, unless another process has their number by now."""
    for name in os.listdir(parent):
        ours = _OURS.fullmatch(name)
        if ours and not Path(f"/proc/{ours[1]}").exists():
            # Its processes may not have quite ended, or another worker may have been faster.
            with contextlib.suppress(OSError):
                (parent / name).rmdir()


def _own_groups() -> tuple[str, dict[str, str]]:
    """This process's group in the unified hierarchy, and those in the separate ones for memory and pids."""
    unified, separate = "/", {}
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        if not controllers:
            unified = path
        for controller in controllers.split(","):
            if controller in ("memory", "pids"):
                separate[controller] = path
    return unified, separate if len(separate) == 2 else {}


def cgroups_work() -> bool:
    """Whether this machine lets us make a group; found by trying."""
    try:
        ControlGroup(64, 16).close()
    except OSError:
        return False
    return True


def real_pid(pidfd: int) -> int:
    """A process's number as this process sees it; in a namespace of its own it may have another."""
    for line in Path(f"/proc/self/fdinfo/{pidfd}").read_text().splitlines():
        if line.startswith("Pid:"):
            return int(line.split()[1])
    raise ProcessLookupError(pidfd)
