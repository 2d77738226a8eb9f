"""The solved handout's functions, as Python objects of this process."""

from __future__ import annotations

import ast
import contextlib
import functools
from collections.abc import Callable, Iterable, Mapping
from types import CodeType, FunctionType
from typing import Any

from grader.errors import CourseError
from grader.pset.datafolder import in_folder_with
from grader.pset.definitions import READERS, definitions_of
from grader.pset.problemset import ProblemSet
from grader.pset.questioncells import SolutionCells
from grader.pset.values import changed_by, is_given, with_derived
from grader.pset.variants import course_imports
from grader.student import CELLS, VALUES, copied
from grader.traces import Trace, without_a_screen

__all__ = ["SolutionCode", "definitions_in", "solution_namespace"]


class SolutionCode:
    """The solved handout, compiled once, to be run with some of its functions replaced.

    Every namespace is new. Its functions call one another, so its ``train`` uses a ``softmax`` that was replaced.
    """

    def __init__(self, problem_set: ProblemSet) -> None:
        self._problem_set = problem_set
        self.file = f"<solution of {problem_set.name}>"
        """The name of the file that its code, and every replacement, seems to be in."""
        self.modules = problem_set.solution_modules()
        """The part of each cell that is run."""
        if any(map(_draws, self.modules)):
            without_a_screen()
        self._cells = [_Cell(module, self.file) for module in self.modules]
        self._values = with_derived(problem_set.solution_cells(), problem_set.values)
        self.definitions = {
            node.name: node
            for module in self.modules
            for node in module.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
        }
        """The solution's functions and classes by name, helpers included."""

    def compile(self, source: str | ast.Module) -> CodeType:
        """Compile a replacement's source, such as `Variant.source` or `Form.module`, for `namespace`."""
        return compile(source, self.file, "exec")

    def namespace(self, replacements: Iterable[CodeType] = ()) -> dict[str, Any]:
        """The solution's names, with the replacements defined over them.

        What the handout gives, such as the content of data files, is computed once, and copied from then on.
        """
        namespace: dict[str, Any] = {
            "__name__": f"{self._problem_set.name}_solution",
            VALUES: self._values,
            CELLS: self._cells_left,
        }
        with course_imports(self._problem_set.course), self._beside_data():
            for cell in self._cells:
                cell.run(namespace)
            for code in replacements:
                exec(code, namespace)
        self._let_read(namespace)
        return namespace

    def _let_read(self, namespace: dict[str, Any]) -> None:
        """Let answers in variables that read a file find it, as in a notebook."""
        for name in self._values:
            function = namespace.get(name)
            if isinstance(function, FunctionType) and READERS & set(function.__code__.co_names):
                namespace[name] = _within(self._among_data, function)

    def _cells_left(self, trace: Trace, question: str, namespace: Mapping[str, Any]) -> Any:
        with course_imports(self._problem_set.course):
            return SolutionCells(self._problem_set).left(trace, question, namespace)

    def _beside_data(self) -> contextlib.AbstractContextManager[object]:
        """In the folder of the problem set's data, while something is read from it."""
        known = all(cell.known is not None for cell in self._cells)
        return contextlib.nullcontext() if known else self._among_data()

    def _among_data(self) -> contextlib.AbstractContextManager[object]:
        """In a folder with the problem set's data."""
        if self._problem_set.drawn_files:
            return in_folder_with(self._problem_set.data_files())
        folder = self._problem_set.data_dir
        return contextlib.nullcontext() if folder is None or not folder.is_dir() else contextlib.chdir(folder)


def _draws(module: ast.Module) -> bool:
    """Whether code may draw with matplotlib, by itself or through pandas."""
    text = ast.unparse(module)
    return any(word in text for word in ("matplotlib", "pylab", "seaborn", ".plot"))


def _within(
    place: Callable[[], contextlib.AbstractContextManager[object]], function: Callable[[], Any]
) -> Callable[[], Any]:
    @functools.wraps(function)
    def inside() -> Any:
        with place():
            return function()

    return inside


class _Cell:
    """The part of a cell that is run."""

    def __init__(self, module: ast.Module, file: str) -> None:
        definitions = [one for one in module.body if not is_given(one)]
        given = [one for one in module.body if is_given(one)]
        self._whole = compile(module, file, "exec")
        self._definitions = compile(ast.Module(definitions, []), file, "exec")
        self._names = sorted({name for one in given for name in changed_by(one)})
        self.known: dict[str, Any] | None = None if given else {}
        """The values of what is given, once it was run."""

    def run(self, namespace: dict[str, Any]) -> None:
        if self.known is None:
            exec(self._whole, namespace)
            self.known = {name: copied(namespace[name]) for name in self._names if name in namespace}
            return
        namespace |= {name: copied(value) for name, value in self.known.items()}
        exec(self._definitions, namespace)


def definitions_in(cells: Iterable[str]) -> dict[str, Any]:
    """What a notebook, such as a starter, defines when only its definitions and imports are run."""
    namespace: dict[str, Any] = {"__name__": "starter"}
    for source in cells:
        exec(compile(ast.Module(definitions_of(source), []), "<notebook>", "exec"), namespace)
    return namespace


def solution_namespace(problem_set: ProblemSet) -> dict[str, Any]:
    """The reference's answers under the names that students give them."""
    namespace = SolutionCode(problem_set).namespace()
    for name in problem_set.functions:
        if name not in namespace:
            raise CourseError(f"the solved handout of {problem_set.name} does not define {name}")
    return namespace
