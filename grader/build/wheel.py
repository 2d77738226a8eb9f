"""This gradmark as a wheel, made of the package that runs: what is uploaded grades as what it was tried with.

It serves an installed package and a checkout in which it is installed as editable alike; an index need not have it.
"""

from __future__ import annotations

import base64
import hashlib
from importlib.metadata import distribution
from pathlib import Path

from grader.build.archive import files_below, zipped

__all__ = ["own_wheel"]

_ABOUT = "Wheel-Version: 1.0\nGenerator: gradmark\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def own_wheel() -> tuple[str, bytes]:
    """The wheel's file name and content."""
    installed = distribution("gradmark")
    stem = f"gradmark-{installed.version}"
    files = files_below(Path(__file__).resolve().parents[1], "grader")
    # A checkout that was built in has its metadata under setuptools' own name too, and that is found first there.
    metadata = installed.read_text("METADATA") or installed.read_text("PKG-INFO")
    assert metadata is not None
    files[f"{stem}.dist-info/METADATA"] = metadata.encode()
    files[f"{stem}.dist-info/entry_points.txt"] = (installed.read_text("entry_points.txt") or "").encode()
    files[f"{stem}.dist-info/WHEEL"] = _ABOUT.encode()
    record = f"{stem}.dist-info/RECORD"
    lines = [f"{name},{_digest(content)},{len(content)}" for name, content in sorted(files.items())]
    files[record] = "\n".join([*lines, f"{record},,", ""]).encode()
    return f"{stem}-py3-none-any.whl", zipped(files)


def _digest(content: bytes) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
