"""Runs a command with the rights that a process has in a plain Docker container.

``python -m tests.attacks.docker [--user UID] -- COMMAND...``, as root: moby's default capabilities and no others
(or none, as an ordinary user), no control group to write to, and none of the system calls that its default profile
refuses on a recent kernel. The profile itself is a list of what is allowed; on x86-64 the two come to the same, but
for calls newer than the list. Limits of memory and processes are the container's business.
"""

from __future__ import annotations

import argparse
import ctypes
import errno
import os
import sys

from grader.sandbox.isolation.libc import PR_SET_NO_NEW_PRIVS, libc, prctl

# CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, SETGID, SETUID, SETPCAP, NET_BIND_SERVICE, NET_RAW, SYS_CHROOT, MKNOD,
# AUDIT_WRITE, SETFCAP
CAPABILITIES = (0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 27, 29, 31)
PR_CAPBSET_DROP = 24
NEW_NAMESPACES = (0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000)
# By what it takes to be allowed one of them: SYS_ADMIN, BPF and PERFMON, SYS_PTRACE, DAC_READ_SEARCH, SYS_NICE,
# SYS_MODULE, SYS_BOOT, SYS_TIME, SYS_RAWIO, SYS_PACCT and SYSLOG; nothing gives the last. Tracing one's own
# processes is allowed.
FORBIDDEN = """
    mount umount2 pivot_root unshare setns move_mount open_tree fsopen fsconfig fsmount fspick mount_setattr
    quotactl quotactl_fd sethostname setdomainname lookup_dcookie fanotify_init
    bpf perf_event_open
    kcmp pidfd_getfd process_madvise
    open_by_handle_at
    mbind get_mempolicy set_mempolicy set_mempolicy_home_node
    init_module finit_module delete_module
    reboot
    settimeofday clock_settime
    iopl ioperm
    acct
    syslog vhangup
    keyctl add_key request_key kexec_load kexec_file_load swapon swapoff userfaultfd
    io_uring_setup io_uring_enter io_uring_register move_pages migrate_pages
    ustat sysfs uselib _sysctl nfsservctl
""".split()
HARMLESS_PERSONALITIES = 0x20008
AF_VSOCK = 40
CLONE_NEWNS, MS_RDONLY, MS_REC, MS_PRIVATE = 0x20000, 1, 0x4000, 0x40000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--user", type=int)
    parser.add_argument("command", nargs="+")
    given = parser.parse_args()
    restrict(given.user)
    os.execvp(given.command[0], given.command)


def restrict(user: int | None) -> None:
    """Give up every right that a container's process does not have."""
    _hide_control_groups()
    for capability in range(41):
        if capability not in CAPABILITIES:
            prctl(PR_CAPBSET_DROP, capability)
    if user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    else:
        mask = sum(1 << capability for capability in CAPABILITIES)
        header = (ctypes.c_uint32 * 2)(0x20080522, 0)
        if libc.capset(header, (ctypes.c_uint32 * 6)(mask, mask, 0, 0, 0, 0)) < 0:
            sys.exit("capabilities cannot be given up")
    _filter()


def _hide_control_groups() -> None:
    """In a mount namespace of our own, as the container's is, with nothing to write to where they are."""
    steps = (
        lambda: libc.unshare(CLONE_NEWNS),
        lambda: libc.mount(b"none", b"/", None, ctypes.c_ulong(MS_REC | MS_PRIVATE), None),
        lambda: libc.mount(b"none", b"/sys/fs/cgroup", b"tmpfs", ctypes.c_ulong(MS_RDONLY), None),
    )
    for step in steps:
        if step() < 0:
            sys.exit(f"control groups cannot be hidden: {os.strerror(ctypes.get_errno())}")


def _filter() -> None:
    import pyseccomp as seccomp

    rules = seccomp.SyscallFilter(defaction=seccomp.ALLOW)
    # Loaded with CAP_SYS_ADMIN a filter needs no no_new_privs; without, the kernel asks for it.
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    refused = seccomp.ERRNO(errno.EPERM)
    for name in FORBIDDEN:
        rules.add_rule(refused, name)
    for flag in NEW_NAMESPACES:
        rules.add_rule(refused, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, flag, flag))
    rules.add_rule(seccomp.ERRNO(errno.ENOSYS), "clone3")
    rules.add_rule(refused, "socket", seccomp.Arg(0, seccomp.EQ, AF_VSOCK))
    for bit in (1 << place for place in range(32) if not HARMLESS_PERSONALITIES >> place & 1):
        rules.add_rule(refused, "personality", seccomp.Arg(0, seccomp.MASKED_EQ, bit, bit))
    rules.load()


if __name__ == "__main__":
    main()
