"""Users that sandboxes are drawn from: those that the container has, and nobody else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.sandbox.isolation import users as users_module
from grader.sandbox.isolation.identity import become
from grader.sandbox.isolation.users import draw_user
from tests.waiting import wait_until

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="changing user needs root")


def given(monkeypatch, maps: str, **files: str) -> None:
    """Have this process believe in a user namespace and in lists of users."""
    monkeypatch.setattr(users_module, "_map_file", lambda _name: maps)
    monkeypatch.setattr(
        users_module,
        "_lines",
        lambda path: [line.split(":") for line in files.get(path.rpartition("/")[2], "").splitlines()],
    )


@pytest.mark.parametrize(
    ("maps", "low", "high"),
    [
        ("0 0 4294967295\n", 0x7000_0000, 0x7FFE_0000),
        ("0 1000000 1000000000\n", 65_536, 1_000_000_000),
        ("0 1000 1\n1 100000 65536\n", 1_000, 65_534),
        ("0 1000 1\n1 100000 500\n", 1, 501),
    ],
    ids=["everything", "a large container", "a rootless container", "a very small one"],
)
def test_users_are_drawn_from_all_that_the_container_has(monkeypatch, maps, low, high) -> None:
    given(monkeypatch, maps)
    drawn = {draw_user() for _ in range(200)}
    assert all(low <= user < high for user in drawn)
    assert len(drawn) > 100
    assert max(drawn) - min(drawn) > (high - low) / 2


def test_nobody_s_number_is_drawn_that_is_somebody_s(monkeypatch) -> None:
    free = {1_005, 1_007}
    passwd = "".join(f"u{user}:x:{user}:{user}::/:/bin/sh\n" for user in range(1, 1_011) if user not in free)
    given(monkeypatch, "0 100000 1011\n", passwd=passwd + "broken line\n", group="g:x:1007:\n")
    assert {draw_user() for _ in range(50)} == {1_005}
    given(monkeypatch, "0 100000 1011\n", passwd=passwd, subuid="u:1005:1\n")
    assert {draw_user() for _ in range(50)} == free, "better one that was lent to a user than none"
    given(monkeypatch, "0 0 4294967295\n", subuid="u:1879048192:100000000\n")
    assert all(draw_user() >= 1_979_048_192 for _ in range(50))
    given(monkeypatch, "0 1000 1\n")
    with pytest.raises(OSError, match="no user number is free"):
        draw_user()


@needs_root
def test_no_number_is_drawn_that_a_process_runs_as(monkeypatch) -> None:
    end, wait = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(wait)
        become(61_000)
        os.read(end, 1)
        os._exit(0)
    os.close(end)
    try:
        wait_until(lambda: f"\t{61_000}\t" in Path(f"/proc/{child}/status").read_text())
        given(monkeypatch, "0 0 1\n60999 60999 3\n")
        assert {draw_user() for _ in range(50)} == {60_999, 61_001}
    finally:
        os.close(wait)
        os.waitpid(child, 0)
