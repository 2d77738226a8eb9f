# Rewrites its own code and the system's libraries through /proc/self/mem, and runs descriptors as programs.
import ctypes, os
libc = ctypes.CDLL(None)
done = []
try:
    with open("/proc/self/mem", "r+b", buffering=0) as memory:
        memory.seek(ctypes.cast(libc.getpid, ctypes.c_void_p).value)
        memory.write(b"\xc3")
        done.append("wrote its own code")
except OSError:
    pass
for path in ("/usr/lib/os-release", os.__file__, "/proc/sys/kernel/core_pattern", "/proc/sys/kernel/hostname", "/proc/sysrq-trigger", "/dev/kmsg", "/dev/fuse"):
    try:
        with open(path, "r+b"):
            done.append(path)
    except OSError:
        pass
open("program", "wb").write(b"#!/bin/sh\necho LEAK\n")
os.chmod("program", 0o4755)
descriptor = os.open("program", os.O_RDONLY)
for number, arguments in ((59, (b"program", 0, 0)), (322, (descriptor, b"", 0, 0, 0x1000)), (322, (-100, b"/bin/sh", 0, 0, 0))):
    libc.syscall(number, *arguments)
done = [name for name in done if name != "wrote its own code"]
raise RuntimeError(f"{'LEAK' if done else 'nothing'}: {done}")
