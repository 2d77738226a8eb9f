"""Run a notebook's cells from top to bottom in this process, as its own kernel would."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import traceback
import types
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.errors import SubmissionRejected

__all__ = ["CellError", "Ran", "code_cells", "run_cells"]


@dataclass(frozen=True)
class CellError:
    """A cell that raised; ``cell`` counts the notebook's code cells from 1."""

    cell: int
    error: str


@dataclass(frozen=True)
class Ran:
    """What running the cells left behind."""

    namespace: dict[str, Any]
    errors: list[CellError]


def code_cells(path: Path) -> list[str]:
    """Code cells of a notebook, or the one cell that a .py file is; raises `SubmissionRejected`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise SubmissionRejected(f"{path} does not exist; give the path of your notebook") from None
    except IsADirectoryError:
        raise SubmissionRejected(f"{path} is a folder; give the notebook in it") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SubmissionRejected(f"{path} cannot be read ({error}); save it again from Jupyter") from None
    if path.suffix == ".py":
        return [text]
    try:
        stored = json.loads(text)
        sheets = stored.get("worksheets") or [stored]  # notebooks before version 4 had worksheets
        cells = [c for sheet in sheets for c in sheet["cells"] if c["cell_type"] == "code"]
        sources = [c.get("source", c.get("input", "")) for c in cells]
        return [s if isinstance(s, str) else "".join(s) for s in sources]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise SubmissionRejected(f"{path} is not a notebook; save it again from Jupyter") from None


class _Harmless:
    """Stands for otter in a notebook that is being checked: whatever it is asked for, nothing happens."""

    def __init__(self, *_: Any, **__: Any) -> None:
        pass

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Harmless()

    def __call__(self, *_: Any, **__: Any) -> None:
        return None


def _otter_stub() -> types.ModuleType:
    stub = types.ModuleType("otter")
    stub.Notebook = _Harmless  # type: ignore[attr-defined]
    stub.__path__ = []  # a package, so that `from otter.x import y` asks the same stub
    return stub


@contextlib.contextmanager
def _surroundings(folder: Path) -> Iterator[None]:
    """The notebook's folder as the working one and importable, no window for plots, no otter; undone."""
    modules = {name: sys.modules[name] for name in list(sys.modules) if name.partition(".")[0] == "otter"}
    for name in modules:
        del sys.modules[name]
    sys.modules["otter"] = _otter_stub()
    before, backend, path = Path.cwd(), os.environ.get("MPLBACKEND"), list(sys.path)
    os.chdir(folder)
    os.environ["MPLBACKEND"] = "Agg"
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        os.chdir(before)
        sys.path[:] = path
        os.environ.pop("MPLBACKEND")
        if backend is not None:
            os.environ["MPLBACKEND"] = backend
        for name in [n for n in sys.modules if n.partition(".")[0] == "otter"]:
            del sys.modules[name]
        sys.modules.update(modules)


def run_cells(sources: list[str], folder: Path) -> Ran:
    """Run the cells with ``folder`` as the working folder; a cell that fails does not stop the next.

    What the cells print is dropped: the student sees it in the notebook.
    """
    try:
        from IPython.core.interactiveshell import InteractiveShell
    except ImportError:
        run = _run_plainly
    else:
        run = _run_in_ipython(InteractiveShell)
    dropped = io.StringIO()
    with _surroundings(folder), contextlib.redirect_stdout(dropped), contextlib.redirect_stderr(dropped):
        return run(sources)


def _run_in_ipython(shell_class: Any) -> Any:
    def run(sources: list[str]) -> Ran:
        from traitlets.config import Config

        config = Config()
        config.HistoryManager.enabled = False  # no history file of checks in a student's home
        main = sys.modules["__main__"]
        shell = shell_class(config=config)
        try:
            errors = []
            for number, source in enumerate(sources, start=1):
                shell.execution_count = number  # names the cell in tracebacks
                result = shell.run_cell(source, store_history=False)
                raised = result.error_before_exec or result.error_in_exec
                if raised is not None:
                    errors.append(CellError(number, _line(raised)))
            return Ran(shell.user_ns, errors)
        finally:
            sys.modules["__main__"] = main

    return run


def _run_plainly(sources: list[str]) -> Ran:
    namespace: dict[str, Any] = {"__name__": "__main__", "__builtins__": __builtins__}
    errors = []
    for number, source in enumerate(sources, start=1):
        lines = source.split("\n")
        if lines[0].startswith("%%"):
            continue
        # Magics and shell lines mean nothing without IPython.
        kept = ["pass" if line.startswith(("%", "!")) else line for line in lines]
        try:
            exec(compile("\n".join(kept), f"<cell {number}>", "exec"), namespace)
        except (Exception, SystemExit) as raised:
            errors.append(CellError(number, _line(raised)))
    return Ran(namespace, errors)


def _line(raised: BaseException) -> str:
    return traceback.format_exception_only(raised)[-1].strip()
