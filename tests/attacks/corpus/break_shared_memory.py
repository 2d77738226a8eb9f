# Makes what outlives a process: System V memory, semaphores and queues, POSIX queues, memory files, watches.
# wall: memory files
import ctypes
libc = ctypes.CDLL(None)
made = {
    "shmget": libc.syscall(29, 0x6772, 4096, 0o1666),
    "semget": libc.syscall(64, 0x6772, 1, 0o1666),
    "msgget": libc.syscall(68, 0x6772, 0o1666),
    "mq_open": libc.syscall(240, b"gradmark", 0o102, 0o666, None),
    "memfd_create": libc.syscall(319, b"x", 0),
    "memfd_secret": libc.syscall(447, 0),
    "inotify_init": libc.syscall(294, 0),
    "fanotify_init": libc.syscall(300, 0, 0),
    "io_uring_setup": libc.syscall(425, 8, ctypes.create_string_buffer(256)),
    "io_setup": libc.syscall(206, 8, ctypes.byref(ctypes.c_ulong())),
    "userfaultfd": libc.syscall(323, 1),
    "perf_event_open": libc.syscall(298, ctypes.create_string_buffer(128), 0, -1, -1, 0),
    "pidfd_open": libc.syscall(434, 1, 0),
    "mknod": libc.syscall(133, b"pipe", 0o10666, 0),
}
made = [name for name, result in made.items() if result >= 0]
raise RuntimeError(f"{'LEAK' if made else 'nothing'}: {made}")
