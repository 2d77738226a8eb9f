# Has the kernel send SIGKILL to the worker: F_SETOWN, F_SETSIG and O_ASYNC on a pipe.
# wall: processes
import fcntl, os, signal
for pid in (os.getppid(), @WORKER@):
    reading, writing = os.pipe()
    try:
        fcntl.fcntl(reading, fcntl.F_SETOWN, pid)
        fcntl.fcntl(reading, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(reading, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
    except OSError:
        pass
    try:
        fcntl.ioctl(reading, 0x8901, pid)
    except OSError:
        pass
    os.write(writing, b"x")
