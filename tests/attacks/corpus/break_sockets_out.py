# Opens connections: TCP, UDP, Unix, raw, and datagrams through a socketpair.
# wall: network
import socket
opened = []
for family, kind in ((2, 1), (2, 2), (10, 1), (1, 1), (1, 2), (16, 3), (17, 3), (2, 3), (40, 1), (38, 5)):
    try:
        opened.append(socket.socket(family, kind))
    except OSError:
        pass
try:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    ours.sendto(b"LEAK", "/dev/log")
    opened.append(ours)
except OSError:
    pass
raise RuntimeError(f"{'LEAK' if opened else 'nothing'}: {opened}")
