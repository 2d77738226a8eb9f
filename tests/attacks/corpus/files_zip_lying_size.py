# A zip whose directory lies about the sizes of its entries.
"""Makes its files from the cells of the blank notebook."""

from tests.attacks.making import notebook, zipped


def submission(blank):
    packed = bytearray(zipped([("ps1.ipynb", notebook(blank)), ("zeros", bytes(80 << 20))]))
    at = packed.rindex(b"PK\x01\x02")
    packed[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return {"a.zip": bytes(packed)}
