# Makes namespaces, mounts, chroots, loads modules, talks to the kernel's keyring and bpf.
# wall: files processes
import ctypes
libc = ctypes.CDLL(None)
done = []
for number, arguments in ((272, (0x10000000,)), (272, (0x20000,)), (165, (b"none", b"/", b"tmpfs", 0, 0)), (161, (b".",)), (155, (b".", b".")), (308, (0, 0)), (250, (0, 0, 0)), (321, (0, 0, 0)), (425, (8, 0)), (323, (0,)), (319, (b"x", 0)), (304, (0, 0, 0)), (298, (0, 0, 0, 0, 0)), (246, (0, 0, 0, 0)), (175, (0, 0, b"")), (435, (0, 0))):
    if libc.syscall(number, *arguments) >= 0:
        done.append(number)
raise RuntimeError(f"{'LEAK' if done else 'nothing'}: {done}")
