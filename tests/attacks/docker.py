"""Runs a command with the rights that a process has in a plain Docker container.

``python -m tests.attacks.docker [--user UID] -- COMMAND...``, as root: moby's default capabilities and no others
(or none, as an ordinary user), and the part of its default system call filter that matters here: no namespaces,
no mounts, nothing of the kernel's administration. Limits of memory and processes are the container's business.
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
FORBIDDEN = """
    mount umount2 pivot_root unshare setns move_mount open_tree fsopen fsconfig fsmount fspick mount_setattr
    bpf perf_event_open keyctl add_key request_key init_module finit_module delete_module kexec_load kexec_file_load
    reboot swapon swapoff settimeofday clock_settime quotactl acct userfaultfd io_uring_setup process_vm_readv
    process_vm_writev ptrace name_to_handle_at open_by_handle_at
""".split()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--user", type=int)
    parser.add_argument("command", nargs="+")
    given = parser.parse_args()
    restrict(given.user)
    os.execvp(given.command[0], given.command)


def restrict(user: int | None) -> None:
    """Give up every right that a container's process does not have."""
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


def _filter() -> None:
    import pyseccomp as seccomp

    rules = seccomp.SyscallFilter(defaction=seccomp.ALLOW)
    # Loaded with CAP_SYS_ADMIN a filter needs no no_new_privs; without, the kernel asks for it.
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    for name in FORBIDDEN:
        rules.add_rule(seccomp.ERRNO(errno.EPERM), name)
    for flag in NEW_NAMESPACES:
        rules.add_rule(seccomp.ERRNO(errno.EPERM), "clone", seccomp.Arg(0, seccomp.MASKED_EQ, flag, flag))
    rules.add_rule(seccomp.ERRNO(errno.ENOSYS), "clone3")
    rules.load()


if __name__ == "__main__":
    main()
