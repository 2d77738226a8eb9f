# Kills the parent, the worker, its group and every process it may.
# wall: processes
import ctypes, os, signal
libc = ctypes.CDLL(None)
for pid in (os.getppid(), @WORKER@, -1, 0, -os.getpgrp(), 1, -os.getppid()):
    for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP):
        try:
            os.kill(pid, number)
        except OSError:
            pass
        libc.syscall(234, pid, pid, int(number))
        libc.syscall(200, pid, int(number))
        libc.syscall(129, pid, int(number), 0)
    try:
        signal.pidfd_send_signal(os.pidfd_open(pid), signal.SIGKILL)
    except (OSError, ValueError):
        pass
