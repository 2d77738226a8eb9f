"""A filter on system calls: allows threads, but no processes, programs, sockets or kernel interfaces.

libseccomp compiles the filter once, in the template, and every child loads it. The filter lists what is allowed;
anything else fails with EPERM, which libraries notice and handle.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from typing import Any

from grader.sandbox.isolation.libc import PR_SET_SECCOMP, SECCOMP_MODE_FILTER, prctl

__all__ = ["SystemCallFilter"]

# Memory, files, time, threads, waiting: what CPython, numpy, BLAS, matplotlib and pandas were seen to use, and similar
# calls. Landlock guards files, so opening and writing are allowed here.
_ALLOWED = """
    brk mmap munmap mremap mprotect madvise msync mincore membarrier mlock munlock mlock2
    read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 lseek _llseek
    creat close close_range dup dup2 dup3 flock fsync fdatasync
    ftruncate ftruncate64 fallocate fadvise64 sendfile copy_file_range splice tee
    stat fstat lstat newfstatat fstatat64 stat64 fstat64 lstat64 statx statfs fstatfs statfs64 fstatfs64
    access faccessat faccessat2 readlink readlinkat getdents getdents64 getcwd chdir fchdir
    mkdir mkdirat rmdir unlink unlinkat rename renameat renameat2 link linkat symlink symlinkat
    umask
    pipe pipe2 poll ppoll select pselect6 _newselect epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait
    epoll_pwait2 eventfd eventfd2 timerfd_create timerfd_settime timerfd_gettime
    recvfrom recvmsg recvmmsg shutdown getsockopt setsockopt getsockname
    getpeername
    rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigsuspend sigaltstack pause
    signalfd signalfd4 alarm getitimer setitimer timer_create timer_settime timer_gettime timer_getoverrun timer_delete
    nanosleep clock_nanosleep clock_gettime clock_getres gettimeofday time times clock_gettime64
    getpid getppid gettid getuid geteuid getgid getegid getgroups getresuid getresgid getpgrp getpgid getsid
    uname sysinfo getrlimit ugetrlimit setrlimit getrusage getrandom getcpu getpriority
    futex futex_waitv futex_time64 set_robust_list get_robust_list set_tid_address rseq arch_prctl set_thread_area
    get_thread_area sched_yield sched_getaffinity sched_getparam sched_getscheduler sched_get_priority_max
    sched_get_priority_min restart_syscall exit exit_group wait4 waitid
""".split()

# Landlock does not guard modes and times, so a submission with our user could lock us out of our own files. These calls
# do nothing and report success, because copying a file sets its mode, and only the submission would see it.
_PRETENDED = "chmod fchmod fchmodat utime utimes utimensat futimesat".split()
# The flags of clone3 and openat2 cannot be filtered. Told that they do not exist, glibc falls back to clone and openat.
# Told that a file system has no extended attributes, copying a file goes on without them.
_ABSENT = {
    "clone3": errno.ENOSYS, "openat2": errno.ENOSYS,
    "listxattr": errno.ENOTSUP, "llistxattr": errno.ENOTSUP, "flistxattr": errno.ENOTSUP,
}  # fmt: skip
# Before its third version (Linux 6.2), Landlock allows truncating a file that may only be read.
_OPENING = {"open": 1, "openat": 2}
_CLONE_THREAD = 0x00010000
# Thread names and the names of memory areas, but not the parent-death signal.
_PRCTL_ALLOWED = (15, 16, 3, 0x53564D41)
# Duplicates, flags, locks and sizes of pipes. Not F_SETOWN and F_SETSIG, which make the kernel send any signal to any
# process of the same user, nor leases and notifications.
_FCNTL_ALLOWED = (0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1032, 1033, 1034)
# Is it a terminal, how much can be read, do not block, close on exec. Not FIOSETOWN, nor typing into a terminal.
_IOCTL_ALLOWED = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
_AF_UNIX, _SOCK_STREAM, _SOCK_TYPE = 1, 1, 0xF
# Replaced in the compiled program by the process's own number. No process has this one (pid_max is 2**22).
_OWN_PID = 0x6D61726B
_INSTRUCTION = struct.Struct("=HBBI")


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


class SystemCallFilter:
    """The compiled filter.

    Raises:
        OSError: libseccomp is missing, or refuses a rule.
    """

    def __init__(self) -> None:
        import pyseccomp as seccomp  # loads libseccomp, which only grading machines have

        rules = seccomp.SyscallFilter(defaction=seccomp.ERRNO(errno.EPERM))
        for name in _ALLOWED:
            self._add(rules, seccomp.ALLOW, name)
        for name in _PRETENDED:
            self._add(rules, seccomp.ERRNO(0), name)
        for name, flags in _OPENING.items():
            for mask, value in ((os.O_TRUNC, 0), (os.O_WRONLY, os.O_WRONLY), (os.O_RDWR, os.O_RDWR)):
                self._add(rules, seccomp.ALLOW, name, seccomp.Arg(flags, seccomp.MASKED_EQ, mask, value))
        for name, code in _ABSENT.items():
            self._add(rules, seccomp.ERRNO(code), name)
        masked = seccomp.Arg(0, seccomp.MASKED_EQ, _CLONE_THREAD, _CLONE_THREAD)
        rules.add_rule(seccomp.ALLOW, "clone", masked)
        for option in _PRCTL_ALLOWED:
            rules.add_rule(seccomp.ALLOW, "prctl", seccomp.Arg(0, seccomp.EQ, option))
        for command in _FCNTL_ALLOWED:
            rules.add_rule(seccomp.ALLOW, "fcntl", seccomp.Arg(1, seccomp.MASKED_EQ, 0xFFFFFFFF, command))
        for command in _IOCTL_ALLOWED:
            rules.add_rule(seccomp.ALLOW, "ioctl", seccomp.Arg(1, seccomp.MASKED_EQ, 0xFFFFFFFF, command))
        # A pair of connected streams, which asyncio makes, reaches nobody else: it takes no address and no datagram.
        rules.add_rule(
            seccomp.ALLOW, "socketpair",
            seccomp.Arg(0, seccomp.EQ, _AF_UNIX), seccomp.Arg(1, seccomp.MASKED_EQ, _SOCK_TYPE, _SOCK_STREAM),
        )  # fmt: skip
        rules.add_rule(seccomp.ALLOW, "sendto", seccomp.Arg(4, seccomp.EQ, 0))
        # Signals and limits only for the process itself; otherwise it could stop another one of the same user.
        for name in ("kill", "tgkill", "prlimit64"):
            rules.add_rule(seccomp.ALLOW, name, seccomp.Arg(0, seccomp.EQ, _OWN_PID))
        rules.add_rule(seccomp.ALLOW, "prlimit64", seccomp.Arg(0, seccomp.EQ, 0))
        with open(
            os.memfd_create("filter"), "w+b"
        ) as file:  # in memory, since a container may have no disk to write to
            rules.export_bpf(file)
            file.seek(0)
            self._program = file.read()
        if self._program.count(struct.pack("=I", _OWN_PID)) == 0:
            raise OSError(errno.EINVAL, "the compiled filter does not hold the process's own number")

    @staticmethod
    def _add(rules: Any, action: int, name: str, *conditions: object) -> None:
        try:
            rules.add_rule(action, name, *conditions)
        except OSError as error:
            # A name of another architecture; libseccomp answers EFAULT or EINVAL.
            if error.errno not in (errno.EFAULT, errno.EINVAL):
                raise
        except ValueError:
            pass

    def load(self) -> None:
        """Put this process under the filter for good; it must have given up gaining privileges before."""
        own = struct.pack("=I", os.getpid())
        instructions = b"".join(
            instruction[:4] + (own if instruction[4:] == struct.pack("=I", _OWN_PID) else instruction[4:])
            for instruction in (
                self._program[i : i + 8] for i in range(0, len(self._program), _INSTRUCTION.size)
            )
        )
        buffer = ctypes.create_string_buffer(instructions, len(instructions))
        program = _Program(len(instructions) // _INSTRUCTION.size, ctypes.addressof(buffer))
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(program))
