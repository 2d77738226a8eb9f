# Takes memory that no limit of one process counts: shared maps, memory files, pipes filled to the brim, each a little.
# pset: ps3
# wall: memory
import mmap, os

kept = []
for _ in range(2_000):
    try:
        area = mmap.mmap(-1, 8 << 20)
        area[:: 4096] = b"x" * len(area[:: 4096])
        kept.append(area)
        memory = os.memfd_create("m")
        os.ftruncate(memory, 8 << 20)
        kept.append(os.write(memory, b"x" * (8 << 20)))
    except (OSError, MemoryError, ValueError):
        break
for _ in range(500):
    try:
        _, end = os.pipe2(os.O_NONBLOCK)
        os.write(end, b"x" * 65_536)
    except OSError:
        break
