# Prints and displays gigabytes, to both streams and to the descriptors.
# wall: none
import os, sys, time
end = time.time() + 0.7
line = "A" * 100_000
while time.time() < end:
    print(line)
    sys.stderr.write(line)
    os.write(1, line.encode())
    os.write(2, line.encode())
