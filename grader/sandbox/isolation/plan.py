"""Which layers this machine has, found by trying each in a forked child; nothing is assumed."""

from __future__ import annotations

import functools
import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from grader.sandbox.isolation.bubblewrap import bubblewrap_works, find_bubblewrap
from grader.sandbox.isolation.cgroup import cgroups_work
from grader.sandbox.isolation.identity import become, give_up_privileges
from grader.sandbox.isolation.interpreter import Interpreter, own_package, own_prefixes
from grader.sandbox.isolation.landlock import abi_version
from grader.sandbox.isolation.scratch import scratch_parent
from grader.sandbox.isolation.users import draw_user

__all__ = ["Plan", "choose_plan", "out_of_reach", "readable_paths"]

_SYSTEM = (
    "/usr", "/lib", "/lib32", "/lib64", "/libx32", "/bin", "/sbin",
    "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime", "/etc/timezone", "/etc/fonts",
    "/etc/mime.types", "/etc/nsswitch.conf", "/etc/alternatives",
    "/var/cache/fontconfig",
)  # fmt: skip
KERNEL_FACTS = ("/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu")
DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random", "/dev/full")


class Plan(msgspec.Struct, frozen=True):
    """The layers a submission will run under."""

    bubblewrap: str | None
    """Path of the program, if namespaces work."""
    user: bool
    """Whether the submission runs as a user of its own."""
    landlock: int
    """Version of Landlock's interface; 0 if there is none."""
    seccomp: bool
    cgroup: bool
    """Whether there is a control group that counts memory and threads; a bonus."""
    limit_processes: bool
    """Whether a limit on processes counts nobody else's."""
    readable: tuple[str, ...]
    """What a submission may read besides its scratch folder."""

    @property
    def layers(self) -> list[str]:
        """Names of the active layers, as a result records them."""
        return [
            *(["bubblewrap"] if self.bubblewrap else []),
            *(["cgroup"] if self.cgroup else []),
            *([f"landlock-{self.landlock}"] if self.landlock else []),
            "rlimits",
            *(["seccomp"] if self.seccomp else []),
            *(["user"] if self.user else []),
        ]

    @property
    def safe(self) -> bool:
        """Whether a class is safe: no submission reaches the answers or another one, or leaves anything for the next.

        That takes a filter on system calls and a wall around files. A separate user is no such wall, because it can
        read and write whatever all users can.
        """
        return self.seccomp and bool(self.bubblewrap or self.landlock)

    @property
    def safe_alone(self) -> bool:
        """Whether a single submission is safe, in a container with no other, if the course is private there."""
        return self.safe or (self.seccomp and self.user)


def readable_paths(python: Interpreter | None = None, libraries: Sequence[str] = ()) -> tuple[str, ...]:
    """The interpreter, its packages, gradmark's and the system's libraries, but no part of a course.

    Args:
        python: The interpreter, if it is not this one.
        libraries: Folders of more packages.
    """
    package, program = (python.package, python.executable) if python else (own_package(), sys.executable)
    given, sites = (python.prefixes, python.sites) if python else (own_prefixes(), ())
    prefixes = {*given, *map(os.path.realpath, given)}
    # Not the whole prefix, because a virtual environment may have been made in the course's own folder.
    parts = ("bin", "lib", "lib64", "share", "etc/fonts", "pyvenv.cfg")
    own = {f"{prefix}/{part}" for prefix in prefixes for part in parts} | {package, *sites, *libraries}
    inside = [
        path for path in sorted(own) if not any(path.startswith(f"{root}/") for root in ("/usr", "/lib"))
    ]
    within = tuple(f"{folder}/" for folder in (*_SYSTEM, *inside))
    return (*_SYSTEM, *inside, *(link for link in _links(program) if not link.startswith(within)))


def _links(program: str) -> Iterator[str]:
    """Where a program's link leads, step by step: an environment's Python may link to one in any folder."""
    while os.path.islink(program):
        program = os.path.normpath(os.path.join(os.path.dirname(program), os.readlink(program)))
        yield program


@functools.cache
def choose_plan(
    *,
    without: frozenset[str] = frozenset(),
    python: Interpreter | None = None,
    libraries: tuple[str, ...] = (),
) -> Plan:
    """Every layer that works here, except those in ``without`` (``"bubblewrap"``, ``"user"``, ``"landlock"``...).

    Args:
        without: Layers to leave out.
        python: The interpreter of submissions, if it is not this one.
        libraries: Folders of packages that they may import besides.
    """
    readable = readable_paths(python, libraries)
    needed = (*(python.files if python else (os.path.dirname(os.__file__), msgspec.__file__)), *libraries)
    needed += (python.package if python else os.path.dirname(__file__),)
    program = None if "bubblewrap" in without else find_bubblewrap()
    if program is not None and not bubblewrap_works(program, readable):
        program = None
    is_root = os.geteuid() == 0
    user = "user" not in without and is_root and _in_child(lambda: _change_user(() if program else needed))
    return Plan(
        bubblewrap=program,
        user=user,
        landlock=0 if "landlock" in without else abi_version(),
        seccomp="seccomp" not in without and _in_child(_load_filter),
        cgroup="cgroup" not in without and cgroups_work(),
        limit_processes=user or program is not None,
        readable=readable,
    )


def out_of_reach(plan: Plan, paths: Sequence[Path]) -> bool:
    """Whether a submission cannot open any file in ``paths`` (mostly folders).

    Landlock and bubblewrap allow only what is listed as readable. If there is only a separate user, it is kept out only
    by a folder, in ``paths`` or above, that other users cannot enter; then each way in is tried.
    """
    if plan.landlock or plan.bubblewrap:
        listed = [os.path.realpath(path) for path in plan.readable]
        real = [os.path.realpath(path) for path in paths]
        return not any(path == root or path.startswith(f"{root}/") for path in real for root in listed)
    return plan.user and _in_child(lambda: _fail_if_open(paths))


def _fail_if_open(paths: Sequence[Path]) -> None:
    become(draw_user())
    for path in paths:
        for way in {os.path.abspath(path), os.path.realpath(path)}:
            _fail_if_way_is_open(Path(way))


def _fail_if_way_is_open(path: Path) -> None:
    """The modes of files inside do not count: whoever can enter a folder can guess their names, or replace them."""
    for folder in (*reversed(path.parents), path):
        if not any(os.access(folder, right) for right in (os.R_OK, os.W_OK, os.X_OK)):
            return
        # Whoever can write to a folder could replace what it contains, unless it has the sticky bit.
        if os.access(folder, os.W_OK) and (folder == path or not folder.stat().st_mode & stat.S_ISVTX):
            break
    raise PermissionError(path)


def _change_user(needed: Sequence[str]) -> None:
    """Fail if that user cannot read what is needed: only bubblewrap makes it readable if it lies in a private home."""
    user = draw_user()
    _look_after(user)
    become(user)
    for path in needed:
        os.stat(path)
        if not os.access(path, os.R_OK):
            raise PermissionError(path)


def _look_after(user: int) -> None:
    """Give a folder away, look into it and remove it, as we do with a submission's."""
    folder = tempfile.mkdtemp(dir=scratch_parent())
    try:
        os.chown(folder, user, user)
        os.listdir(folder)
    finally:
        os.rmdir(folder)


def _load_filter() -> None:
    from grader.sandbox.isolation.seccomp import SystemCallFilter

    give_up_privileges()
    SystemCallFilter().load()


def _in_child(attempt: Callable[[], None]) -> bool:
    """Whether ``attempt`` succeeds in a forked child, which it may make unusable."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            attempt()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0
