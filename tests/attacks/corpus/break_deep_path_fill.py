# Fills the disk in folders so deep that no path is long enough to name them.
import os
import time
start = os.open(".", os.O_RDONLY)
for _ in range(40):
    os.mkdir("d" * 250)
    os.chdir("d" * 250)
written = 0
try:
    for number in range(6):
        with open(f"f{number}", "wb", 0) as file:
            for _ in range(20):
                written += file.write(os.urandom(1 << 20))
except OSError:
    pass
os.chdir(start)
since = time.monotonic() if written > 80 << 20 else float("inf")
# %%
time.sleep(1 if since < float("inf") else 0)
# %%
time.sleep(1 if since < float("inf") else 0)
# %%
time.sleep(1 if since < float("inf") else 0)
# %%
time.sleep(1 if since < float("inf") else 0)
# %%
if time.monotonic() - since > 3:
    raise RuntimeError("LEAK: more was written than is allowed, and nobody noticed")
