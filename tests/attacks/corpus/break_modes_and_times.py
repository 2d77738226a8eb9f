# Changes modes, times and lengths of files by their paths: the course's, the gradebook's, the folders' above.
# wall: files
import ctypes, os
libc = ctypes.CDLL(None)
places = ["..", "@SECRET_DIR@", "@COURSE@"]
for top in ("@SECRET_DIR@", "@COURSE@"):
    places += [f"{top}/{name}" for name in ("secret.txt", "gradebook.db", "results", "results/other.json", "psets/ps1/suite", "psets/ps1/pset.yaml", "reference/softmax.py")]
for place in places:
    for change in (
        lambda: os.truncate(place, 0),
        lambda: os.open(place, os.O_RDONLY | os.O_TRUNC),
        lambda: os.utime(place, (0, 0)),
        lambda: os.chown(place, 12345, 12345),
        lambda: os.setxattr(place, "user.x", b"x"),
        lambda: os.chmod(place, 0),
        lambda: libc.syscall(452, -100, place.encode(), 0, 0),
        lambda: libc.syscall(437, -100, place.encode(), (ctypes.c_uint64 * 3)(os.O_TRUNC, 0, 0), 24),
    ):
        try:
            change()
        except OSError:
            pass
