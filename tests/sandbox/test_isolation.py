"""Each layer by itself, in a forked child that it may leave unusable."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from grader.errors import UnsafeHost
from grader.limits import Limits
from grader.sandbox.isolation import Plan, choose_plan, out_of_reach
from grader.sandbox.isolation.bubblewrap import bubblewrap_command
from grader.sandbox.isolation.cgroup import ControlGroup, cgroups_work
from grader.sandbox.isolation.identity import become, forbid_inspection, give_up_privileges
from grader.sandbox.isolation.landlock import Landlock, abi_version
from grader.sandbox.isolation.plan import readable_paths
from grader.sandbox.isolation.rlimits import apply_rlimits
from grader.sandbox.isolation.seccomp import SystemCallFilter
from grader.sandbox.isolation.users import draw_user
from grader.sandbox.outside import host
from grader.sandbox.outside.host import Sandbox
from grader.sandbox.outside.session import Session
from tests.sandbox.forked import in_child

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="changing user needs root")
needs_landlock = pytest.mark.skipif(abi_version() == 0, reason="this kernel has no Landlock")


def error_of(attempt: Callable[[], object]) -> int:
    try:
        attempt()
    except OSError as error:
        return error.errno or -1
    return 0


# System calls -----------------------------------------------------------------------------------------------


def filtered(attempt: Callable[[], object]) -> object:
    compiled = SystemCallFilter()

    def child() -> object:
        give_up_privileges()
        compiled.load()
        return attempt()

    return in_child(child)


FORBIDDEN: dict[str, Callable[[], object]] = {
    "fork": os.fork,
    "exec": lambda: os.execv("/bin/true", ["true"]),
    "socket": socket.socket,
    "a pair of datagram sockets": lambda: socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM),
    "a signal to the parent": lambda: os.kill(os.getppid(), 0),
    "a signal to everyone": lambda: os.kill(-1, 0),
    "a signal by ownership": lambda: fcntl.fcntl(os.pipe()[0], fcntl.F_SETOWN, os.getppid()),
    "a signal of one's choice": lambda: fcntl.fcntl(os.pipe()[0], fcntl.F_SETSIG, 9),
    "the parent's limits": lambda: resource.prlimit(os.getppid(), resource.RLIMIT_CPU),
    "a priority": lambda: os.nice(1),
    "another user": lambda: os.setuid(12345),
    "a root of its own": lambda: os.chroot("."),
    "a file in memory": lambda: os.memfd_create("x"),
    "a process's descriptor": lambda: os.pidfd_open(os.getppid()),
    "emptying a file by its path": lambda: os.truncate("/dev/null", 0),
    "emptying a file opened for reading": lambda: os.open("/dev/null", os.O_RDONLY | os.O_TRUNC),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_the_filter_forbids(what: str) -> None:
    assert filtered(lambda: error_of(FORBIDDEN[what])) == errno.EPERM


def test_the_filter_allows_what_libraries_do() -> None:
    def attempt() -> list[object]:
        found: list[object] = []
        thread = threading.Thread(target=found.append, args=("thread",))
        thread.start()
        thread.join()
        ours, theirs = socket.socketpair()
        ours.sendall(b"x")
        found += [theirs.recv(1) == b"x", os.isatty(0), resource.getrlimit(resource.RLIMIT_AS)[0] != 0]
        os.kill(os.getpid(), 0)
        return found

    assert filtered(attempt) == ["thread", True, False, True]


def test_modes_and_times_stay_whatever_the_filter_reports(tmp_path) -> None:
    path = tmp_path / "gradebook.db"
    path.write_text("x")
    before = path.stat()

    def attempt() -> str:
        path.chmod(0)
        os.utime(path, (0, 0))
        with open(path, "r+") as file:
            os.fchmod(file.fileno(), 0)
        shutil.copy2(path, tmp_path / "copy")
        return (tmp_path / "copy").read_text()

    assert filtered(attempt) == "x"
    after = path.stat()
    assert (after.st_mode, after.st_mtime_ns) == (before.st_mode, before.st_mtime_ns)


def test_the_gate_for_32_bit_programs_kills() -> None:
    if os.uname().machine != "x86_64":
        pytest.skip("only this processor has it")

    def attempt() -> None:
        import mmap

        area = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
        area.write(b"\xb8\x14\x00\x00\x00\xcd\x80\xc3")
        ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(area)))()

    assert filtered(attempt) == -31  # SIGSYS


# Landlock ---------------------------------------------------------------------------------------------------


@needs_landlock
def test_landlock_leaves_the_readable_and_the_scratch(tmp_path) -> None:
    for name in ("readable", "scratch", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name)
    rules = Landlock([str(tmp_path / "readable")], ["/dev/null"])

    def attempt() -> dict[str, int]:
        os.chdir(tmp_path / "scratch")
        give_up_privileges()
        rules.restrict(str(tmp_path / "scratch"))
        return {
            "read readable": error_of(lambda: open(tmp_path / "readable" / "file").close()),
            "write readable": error_of(lambda: open(tmp_path / "readable" / "file", "w").close()),
            "read other": error_of(lambda: open(tmp_path / "other" / "file").close()),
            "list other": error_of(lambda: os.listdir(tmp_path / "other")),
            "link other": error_of(lambda: os.link(tmp_path / "other" / "file", "linked")),
            "through a link": error_of(lambda: (os.symlink(tmp_path / "other", "l"), open("l/file").close())),
            "read proc": error_of(lambda: open("/proc/self/environ").close()),
            "write scratch": error_of(lambda: open("new", "w").close()),
            "rename in scratch": error_of(lambda: (os.mkdir("d"), os.rename("new", "d/new"))),
            "fifo in scratch": error_of(lambda: os.mkfifo("fifo")),
            "write null": error_of(lambda: open("/dev/null", "w").close()),
        }

    denied = (
        "write readable",
        "read other",
        "list other",
        "link other",
        "through a link",
        "read proc",
        "fifo in scratch",
    )
    found = in_child(attempt)
    assert isinstance(found, dict)
    assert {name for name, code in found.items() if code in (errno.EACCES, errno.EXDEV)} == set(denied)
    assert {code for name, code in found.items() if name not in denied} == {0}


@needs_landlock
def test_landlock_keeps_signals_and_connections_in() -> None:
    if abi_version() < 6:
        pytest.skip("this kernel's Landlock knows no signals")
    rules = Landlock([], [])
    with socket.create_server(("127.0.0.1", 0)) as server:

        def attempt() -> list[int]:
            folder = os.getcwd()
            give_up_privileges()
            rules.restrict(folder)
            connect = lambda: socket.create_connection(server.getsockname())  # noqa: E731
            return [error_of(lambda: os.kill(os.getppid(), 0)), error_of(connect)]

        assert in_child(attempt) == [errno.EPERM, errno.EACCES]


# Limits, users, folders ---------------------------------------------------------------------------------------


def test_rlimits_bound_memory_files_and_cannot_be_raised(tmp_path) -> None:
    def attempt() -> list[object]:
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        apply_rlimits(memory_mb=64, cpu_seconds=5, file_mb=1, processes=None)
        give_up_privileges()
        found: list[object] = []
        try:
            bytearray(1 << 28)
        except MemoryError:
            found.append("memory")
        with open(tmp_path / "f", "wb", 0) as file:
            found.append(error_of(lambda: [file.write(bytes(1 << 20)) for _ in range(3)]))
        for kind in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE):
            try:
                resource.setrlimit(kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
                found.append(kind)
            except (ValueError, OSError):
                pass
        return found

    assert in_child(attempt) == ["memory", errno.EFBIG]


@needs_root
def test_a_user_of_its_own_owns_nothing_of_ours(tmp_path) -> None:
    (tmp_path / "private").write_text("x")
    os.chmod(tmp_path / "private", 0o600)

    user = draw_user()

    def attempt() -> list[int]:
        become(user)
        give_up_privileges()
        return [
            error_of(lambda: open(tmp_path / "private").close()),
            error_of(lambda: os.setuid(0)),
            os.getuid(),
        ]

    assert in_child(attempt) == [errno.EACCES, errno.EPERM, user]


def test_nobody_of_the_same_user_reads_a_process_that_forbids_it() -> None:
    ready, wait = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        if os.geteuid() == 0:
            become(61_000)
        forbid_inspection()
        os.write(ready[1], b"x")
        os.read(wait[0], 1)
        os._exit(0)
    os.read(ready[0], 1)

    def attempt() -> list[int]:
        if os.geteuid() == 0:
            become(61_000)
        paths = [f"/proc/{child}/{name}" for name in ("mem", "environ")]
        return [error_of(lambda path=path: open(path, "rb").close()) for path in paths]  # type: ignore[misc]

    try:
        assert in_child(attempt) == [errno.EACCES, errno.EACCES]
    finally:
        os.write(wait[1], b"x")
        os.waitpid(child, 0)
        for end in (*ready, *wait):
            os.close(end)


@pytest.mark.skipif(not cgroups_work(), reason="no control group can be made here")
def test_a_control_group_bounds_memory_and_leaves_nothing() -> None:
    before = set(os.listdir("/sys/fs/cgroup"))
    group = ControlGroup(64, 8)
    added, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.read(added, 1)
        kept = [bytes(os.urandom(1)) * (1 << 20) for _ in range(200)]
        os._exit(len(kept) % 2)
    group.add(child)
    os.write(tell, b"x")
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == -9
    group.close()
    for end in (added, tell):
        os.close(end)
    assert set(os.listdir("/sys/fs/cgroup")) == before


@pytest.mark.skipif(not cgroups_work(), reason="no control group can be made here")
def test_the_groups_of_a_killed_worker_are_removed_by_the_next_one_and_those_of_the_living_are_not() -> None:
    def groups() -> set[Path]:
        return {path for path in Path("/sys/fs/cgroup").rglob(f"gradmark-{process.pid}-*") if path.is_dir()}

    make = (
        "import sys; from grader.sandbox.isolation.cgroup import ControlGroup\n"
        "group = ControlGroup(64, 8); print(flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", make], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        process.stdout.readline()
        made = groups()
        assert made
        ControlGroup(64, 8).close()
        assert groups() == made
        process.kill()
    assert groups() == made
    ControlGroup(64, 8).close()
    assert groups() == set()


@pytest.mark.skipif(not cgroups_work(), reason="no control group can be made here")
@pytest.mark.parametrize(
    "without", [frozenset(), frozenset({"bubblewrap", "user"})], ids=["all", "few layers"]
)
def test_a_control_group_takes_the_submission_and_never_the_template(without, monkeypatch) -> None:
    plan = choose_plan(without=without)
    if not plan.safe:
        pytest.skip("this machine cannot isolate submissions")
    monkeypatch.setattr(host, "ControlGroup", lambda _memory, threads: ControlGroup(48, threads))
    hungry = {"ps.py": b"kept = bytearray(200 << 20)\nkept[::4096] = bytes(len(kept[::4096]))\n"}
    with Sandbox(limits=Limits(memory_mb=1024), plan=plan) as sandbox:
        sandbox.start()
        template = sandbox._template
        for _ in range(2):
            with Session(sandbox, hungry, "ps", 1) as session:
                session.load()
                assert "killed" in session.report.errors[0]
        with Session(sandbox, {"ps.py": b"def f():\n    return 1\n"}, "ps", 1) as session:
            assert session.calls("f", [((), {})])[0].value == 1
        assert sandbox._template is template


# Plans ------------------------------------------------------------------------------------------------------


def plan_of(**layers: object) -> Plan:
    nothing = {"bubblewrap": None, "user": False, "landlock": 0, "seccomp": False, "cgroup": False}
    return msgspec.structs.replace(choose_plan(), **{**nothing, **layers})


def test_a_machine_without_layers_is_refused_unless_asked_for() -> None:
    plan = choose_plan(without=frozenset(("seccomp",)))
    assert not plan.safe
    for alone in (False, True):
        with pytest.raises(UnsafeHost, match="gradmark doctor"):
            Sandbox(plan=plan, alone=alone)
    Sandbox(plan=plan, unsafe=True).close()
    assert not choose_plan(without=frozenset(("bubblewrap", "landlock", "user"))).safe_alone


def test_a_user_of_its_own_is_no_wall_between_a_class_s_submissions(tmp_path) -> None:
    plan = plan_of(seccomp=True, user=True)
    assert (plan.safe, plan.safe_alone) == (False, True)
    with pytest.raises(UnsafeHost, match="read and change each other's work"):
        Sandbox(plan=plan)
    Sandbox(plan=plan, unsafe=True).close()
    for wall in ({"landlock": 3}, {"bubblewrap": "/usr/bin/bwrap"}):
        assert plan_of(seccomp=True, **wall).safe
        assert not plan_of(user=True, **wall).safe_alone


@needs_root
def test_one_submission_alone_needs_a_private_course() -> None:
    plan = plan_of(seccomp=True, user=True)
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        (Path(folder) / "test_secret.py").write_text("x")
        Sandbox(plan=plan, alone=True, secrets=[Path(folder)]).close()
        os.chmod(folder, 0o755)
        with pytest.raises(UnsafeHost, match="could read"):
            Sandbox(plan=plan, alone=True, secrets=[Path(folder)])


def test_what_is_readable_is_no_course_even_where_the_environment_lies_in_it() -> None:
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for path in readable_paths():
        assert not package.startswith(f"{path}/")
        if path != "/usr":  # the system's own Python has nothing narrower, and a course there is refused
            assert path not in (sys.prefix, sys.base_prefix, os.path.dirname(sys.prefix))


def test_a_course_that_a_submission_could_read_is_refused(tmp_path) -> None:
    course = tmp_path / "course"
    course.mkdir()
    (course / "test_secret.py").write_text("x")
    plan = choose_plan()
    assert out_of_reach(plan, [course])
    exposed = msgspec.structs.replace(plan, readable=(*plan.readable, str(tmp_path)))
    if plan.landlock or plan.bubblewrap:
        assert not out_of_reach(exposed, [course])
        with pytest.raises(UnsafeHost, match="could read"):
            Sandbox(plan=exposed, secrets=[course])


@needs_root
def test_a_user_of_its_own_alone_hides_only_what_is_private() -> None:
    plan = msgspec.structs.replace(choose_plan(), user=True, landlock=0, bubblewrap=None)
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        (Path(folder) / "test_secret.py").write_text("x")
        assert out_of_reach(plan, [Path(folder)])
        os.chmod(folder, 0o755)
        assert not out_of_reach(plan, [Path(folder)])


def _opened(course: Path, folders: int, files: int) -> None:
    for path in (course, *course.rglob("*")):
        path.chmod(folders if path.is_dir() else files)


@needs_root
@pytest.mark.parametrize(
    ("folders", "files"),
    [(0o711, 0o644), (0o777, 0o600), (0o755, 0o600), (0o710, 0o640), (0o733, 0o600), (0o744, 0o644)],
    ids=oct,
)
def test_a_course_is_private_only_where_no_other_user_may_enter_its_folder(folders, files) -> None:
    plan = msgspec.structs.replace(choose_plan(), user=True, landlock=0, bubblewrap=None)
    with tempfile.TemporaryDirectory(dir="/tmp") as top:
        secrets = [Path(top, "course/psets/tiny"), Path(top, "course/reference")]
        for one in secrets:
            (one / "suite").mkdir(parents=True)
            (one / "suite" / "test_secret.py").write_text("x")
        _opened(Path(top, "course"), folders, files)
        assert out_of_reach(plan, secrets)  # mkdtemp's own folder is closed
        os.chmod(top, 0o755)
        assert out_of_reach(plan, secrets) == (folders in (0o710, 0o744))  # no way in without x
        assert not out_of_reach(plan, [Path(top, "course")]) or folders == 0o710
        os.chmod(Path(top, "course"), 0o700)
        assert out_of_reach(plan, secrets)


@needs_root
def test_a_closed_course_in_a_folder_that_all_may_write_could_be_replaced() -> None:
    plan = msgspec.structs.replace(choose_plan(), user=True, landlock=0, bubblewrap=None)
    with tempfile.TemporaryDirectory(dir="/tmp") as top:
        course, link = Path(top, "place", "course"), Path(top, "link")
        course.mkdir(parents=True)
        link.symlink_to(course)
        os.chmod(top, 0o755)
        course.chmod(0o700)
        for mode, hidden in ((0o755, True), (0o777, False), (0o733, False), (0o1777, True)):
            course.parent.chmod(mode)
            assert out_of_reach(plan, [course]) == hidden
            assert out_of_reach(plan, [link]) == hidden
        course.parent.chmod(0o755)
        os.chmod(top, 0o777)
        assert not out_of_reach(plan, [link])


def test_nothing_is_left_after_a_sandbox() -> None:
    with contextlib.ExitStack() as stack:
        before = set(os.listdir("/dev/shm")) if os.path.isdir("/dev/shm") else set()
        descriptors = len(os.listdir("/proc/self/fd"))
        sandbox = stack.enter_context(
            Sandbox(plan=choose_plan(without=frozenset(("bubblewrap",))), unsafe=True)
        )
        sandbox.fork().end()
        sandbox.close()
        assert len(os.listdir("/proc/self/fd")) == descriptors
        mine = [name for name in set(os.listdir("/dev/shm")) - before if name.startswith("gradmark-")]
        assert not [
            name
            for name in mine
            if os.stat(f"/dev/shm/{name}").st_uid == os.getuid() and not os.listdir(f"/dev/shm/{name}")
        ]


def test_a_python_that_is_a_link_to_a_link_is_readable_to_its_end(tmp_path, monkeypatch):
    """As where an environment was made by a Python that is itself a link, in somebody's home."""
    (tmp_path / "home").mkdir()
    (tmp_path / "venv").mkdir()
    first, second = tmp_path / "venv" / "python", tmp_path / "home" / "python3"
    second.symlink_to(os.path.realpath(sys.executable))
    first.symlink_to("../home/python3")
    monkeypatch.setattr(sys, "executable", str(first))
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "nowhere"))
    assert str(second) in readable_paths()
    if (program := choose_plan().bubblewrap) is not None:
        started = [*bubblewrap_command(program, (*readable_paths(), str(first)), 1), str(first), "-c", "pass"]
        subprocess.run(started, check=True, timeout=30)
