# A zip that lists two hundred thousand files, all of them the same bytes.
"""Makes its files from the cells of the blank notebook."""

import struct

from tests.attacks.making import notebook, zipped

MANY = 200_000


def submission(blank):
    packed = zipped([("ps1.ipynb", notebook(blank))])
    at = packed.index(b"PK\x01\x02")
    entry = packed[at : packed.index(b"PK\x05\x06")]
    end = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, MANY, MANY, MANY * len(entry), at)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, at + MANY * len(entry), 1)
    last = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return {"a.zip": packed[:at] + entry * MANY + end + locator + last}
