# A tar, a gzip and a picture that call themselves notebook, zip and script.
"""Makes its files from the cells of the blank notebook."""

import gzip
import io
import tarfile

from tests.attacks.making import notebook


def submission(blank):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        device = tarfile.TarInfo("ps1.ipynb")
        device.type = tarfile.CHRTYPE
        archive.addfile(device)
    return {"ps1.ipynb": gzip.compress(notebook(blank)), "b.zip": packed.getvalue(), "c.py": b"\x89PNG\r\n\x1a\n" + bytes(1000)}
