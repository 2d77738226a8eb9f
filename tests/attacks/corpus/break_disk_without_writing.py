# Fills the disk without a call that writes: files made longer, mapped and touched, and copied by the kernel.
# wall: disk
import mmap, os

def attempt(do):
    try:
        do()
    except (OSError, ValueError):
        pass

def mapped(number):
    with open(f"mapped{number}", "w+b") as file:
        os.ftruncate(file.fileno(), 16 << 20)
        with mmap.mmap(file.fileno(), 16 << 20) as area:
            area[:: 4096] = b"x" * len(area[:: 4096])

def copied(number):
    with open(f"mapped{number}", "rb") as source, open(f"copied{number}", "wb") as target:
        os.sendfile(target.fileno(), source.fileno(), 0, 16 << 20)
        os.copy_file_range(source.fileno(), target.fileno(), 16 << 20, 0, 16 << 20)
        os.posix_fallocate(target.fileno(), 0, 30 << 20)

for number in range(100):
    attempt(lambda: mapped(number))
    attempt(lambda: copied(number))
