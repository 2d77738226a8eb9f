# Reads another process's memory by process_vm_readv and ptrace.
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
results = []
for pid in (os.getppid(), @WORKER@):
    results.append(libc.ptrace(16, pid, 0, 0))
    buffer = ctypes.create_string_buffer(64)
    vector = (ctypes.c_void_p * 2)(ctypes.addressof(buffer), 64)
    results.append(libc.process_vm_readv(pid, vector, 1, vector, 1, 0))
raise RuntimeError("LEAK" if any(result >= 0 for result in results) else "nothing")
