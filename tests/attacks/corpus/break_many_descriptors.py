# Opens every descriptor, and sends descriptors to the worker over the channel.
# wall: processes memory
import array
import gc
import os
import socket

held = []
try:
    while True:
        held += os.pipe()
except OSError:
    pass
for descriptor in held[:4]:
    os.close(descriptor)
for thing in gc.get_objects():
    if isinstance(thing, socket.socket):
        try:
            thing.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", held[5:60]))])
        except OSError:
            pass
