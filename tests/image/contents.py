"""What must and must not be in the image."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from grader.version import version
from tests.image.engine import IMAGE, Engine, command

__all__ = ["MAX_MB", "layers", "problems"]

MAX_MB = 700
UNWANTED = "cc gcc g++ clang ld make pip pip3 git curl wget ssh".split()
LABELS = ("title", "description", "licenses", "documentation")
COURSE = "/autograder/source/reference/softmax.py"
NEIGHBOUR = "4321:4321"
"""A user who is not root, in no group of ours."""


def layers(engine: Engine) -> list[Path]:
    """Every layer of the image, as tar archives."""
    archive = engine.folder / "image.tar"
    command(*engine.podman, "save", "--quiet", "--format", "docker-archive", "--output", archive, IMAGE)
    folder = engine.folder / "layers"
    with tarfile.open(archive) as saved:
        saved.extractall(folder, filter="data")
    archive.unlink()
    return sorted(path for path in folder.iterdir() if path.suffix == ".tar" and not path.is_symlink())


def problems(engine: Engine, saved: list[Path]) -> Iterator[str]:
    """What is wrong with the image; nothing, it is hoped."""
    about = json.loads(command(*engine.podman, "image", "inspect", IMAGE))[0]
    size = about["Size"] / 1e6
    if size > MAX_MB:
        yield f"it has {size:.0f} MB, more than {MAX_MB}"
    missing = [name for name in LABELS if not about["Labels"].get(f"org.opencontainers.image.{name}")]
    if missing:
        yield f"it has no label {', '.join(missing)}"
    if not about.get("Healthcheck", about["Config"].get("Healthcheck")):
        yield "it has no HEALTHCHECK"
    found = engine.run("sh", "-c", f"for tool in {' '.join(UNWANTED)}; do command -v $tool; done; true")
    if found:
        yield f"it holds {', '.join(found.split())}"
    yield from _index_configuration(json.dumps(about), saved)
    yield from _course(engine)
    yield from _bill_of_materials(engine)


def _index_configuration(about: str, saved: list[Path]) -> Iterator[str]:
    """Nothing of this machine's package index, in no layer and not in the history; nor pip's configuration."""
    words = [word.encode() for word in _index_words()]
    texts = {"its history": about.encode()} | {path.name: path.read_bytes() for path in saved}
    for name, content in texts.items():
        for word in words:
            if word in content:
                yield f"{name} holds {word.decode()}, of this machine's package index"
    for path in saved:
        with tarfile.open(path) as layer:
            for member in layer.getnames():
                if re.search(
                    r"(^|/)(pip\.conf|pip\.ini|\.netrc|\.pypirc|\.npmrc|\.git-credentials)$", member
                ):
                    yield f"a layer holds {member}"


def _index_words() -> set[str]:
    """Addresses and folders that pip is configured with here, the public index and this system's own apart."""
    config = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    )
    environment = "\n".join(value for name, value in os.environ.items() if name.startswith("PIP_"))
    words = re.findall(r"(?:https?|file)://[^\s'\"]+|/opt/[^\s'\"]+", f"{config.stdout}\n{environment}")
    return {word.rstrip("/") for word in words if "//pypi.org" not in word}


def _course(engine: Engine) -> Iterator[str]:
    """Readable by root and by group 0, by nobody else."""
    for user, reads in (("0:0", True), ("4321", True), (NEIGHBOUR, False)):
        said = engine.run(
            "sh", "-c", f"test -r {COURSE} && echo read || echo refused",
            options=["--user", user, "--cap-drop", "DAC_OVERRIDE", "--cap-drop", "DAC_READ_SEARCH"],
        )  # fmt: skip
        if (said.strip() == "read") != reads:
            yield f"the course is {said.strip()} as user {user}"


def _bill_of_materials(engine: Engine) -> Iterator[str]:
    """The list of contents is what Debian's and Python's own tools say is installed."""
    bill = json.loads(engine.run("sh", "-c", "cat /opt/gradmark/sbom.cdx.json"))
    listed = {one["purl"].split("?")[0] for one in [*bill["components"], bill["metadata"]["component"]]}
    debian = engine.run("sh", "-c", "dpkg-query --show --showformat '${Package} ${Version}\\n'")
    program = (
        "from importlib.metadata import *\nfor d in distributions(): print(d.metadata['Name'], d.version)"
    )
    python = engine.run("/opt/gradmark/bin/python", "-I", "-c", program)
    there = set()
    for kind, text in (("deb/debian", debian), ("pypi", python)):
        for line in text.splitlines():
            name, release = line.split()
            plain = name.lower().replace("_", "-") if kind == "pypi" else name
            there.add((kind, plain, release))
    named = {(kind, *_plain(rest)) for kind, rest in (_split(purl) for purl in listed)}
    if named != there:
        yield f"the bill of materials differs from what is installed: {sorted(named ^ there)[:6]}"
    if (held := bill["metadata"]["component"]["version"]) != version():
        yield f"it holds gradmark {held}, not {version()}"
    if bill.get("bomFormat") != "CycloneDX":
        yield "the bill of materials is not CycloneDX"


def _split(purl: str) -> tuple[str, str]:
    kind, _, rest = purl.removeprefix("pkg:").rpartition("/")
    return kind, rest


def _plain(rest: str) -> tuple[str, str]:
    name, _, release = rest.rpartition("@")
    return unquote(name), unquote(release)
