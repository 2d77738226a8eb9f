# Sends a message one byte at a time, to hold the worker for ever.
# waits
import os, threading, time
def drip():
    while True:
        for descriptor in range(3, 256):
            try:
                os.write(descriptor, b"\x01")
            except OSError:
                pass
        time.sleep(0.2)
threading.Thread(target=drip, daemon=True).start()
time.sleep(5)
