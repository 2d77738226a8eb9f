# Starts as many threads as it can, with small stacks.
# wall: processes memory
import threading, time
threading.stack_size(32768)
try:
    for _ in range(20000):
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
except RuntimeError:
    pass
