# Fills the disk in a folder that never stays where it is, below others that are moved about.
import os
import time
os.makedirs("here/" + "d/" * 200)
os.makedirs("there")
os.mkdir("hoard")
written = 0
try:
    for number in range(6):
        with open(f"hoard/f{number}", "wb", 0) as file:
            for _ in range(20):
                written += file.write(os.urandom(1 << 20))
except OSError:
    pass
since = time.monotonic() if written > 80 << 20 else float("inf")
def move(seconds):
    until = time.monotonic() + (seconds if since < float("inf") else 0)
    while time.monotonic() < until:
        for one, other in (("hoard", "here/hoard"), ("here/d", "there/d"), ("here/hoard", "there/d/hoard"),
                           ("there/d/hoard", "there/hoard"), ("there/d", "here/d"), ("there/hoard", "hoard")):
            os.rename(one, other)
# %%
move(1)
# %%
move(1)
# %%
move(1)
# %%
move(1)
# %%
if time.monotonic() - since > 3:
    raise RuntimeError("LEAK: more was written than is allowed, and nobody noticed")
