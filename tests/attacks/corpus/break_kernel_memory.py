# Holds as much of the kernel's memory as it can: pipes, pairs, timers, locks, mappings and watched folders.
# wall: memory
import ctypes, fcntl, mmap, os, socket
libc = ctypes.CDLL(None)
held = []
def until_refused(make, most):
    for _ in range(most):
        try:
            held.append(make())
        except (OSError, ValueError, MemoryError):
            return

def full_pipe():
    read, write = os.pipe()
    os.set_blocking(write, False)
    fcntl.fcntl(write, 1031, 1 << 20)
    return read, os.write(write, bytes(1 << 20))

def full_pair():
    one, other = socket.socketpair()
    one.setblocking(False)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 30)
    while True:
        try:
            one.send(bytes(1 << 16))
        except BlockingIOError:
            return one, other

until_refused(full_pipe, 60)
until_refused(full_pair, 60)
for _ in range(20_000):
    if libc.timer_create(1, None, ctypes.byref(ctypes.c_void_p())):
        break
until_refused(lambda: mmap.mmap(-1, 4096), 70_000)
libc.syscall(253)
libc.syscall(294, 0)
