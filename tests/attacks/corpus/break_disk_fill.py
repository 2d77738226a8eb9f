# Fills the disk: many large files, sparse files, files removed but held open.
# wall: disk
import os
held = []
try:
    for number in range(100):
        file = open(f"big{number}", "wb", 0)
        if number % 2:
            os.unlink(f"big{number}")
        held.append(file)
        for _ in range(64):
            file.write(bytes(1 << 20))
except OSError:
    pass
