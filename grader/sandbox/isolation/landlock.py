"""Landlock: which files a process may touch, no TCP, no signals to other processes.

This makes the raw system calls, because the existing packages only know files. Rights that the kernel does not know
are left out, depending on the version it reports. The constants are those of linux/landlock.h.
"""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Sequence

from grader.sandbox.isolation.libc import syscall

__all__ = ["Landlock", "abi_version"]

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION_FLAG = 1
_PATH_BENEATH = 1

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_TRUNCATE, _IOCTL_DEV = 1 << 14, 1 << 15
_READ = _EXECUTE | _READ_FILE | _READ_DIR
_FILE_RIGHTS = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV
_MAKE_CHAR, _MAKE_SOCK, _MAKE_FIFO, _MAKE_BLOCK = 1 << 6, 1 << 9, 1 << 10, 1 << 11
_REMOVE_DIR, _REMOVE_FILE, _MAKE_DIR, _MAKE_REG, _MAKE_SYM = 1 << 4, 1 << 5, 1 << 7, 1 << 8, 1 << 12
# Scratch: files, folders and links, but no device, socket or pipe. A file can be moved to another folder only with
# _REFER, so that is granted too if the kernel knows it.
_REFER = 1 << 13
_SCRATCH = _READ_FILE | _READ_DIR | _WRITE_FILE | _TRUNCATE | _REMOVE_DIR | _REMOVE_FILE
_SCRATCH |= _MAKE_DIR | _MAKE_REG | _MAKE_SYM | _REFER
_NET_BIND_AND_CONNECT = 0b11
_SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11


class _RulesetAttributes(ctypes.Structure):
    _fields_ = (("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"  # packed structures need the layout named from Python 3.14 on
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def abi_version() -> int:
    """The version of Landlock that this kernel has; 0 if it has none."""
    try:
        return syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION_FLAG))
    except OSError:
        return 0


def _handled_rights(abi: int) -> int:
    last = {1: 12, 2: 13, 3: 14, 4: 14}.get(abi, 15)
    return (1 << (last + 1)) - 1


class Landlock:
    """A set of rules, prepared once and applied to each child.

    Args:
        readable: Files and folders that may be read, and code in them mapped; missing ones are skipped.
        writable_files: Device files that may be read and written, such as ``/dev/null``.
    """

    def __init__(self, readable: Sequence[str], writable_files: Sequence[str]) -> None:
        self.abi = abi_version()
        self._handled = _handled_rights(self.abi)
        self._rules = [(self._open(path), _READ) for path in readable if os.path.exists(path)]
        self._rules += [
            (self._open(path), _READ_FILE | _WRITE_FILE | _TRUNCATE)
            for path in writable_files
            if os.path.exists(path)
        ]

    @staticmethod
    def _open(path: str) -> int:
        return os.open(path, os.O_PATH | os.O_CLOEXEC)

    @property
    def descriptors(self) -> list[int]:
        """Descriptors that must stay open until `restrict`."""
        return [descriptor for descriptor, _ in self._rules]

    def restrict(self, scratch: str) -> None:
        """Confine this process for good; ``scratch`` is the one folder that it may write in."""
        attributes = _RulesetAttributes(fs=self._handled)
        size = 8
        if self.abi >= 4:
            attributes.net, size = _NET_BIND_AND_CONNECT, 16
        if self.abi >= 6:
            attributes.scoped, size = _SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS, 24
        ruleset = syscall(
            _CREATE_RULESET, ctypes.byref(attributes), ctypes.c_size_t(size), ctypes.c_uint32(0)
        )
        own = self._open(scratch)
        for descriptor, rights in [*self._rules, (own, _SCRATCH)]:
            self._allow(ruleset, descriptor, rights)
        syscall(_RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0))
        for descriptor in (ruleset, own, *self.descriptors):
            os.close(descriptor)

    def _allow(self, ruleset: int, descriptor: int, rights: int) -> None:
        is_directory = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        rights &= self._handled if is_directory else self._handled & _FILE_RIGHTS
        rule = _PathBeneath(allowed=rights, parent=descriptor)
        syscall(
            _ADD_RULE,
            ctypes.c_int(ruleset),
            ctypes.c_int(_PATH_BENEATH),
            ctypes.byref(rule),
            ctypes.c_uint32(0),
        )
