"""buildah and podman in the place of Docker: the base, the build, and containers with Docker's default rights."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from packaging.markers import Marker

from tools.lock import LOCK, part, read

__all__ = ["IMAGE", "ROOT", "Engine", "command", "engine", "fail"]

ROOT = Path(__file__).resolve().parents[2]
IMAGE = "localhost/gradmark:image-test"
BASE = "localhost/gradmark-base:bookworm"
TOOLS = {"podman": "podman", "buildah": "buildah", "runc": "runc", "mmdebstrap": "mmdebstrap"}
# moby's own sources, as Debian packages them: the profile is read out of the package, nothing of it is installed.
MOBY = "golang-github-docker-docker-dev"
PROFILE = "usr/share/gocode/src/github.com/docker/docker/profiles/seccomp/default.json"
# What Docker gives and podman does not; podman gives nothing that Docker does not.
MORE_CAPABILITIES = "AUDIT_WRITE,MKNOD,NET_RAW"
DEBIANS_PYTHON = "3.11.2"
SOURCES = (
    "deb http://deb.debian.org/debian bookworm main",
    "deb http://deb.debian.org/debian bookworm-updates main",
    "deb http://deb.debian.org/debian-security bookworm-security main",
)


def fail(sentence: str) -> None:
    """End the run: what cannot be tried has not passed."""
    sys.exit(f"IMAGE TEST FAILED: {sentence}")


def command(*words: str | Path, cwd: Path | None = None, seconds: float = 600) -> str:
    """Run a command and return what it printed; if it fails, its last lines end the run."""
    try:
        done = subprocess.run(
            [str(word) for word in words], capture_output=True, text=True, cwd=cwd, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        fail(f"{' '.join(map(str, words[:4]))} took longer than {seconds:g} s")
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).strip().splitlines()[-25:])
        fail(f"{' '.join(map(str, words))} ended with {done.returncode}:\n{said}")
    return done.stdout


class Engine:
    """What builds the image and runs containers of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._profile = _docker_profile(folder)
        # Storage of its own: nothing of an earlier run is used, and nothing stays.
        storage = ["--root", f"{folder / 'storage'}", "--runroot", f"{folder / 'run'}"]
        self.podman, self.buildah = ["podman", *storage], ["buildah", *storage]

    def base(self) -> tuple[str, str]:
        """The base image's name, and where it is from: the registry that the Dockerfile names, or mmdebstrap."""
        wanted = _default_base()
        pulled = subprocess.run(
            ["timeout", "60", *self.buildah, "pull", "--quiet", wanted],
            capture_output=True,
            text=True,
            check=False,
        )
        if pulled.returncode == 0:
            return wanted, "registry"
        print(f"No registry of images answers here, so the base is made by mmdebstrap instead of {wanted}")
        archive = self.folder / "base.tar"
        command("mmdebstrap", "--quiet", "--mode=root", "--variant=minbase", "bookworm", archive, *SOURCES)
        command(*self.podman, "import", "--quiet", archive, BASE)
        archive.unlink()
        return BASE, "mmdebstrap"

    def wheels(self) -> Path:
        """Every package that the image and staff need, downloaded by hash, so that nothing here asks an index."""
        if sys.version_info[:2] != (3, 11):
            fail(
                f"the image has Python 3.11 and this is {sys.version.split()[0]}; make VENV=... PYTHON=python3.11"
            )
        folder = self.folder / "wheels"
        locks = []
        for name in ("grade", "staff", "image"):
            lock = self.folder / f"{name}.txt"
            lock.write_text(part(name))
            locks += ["-r", lock]
        command(
            sys.executable, "-m", "pip", "download", "--quiet", "--require-hashes", "--only-binary", ":all:",
            "--dest", folder, *locks,
        )  # fmt: skip
        if others := _pinned_there_only("staff"):
            # Their hashes are checked where they are installed.
            command(
                sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:",
                "--dest", folder, *others,
            )  # fmt: skip
        return folder

    def build(self, base: str, wheels: Path) -> str:
        """Build the Dockerfile; what the build printed."""
        return command(
            *self.buildah, "build", "--isolation", "chroot", "--network", "host", "--format", "docker",
            "--build-arg", f"BASE={base}", "--build-context", f"wheels={wheels}", "--tag", IMAGE, ".", cwd=ROOT,
            seconds=900,
        )  # fmt: skip

    def run(self, *words: str | Path, options: Sequence[str] = (), seconds: float = 600) -> str:
        """Run a container to its end, as `start` does, and return what it printed."""
        return command(*self.start(options), *words, seconds=seconds)

    def upload(self, base: str, wheels: Path, source: Path, *words: str, options: Sequence[str] = ()) -> str:
        """Run a command where an uploaded autograder is unpacked in a bare base, as Gradescope does it."""
        mounts = ["--volume", f"{source}:/autograder/source", "--volume", f"{wheels}:/wheels:ro"]
        offline = ["--env", "PIP_NO_INDEX=1", "--env", "PIP_FIND_LINKS=/wheels"]
        return command(*self._container(), "--network", "host", *mounts, *offline, *options, base, *words)

    def start(self, options: Sequence[str] = ()) -> list[str]:
        """The command for a container with Docker's default rights, no network, and limits."""
        limits = ["--network", "none", "--memory", "2g", "--pids-limit", "512"]
        return [*self._container(), *limits, "--no-healthcheck", *options, IMAGE]

    def _container(self) -> list[str]:
        return [
            *self.podman, "--runtime", "runc", "run", "--rm", "--shm-size", "1g",
            "--ulimit", "nofile=4096:4096", "--ulimit", "nproc=4096:4096",
            "--security-opt", f"seccomp={self._profile}", "--cap-add", MORE_CAPABILITIES,
        ]  # fmt: skip


@contextmanager
def engine() -> Iterator[Engine]:
    """An engine in a folder of its own, which is removed with all that it made."""
    if os.geteuid() != 0:
        fail("this needs root, to build and run containers; run it as root on Debian 12")
    missing = [package for tool, package in TOOLS.items() if shutil.which(tool) is None]
    if missing:
        command("apt-get", "update", "-qq")
        command(
            "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-qq", "--no-install-recommends",
            *missing,
        )  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="gradmark-image-") as folder:
        os.chmod(folder, 0o755)
        try:
            yield Engine(Path(folder))
        finally:
            # podman mounts its storage on itself.
            subprocess.run(
                ["umount", "--recursive", f"{folder}/storage/overlay"], capture_output=True, check=False
            )


def _default_base() -> str:
    found = re.search(
        r"^ARG BASE=(\S+@sha256:[0-9a-f]{64})$", (ROOT / "Dockerfile").read_text(), re.MULTILINE
    )
    if found is None:
        fail("the Dockerfile's base is not pinned by digest: ARG BASE=NAME:TAG@sha256:...")
    assert found is not None
    return found.group(1)


def _pinned_there_only(environment: str) -> list[str]:
    """Of an environment's pins those that Debian 12's Python takes and this one does not, which is of a later 3.11."""
    markers = {
        pin.name: Marker(marker)
        for pin in read(LOCK.read_text(encoding="utf-8"))
        if (marker := pin.environments.get(environment))
    }
    debian = {"python_full_version": DEBIANS_PYTHON}
    return [name for name, marker in markers.items() if marker.evaluate(debian) and not marker.evaluate()]


def _docker_profile(folder: Path) -> Path:
    """Docker's default seccomp profile."""
    made = folder / "moby"
    made.mkdir()
    os.chmod(made, 0o777)  # apt downloads as a user of its own
    if not list(Path("/var/lib/apt/lists").glob("*_Packages*")):
        command("apt-get", "update", "-qq")
    command("apt-get", "download", "-qq", MOBY, cwd=made)
    command("dpkg", "--extract", next(made.glob("*.deb")), made)
    return made / PROFILE
