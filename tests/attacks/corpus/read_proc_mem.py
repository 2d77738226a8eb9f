# Reads the memory of the parent and of the worker through /proc/<pid>/mem.
def loot(get):
    try:
        return str(get())[-400:]
    except BaseException as error:
        return type(error).__name__

import os
def memory(pid):
    found = b""
    for line in open(f"/proc/{pid}/maps"):
        low, high = (int(part, 16) for part in line.split()[0].split("-"))
        with open(f"/proc/{pid}/mem", "rb", 0) as file:
            file.seek(low)
            block = file.read(min(high - low, 1 << 22))
            if b"CANARY" in block:
                found += block[block.index(b"CANARY") - 20:][:100]
    return found
raise RuntimeError([loot(lambda: memory(pid)) for pid in (os.getppid(), @WORKER@)])
