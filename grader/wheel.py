"""This gradmark as a wheel, made from the package that is running, so that others get exactly what was tried here.

Handouts, new courses and autograders bring the wheel along, so no package index needs to have it. It holds the tool
alone, and can be made from an installed package as well as from a checkout with an editable installation.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path, PurePosixPath

from grader.archive import files_below, zipped
from grader.errors import GradmarkError

__all__ = ["own_wheel"]

_ABOUT = "Wheel-Version: 1.0\nGenerator: gradmark\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
_PACKAGE = Path(__file__).resolve().parent
_DATA = {"files", "templates"}
"""Folders of the package that are shipped with every file in them; pyproject.toml names the same ones."""


def own_wheel() -> tuple[str, bytes]:
    """The wheel's file name and content: the same bytes whenever the package and its metadata are the same.

    Raises:
        GradmarkError: The package is not installed, so nothing says what it needs.
    """
    installed = _installed()
    stem = f"gradmark-{installed.version}"
    files = _listed(installed) or dict(_in_checkout())
    # Setuptools leaves the same metadata under a name of its own in a checkout where it has built something.
    metadata = installed.read_text("METADATA") or installed.read_text("PKG-INFO") or ""
    files[f"{stem}.dist-info/METADATA"] = metadata.encode()
    files[f"{stem}.dist-info/entry_points.txt"] = (installed.read_text("entry_points.txt") or "").encode()
    files[f"{stem}.dist-info/WHEEL"] = _ABOUT.encode()
    if licence := _licence(installed):
        files[f"{stem}.dist-info/licenses/LICENSE"] = licence
    record = f"{stem}.dist-info/RECORD"
    lines = [f"{name},{_digest(content)},{len(content)}" for name, content in sorted(files.items())]
    files[record] = "\n".join([*lines, f"{record},,", ""]).encode()
    return f"{stem}-py3-none-any.whl", zipped(files)


def _installed() -> Distribution:
    """The installation, rather than what setuptools left in a checkout, which may be older."""
    found = list(distributions(name="gradmark"))
    if not found:
        raise GradmarkError(
            "this gradmark is not installed, so it cannot be packed into what you build; to install it, run "
            "python -m pip install --no-deps -e . in its folder"
        )
    return next((one for one in found if one.read_text("METADATA") is not None), found[0])


def _listed(installed: Distribution) -> dict[str, bytes]:
    """The package's files as its installation recorded them; empty for an editable installation."""
    paths = [PurePosixPath(file) for file in installed.files or ()]
    ours = [path for path in paths if path.parts[0] == "grader" and "__pycache__" not in path.parts]
    places = {str(path): Path(str(installed.locate_file(path))) for path in ours}
    if places.get("grader/wheel.py", Path()).resolve() != _PACKAGE / "wheel.py":
        return {}
    return {name: place.read_bytes() for name, place in places.items()}


def _in_checkout() -> Iterator[tuple[str, bytes]]:
    """The files that setuptools would take; anything else that lies in the folder is not shipped."""
    for name, content in files_below(_PACKAGE, "grader").items():
        path = PurePosixPath(name)
        if path.suffix == ".py" or path.name == "py.typed" or _DATA & set(path.parts[:-1]):
            yield name, content


def _licence(installed: Distribution) -> bytes | None:
    text = installed.read_text("licenses/LICENSE")
    return None if text is None else text.encode()


def _digest(content: bytes) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
