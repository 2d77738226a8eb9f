"""Which layers a sandbox needs, what stays out of its reach, and that nothing is left after it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec
import pytest

from grader.errors import UnsafeHost
from grader.sandbox.isolation import Plan, choose_plan, out_of_reach
from grader.sandbox.isolation.bubblewrap import bubblewrap_command
from grader.sandbox.isolation.plan import readable_paths
from grader.sandbox.outside.host import Sandbox

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="changing user needs root")


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
