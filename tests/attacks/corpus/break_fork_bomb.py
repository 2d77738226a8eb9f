# Forks without end: os.fork, multiprocessing, subprocess, posix_spawn, clone.
# wall: processes memory
import ctypes, multiprocessing, os, subprocess
made = 0
def attempt(make):
    global made
    try:
        make()
        made += 1
    except Exception:
        pass
for _ in range(200):
    attempt(os.fork)
    attempt(lambda: subprocess.Popen(["/bin/sleep", "60"]))
    attempt(lambda: os.posix_spawn("/bin/sleep", ["sleep", "60"], {}))
    attempt(lambda: multiprocessing.Process(target=print).start())
libc = ctypes.CDLL(None)
made += libc.syscall(56, 17, 0, 0, 0, 0) > 0
made += libc.syscall(58) > 0
raise RuntimeError(f"{'LEAK' if made else 'nothing'}: {made}")
