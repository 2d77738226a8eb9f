"""Installing an assignment's requirements beside gradmark's own packages: `gradmark adopt --install`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec
from packaging.utils import canonicalize_name

from grader.adopt.assignment import Assignment
from grader.adopt.environment import RECORD, Beside, Environment, environment_of, folder_for, parsed, unlike
from grader.errors import GradmarkError
from grader.sandbox.isolation import Interpreter
from grader.sandbox.isolation.interpreter import this_interpreter
from grader.text import listed

__all__ = ["install"]

INSTALL_SECONDS = 3600.0
_PINS = """
import json
from importlib import metadata
print(json.dumps({one.metadata["Name"]: one.version for one in metadata.distributions() if one.metadata["Name"]}))
"""


class _Failed(Exception):
    """pip could not; the reason is in pip's words."""


def install(assignment: Assignment, python: str | None = None) -> tuple[Environment, list[str]]:
    """Install what an assignment's requirements name, for the judge and for the sandbox's interpreter.

    What is installed already stays as it is, and is used whatever version the requirements ask for.

    Returns:
        The environment, and what to know about it, one sentence each.

    Raises:
        GradmarkError: There are no requirements, or they cannot be installed.
    """
    if not assignment.requirements:
        raise GradmarkError(
            f"{assignment.path} names no requirements; write what its tests import into a requirements.txt beside the "
            "notebook"
        )
    before = environment_of(assignment, python)
    said: list[str] = []
    for interpreter, there in ((this_interpreter(), before.judge), (before.python, before.sandbox)):
        if interpreter is None or there is not None:
            continue
        said += _install(assignment, interpreter)
    return environment_of(assignment, python), said


def _install(assignment: Assignment, python: Interpreter) -> list[str]:
    target = folder_for(assignment, python)
    pins = _pins(python)
    wanted = [line for line in assignment.requirements if not _is_there(line, pins)]
    tries = [wanted]
    if (bare := [_bare(line) for line in wanted]) != wanted:
        tries.append(bare)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f"{target.name}-", dir=target.parent))
    except OSError as error:
        raise GradmarkError(f"{target.parent} cannot be written to: {error.strerror}") from None
    try:
        for number, lines in enumerate(tries):
            try:
                installed = _with_pip(python, lines, pins, folder)
                break
            except _Failed as failure:
                if number + 1 == len(tries):
                    raise GradmarkError(f"the requirements cannot be installed here: {failure}") from None
        record = Beside(
            assignment.requirements, tuple(sorted(f"{name}=={installed[name]}" for name in installed))
        )
        (folder / RECORD).write_bytes(msgspec.json.encode(record))
        os.chmod(folder, 0o755)
        os.chmod(folder / RECORD, 0o644)
        shutil.rmtree(target, ignore_errors=True)
        folder.rename(target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    others = unlike(wanted, {canonicalize_name(name): there for name, there in installed.items()})
    if not others:
        return []
    return [f"some versions cannot be installed beside what is here, so others are taken: {listed(others)}"]


def _pins(python: Interpreter) -> dict[str, str]:
    done = subprocess.run(
        [python.executable, "-s", "-E", "-c", _PINS], capture_output=True, check=False, cwd="/", text=True
    )
    if done.returncode:
        raise GradmarkError(f"{python.executable} does not say what is installed there: {done.stderr[-200:]}")
    return {canonicalize_name(name): version for name, version in json.loads(done.stdout).items()}


def _is_there(line: str, pins: dict[str, str]) -> bool:
    """Whether a package is there, in whatever version; more is needed if the line asks for one of its extras."""
    wanted = parsed(line)
    return wanted is not None and not wanted.extras and canonicalize_name(wanted.name) in pins


def _bare(line: str) -> str:
    """A requirement without its version."""
    wanted = parsed(line)
    if wanted is None or wanted.url:
        return line
    return wanted.name + (f"[{','.join(sorted(wanted.extras))}]" if wanted.extras else "")


def _with_pip(
    python: Interpreter, lines: Sequence[str], pins: dict[str, str], folder: Path
) -> dict[str, str]:
    """Have pip find out what is missing, and put just that into a folder; returns its versions."""
    if not lines:
        return {}
    with tempfile.TemporaryDirectory(prefix="gradmark-pip-") as made:
        held = Path(made, "constraints.txt")
        held.write_text("".join(f"{name}=={version}\n" for name, version in sorted(pins.items())))
        asked, report = Path(made, "requirements.txt"), Path(made, "report.json")
        asked.write_text("".join(f"{line}\n" for line in lines))
        _pip(
            python,
            "--dry-run",
            "--report",
            str(report),
            "--constraint",
            str(held),
            "--requirement",
            str(asked),
        )
        found = json.loads(report.read_text())["install"]
        installed, exact = {}, []
        for one in found:
            name, version = one["metadata"]["name"], one["metadata"]["version"]
            if canonicalize_name(name) in pins:
                continue
            installed[name] = version
            exact.append(_address(one) or f"{name}=={version}")
        if exact:
            asked.write_text("".join(f"{line}\n" for line in exact))
            _pip(python, "--no-deps", "--no-compile", "--target", str(folder), "--requirement", str(asked))
        return installed


def _address(found: dict[str, object]) -> str:
    """Of what no index has: where pip took it from."""
    info, about = found.get("download_info"), found.get("metadata")
    if not found.get("is_direct") or not isinstance(info, dict) or not isinstance(about, dict):
        return ""
    vcs = info.get("vcs_info")
    url = f"{vcs['vcs']}+{info['url']}@{vcs['commit_id']}" if isinstance(vcs, dict) else info["url"]
    return f"{about['name']} @ {url}"


def _pip(python: Interpreter, *arguments: str) -> None:
    command = [python.executable, "-s", "-P", "-m", "pip", "install", "--quiet", "--no-input", *arguments]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", cwd="/",
            check=False, timeout=INSTALL_SECONDS, umask=0o022,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise _Failed("pip did not end within an hour") from None
    if done.returncode == 0:
        return
    if "No module named pip" in done.stderr:
        raise GradmarkError(
            f"installing takes pip, which {python.executable} does not have; run: {python.executable} -m ensurepip"
        )
    errors = [line.removeprefix("ERROR: ") for line in done.stderr.splitlines() if line.startswith("ERROR: ")]
    # The first says what is wrong, later ones what follows from it.
    raise _Failed((errors or done.stderr.strip().splitlines() or ["pip failed"])[0][:300])
