# Opens sockets of every family, abstract Unix addresses, datagram pairs, and passes descriptors by them.
# wall: network
import array, socket
opened = []
for family in range(46):
    for kind in (1, 2, 3, 5):
        try:
            socket.socket(family, kind).close()
            opened.append((family, kind))
        except OSError:
            pass
for kind in (socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
    try:
        one, other = socket.socketpair(socket.AF_UNIX, kind)
        opened.append(kind)
    except OSError:
        pass
one, other = socket.socketpair()
for attempt in (lambda: one.bind("\0gradmark"), lambda: one.connect("\0gradmark"), one.listen, one.accept):
    try:
        attempt()
        opened.append("address")
    except OSError:
        pass
raise RuntimeError(f"{'LEAK' if opened else 'nothing'}: {opened}")
