"""Who a submission runs as: a user of its own if we are root, and without privileges in any case."""

from __future__ import annotations

import contextlib
import ctypes
import os

from grader.sandbox.isolation.libc import (
    PR_CAPBSET_DROP,
    PR_SET_DUMPABLE,
    PR_SET_NO_NEW_PRIVS,
    PR_SET_PDEATHSIG,
    libc,
    prctl,
)

__all__ = ["become", "die_with_parent", "drop_capability", "forbid_inspection", "give_up_privileges"]

_LAST_CAPABILITY = 63
_SIGKILL = 9


def become(user: int) -> None:
    """Change to ``user`` for good, with no groups but its own; this needs root."""
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


def die_with_parent(parent: int) -> None:
    """Be killed when the parent ends. Changing the user clears this, so call it afterwards."""
    prctl(PR_SET_PDEATHSIG, _SIGKILL)
    if os.getppid() != parent:
        os.kill(os.getpid(), _SIGKILL)


def give_up_privileges() -> None:
    """Let no program and no call raise this process's rights any more."""
    for capability in range(_LAST_CAPABILITY + 1):
        # EINVAL after the kernel's last capability; EPERM if there is nothing to drop.
        with contextlib.suppress(OSError):
            prctl(PR_CAPBSET_DROP, capability)
    _clear_capabilities()
    prctl(PR_SET_NO_NEW_PRIVS, 1)


def forbid_inspection() -> None:
    """Let no process of the same user read this one's memory or /proc entries."""
    prctl(PR_SET_DUMPABLE, 0)


def drop_capability(capability: int) -> None:
    """Give up one capability for good, whether this process has it or not."""
    with contextlib.suppress(OSError):
        prctl(PR_CAPBSET_DROP, capability)
    header, data = _header(), (ctypes.c_uint32 * 6)()
    _check(libc.capget(header, data))
    word, bit = divmod(capability, 32)
    for part in range(3):  # effective, permitted, inheritable
        data[3 * word + part] &= ~(1 << bit) & 0xFFFFFFFF
    _check(libc.capset(header, data))


def _clear_capabilities() -> None:
    _check(libc.capset(_header(), (ctypes.c_uint32 * 6)()))


def _header() -> ctypes.Array[ctypes.c_uint32]:
    return (ctypes.c_uint32 * 2)(0x20080522, 0)  # _LINUX_CAPABILITY_VERSION_3, this process


def _check(result: int) -> None:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"capabilities: {os.strerror(code)}")
