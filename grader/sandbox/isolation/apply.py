"""Puts a forked child under every layer of the plan, in the one order that works."""

from __future__ import annotations

import os
from dataclasses import dataclass

from grader.sandbox.isolation.identity import become, die_with_parent, give_up_privileges
from grader.sandbox.isolation.landlock import Landlock
from grader.sandbox.isolation.plan import DEVICES, KERNEL_FACTS, Plan
from grader.sandbox.isolation.rlimits import address_space, apply_rlimits, first_to_go
from grader.sandbox.isolation.seccomp import SystemCallFilter

__all__ = ["Confinement", "Quota"]


@dataclass(frozen=True)
class Quota:
    """What one submission may use."""

    memory_mb: int
    cpu_seconds: int
    file_mb: int
    processes: int


class Confinement:
    """What is prepared once, in the template, so that a child only has to enter it."""

    def __init__(self, plan: Plan, quota: Quota, user: int) -> None:
        self._plan = plan
        self._quota = quota
        self._user = user
        self._landlock = Landlock((*plan.readable, *KERNEL_FACTS), DEVICES) if plan.landlock else None
        self._filter = SystemCallFilter() if plan.seccomp else None
        self._parent = os.getpid()
        self._base_memory = 0

    def measure(self) -> None:
        """Take the template's own memory as the base of the limit; call this when everything is imported."""
        self._base_memory = address_space()

    def enter(self, scratch: str, keep: int) -> None:
        """Confine this process for good.

        Args:
            scratch: The one folder that it may write in, which becomes the working directory.
            keep: The one descriptor that it keeps besides the standard three.
        """
        os.setsid()
        first_to_go()
        self._close_descriptors(keep)
        apply_rlimits(
            memory_mb=self._quota.memory_mb,
            cpu_seconds=self._quota.cpu_seconds,
            file_mb=self._quota.file_mb,
            processes=self._quota.processes if self._plan.limit_processes else None,
            base=self._base_memory,
        )
        os.chdir(scratch)
        if self._plan.user:
            become(self._user)
        die_with_parent(self._parent)
        give_up_privileges()
        if self._landlock:
            self._landlock.restrict(scratch)
        if self._filter:
            self._filter.load()

    def _close_descriptors(self, keep: int) -> None:
        null = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(null, standard)
        kept = sorted({keep, *(self._landlock.descriptors if self._landlock else ())})
        low = 3
        for descriptor in kept:
            os.closerange(low, descriptor)
            low = descriptor + 1
        os.closerange(low, max(low, os.sysconf("SC_OPEN_MAX")))
