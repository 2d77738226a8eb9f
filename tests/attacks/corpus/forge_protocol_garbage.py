# Sends bytes that are no message, with headers of impossible lengths.
import os
for descriptor in range(3, 256):
    for junk in (b"\xff" * 64, b"\0" * 64, (2 ** 31).to_bytes(4, "little") + (2 ** 62).to_bytes(8, "little") + b"x" * 999):
        try:
            os.write(descriptor, junk)
        except OSError:
            pass
