"""The Python that submissions run in: this one, or another that has the same gradmark."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from typing import Any

import msgspec

from grader.errors import SandboxError
from grader.version import version

__all__ = ["OLDEST_NUMPY", "OLDEST_PYTHON", "Interpreter", "interpreter_at", "this_interpreter"]

OLDEST_PYTHON = (3, 11)
OLDEST_NUMPY = (1, 26)
ASK_SECONDS = 60.0
# Any version of Python understands this, so that an old one can say how old it is.
_ASK = """
import json, os, sys, sysconfig
said = {"python": "%d.%d.%d" % sys.version_info[:3]}
if sys.version_info >= (3, 11):
    from importlib import metadata
    for name in ("gradmark", "numpy"):
        try:
            said[name] = metadata.version(name)
        except Exception:
            said[name] = ""
    said["prefixes"] = sorted({sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix})
    sites = ("site-packages", "dist-packages")
    said["sites"] = sorted({entry for entry in sys.path if os.path.basename(entry) in sites})
    said["tag"] = sysconfig.get_config_var("SOABI") or sys.implementation.cache_tag
    try:
        import grader, msgspec
        import grader.sandbox.inside.template
        import IPython, numpy, pyseccomp
        said["package"] = os.path.dirname(os.path.realpath(grader.__file__))
        said["files"] = [os.path.dirname(os.__file__), msgspec.__file__]
    except Exception as error:
        said["problem"] = "%s: %s" % (type(error).__name__, error)
print(json.dumps(said))
"""


class Interpreter(msgspec.Struct, frozen=True):
    """What is known of one."""

    executable: str
    python: str
    """Its version, such as ``3.12.1``."""
    numpy: str
    gradmark: str
    prefixes: tuple[str, ...]
    """Where it and its packages are; an environment's own comes with the one that it was made from."""
    package: str
    """gradmark's folder there."""
    sites: tuple[str, ...]
    """Folders of packages, some of which may be elsewhere."""
    files: tuple[str, ...]
    """Some of what a submission's user must be able to read."""
    tag: str
    """Which compiled modules it can load."""


def this_interpreter() -> Interpreter:
    """The one that runs this."""
    import numpy as np

    return Interpreter(
        executable=sys.executable,
        python="{}.{}.{}".format(*sys.version_info),
        numpy=np.__version__,
        gradmark=version(),
        prefixes=own_prefixes(),
        package=own_package(),
        sites=(),
        files=(os.path.dirname(os.__file__), msgspec.__file__),
        tag=sysconfig.get_config_var("SOABI") or "",
    )


def own_prefixes() -> tuple[str, ...]:
    return tuple(sorted({sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix}))


def own_package() -> str:
    return os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))


def interpreter_at(path: str) -> Interpreter:
    """What another Python says of itself.

    Args:
        path: The program, the name of one, or the folder of a virtual environment.

    Raises:
        SandboxError: It is no Python, too old, or has another gradmark or none that works.
    """
    program = _program(path)
    said = _asked(program)
    if _numbers(said["python"]) < OLDEST_PYTHON:
        raise SandboxError(
            f"{program} is Python {said['python']}; submissions need Python {_dotted(OLDEST_PYTHON)} or newer"
        )
    if not said["gradmark"] or said.get("problem"):
        lacks = f"cannot run submissions ({said['problem']})" if said["gradmark"] else "has no gradmark"
        raise SandboxError(
            f'{program} {lacks}; install the same gradmark there: {program} -m pip install "gradmark[grade]'
            f'=={version()}"'
        )
    if said["gradmark"] != version():
        raise SandboxError(
            f"{program} has gradmark {said['gradmark']}, and this is {version()}; install the same one there"
        )
    if _numbers(said["numpy"]) < OLDEST_NUMPY:
        raise SandboxError(
            f"{program} has numpy {said['numpy']}; submissions need numpy {_dotted(OLDEST_NUMPY)} or newer"
        )
    found = {name: said[name] for name in ("python", "numpy", "gradmark", "package", "tag")}
    found |= {name: tuple(said[name]) for name in ("prefixes", "sites", "files")}
    return Interpreter(executable=program, **found)


def _program(path: str) -> str:
    """The program; not where its link leads, since an environment is known by it."""
    if os.path.isdir(path):
        path = os.path.join(path, "bin", "python")
    found = path if os.path.isfile(path) else shutil.which(path)
    if found is None or not os.access(found, os.X_OK):
        raise SandboxError(f"{path} is no Python: no such program")
    return os.path.abspath(found)


def _asked(program: str) -> dict[str, Any]:
    try:
        done = subprocess.run(
            [program, "-s", "-E", "-B", "-c", _ASK], stdin=subprocess.DEVNULL, capture_output=True, cwd="/",
            timeout=ASK_SECONDS, check=False,
        )  # fmt: skip
        said = json.loads(done.stdout.splitlines()[-1])
        if not isinstance(said, dict) or "python" not in said:
            raise ValueError
    except (OSError, ValueError, IndexError, subprocess.TimeoutExpired):
        raise SandboxError(f"{program} is no Python: it does not answer when asked for its version") from None
    return said


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:2] if part.isdigit())


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
