# Looks for classmates' files with every call that opens or names one: descriptors of folders, paths only, links, working folders
# of other processes, and names that it guesses.
# pset: ps4
# wall: files processes
import ctypes, glob, os

found = []

def attempt(do):
    try:
        found.append(str(do())[-300:])
    except OSError:
        pass

for place in ("/", "/tmp", "/dev/shm", "/var/tmp", "..", "../..", "@SECRET_DIR@", "@COURSE@/psets/ps4/suite"):
    for flags in (os.O_RDONLY | os.O_DIRECTORY, os.O_PATH | os.O_DIRECTORY):
        try:
            folder = os.open(place, flags)
        except OSError:
            continue
        attempt(lambda: [name for name in os.listdir(folder) if name.startswith("gradmark")])
        for name in ("results/other.json", "gradebook.db", "secret.txt", "ps4.ipynb", "test_curves.py"):
            attempt(lambda: os.read(os.open(name, os.O_RDONLY, dir_fd=folder), 300))
            attempt(lambda: os.link(name, "taken-" + name.replace("/", "_"), src_dir_fd=folder))
for pid in range(1, 400):
    attempt(lambda: os.listdir(f"/proc/{pid}/cwd"))
    attempt(lambda: open(f"/proc/{pid}/root@SECRET_FILE@").read())
for path in glob.glob("/dev/shm/gradmark*/*/*") + glob.glob("/tmp/gradmark*/*"):
    attempt(lambda: open(path, "rb").read(300))
attempt(lambda: open("taken-secret.txt").read())
raise RuntimeError(found)
