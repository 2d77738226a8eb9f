"""The names that a test sees in the judge: its own, the judge's, and a submission's where it asks for them."""

from __future__ import annotations
import __future__

import builtins
import importlib
from collections.abc import Iterable
from types import ModuleType
from typing import TYPE_CHECKING, Any

from grader.adopt.roles import Roles
from grader.adopt.talk import Talk

if TYPE_CHECKING:
    from _collections_abc import dict_keys

__all__ = ["Libraries", "Names"]

_BUILTINS = vars(builtins)
_FUTURE = frozenset(__future__.all_feature_names)
_AHEAD = 20
"""Names that a test mentions and that are fetched together."""


class Libraries:
    """What the author's notebook imports, imported by the judge for itself.

    Args:
        roles: Whose name is whose.
        wanted: The names that tests use; only imports that may bind one of them are made.
    """

    def __init__(self, roles: Roles, wanted: Iterable[str]) -> None:
        self._names: dict[str, Any] = {}
        self.problems: dict[str, str] = {}
        """Import statements that failed, each with the reason."""
        needed = set(wanted)
        for statement in roles.imports:
            space: dict[str, Any] = {}
            star = statement.endswith("import *")
            try:
                exec(statement, space)
            except Exception as error:  # a library may raise anything when it is imported
                self.problems[statement] = f"{type(error).__name__}: {error}"[:300]
                continue
            space.pop("__builtins__", None)
            self._names |= {
                name: value
                for name, value in space.items()
                if (name in needed and name not in roles.student)
                or (not star and isinstance(value, ModuleType))
            }

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def __getitem__(self, name: str) -> Any:
        return self._names[name]

    def warm(self, modules: Iterable[str]) -> None:
        """Import what tests import, so that it need not be done for each submission."""
        for module in modules:
            try:
                importlib.import_module(module)
            except Exception as error:
                self.problems.setdefault(f"import {module}", f"{type(error).__name__}: {error}"[:300])


class Names(dict[str, Any]):
    """The namespace of a test.

    Python looks a name up here first. What the test bound itself is in the dictionary; a builtin is left to Python; a
    library's name is the judge's own; anything else is fetched from the submission, anew after each call.

    Args:
        roles: Whose name is whose.
        libraries: The judge's own.
        talk: The submission.
    """

    def __init__(self, roles: Roles, libraries: Libraries, talk: Talk) -> None:
        super().__init__()
        self._roles, self._libraries, self._talk = roles, libraries, talk
        self._fetched: dict[str, Any] = {}
        self.absent: set[str] = set()
        """Names that the test asked for and nobody has."""
        self._when = -1
        self._ahead: list[str] = []
        self["__name__"] = "__main__"
        self["__builtins__"] = builtins

    def begin(self, mentioned: Iterable[str]) -> None:
        """Another test begins, which mentions these names: those of the submission are fetched together."""
        self._forget()
        self._ahead = sorted(
            name for name in mentioned
            if name not in self._libraries and (name not in _BUILTINS or name in self._roles.student)
        )[:_AHEAD]  # fmt: skip

    def forget_students(self) -> None:
        """Forget names of a submission's that a test has bound: its later cells may bind them again."""
        for name in [name for name in self if name in self._roles.student]:
            del self[name]

    def _forget(self) -> None:
        self._fetched.clear()
        self.absent.clear()
        self._when = self._talk.acts

    def __missing__(self, name: str) -> Any:
        if name in _BUILTINS and name not in self._roles.student:
            raise KeyError(name)
        if name in self._libraries:
            return self._libraries[name]
        if self._when != self._talk.acts:
            self._forget()
        if name not in self._fetched and name not in self.absent:
            wanted = list(
                dict.fromkeys(
                    [name, *(one for one in self._ahead if not super(Names, self).__contains__(one))]
                )
            )
            found = self._talk.fetch(wanted)
            self._fetched |= found
        if name not in self._fetched:
            self.absent.add(name)
            raise KeyError(name)
        return self._fetched[name]

    def __contains__(self, name: object) -> bool:
        if super().__contains__(name) or not isinstance(name, str):
            return super().__contains__(name)
        try:
            self.__missing__(name)
        except KeyError:
            return False
        return True

    def keys(self) -> dict_keys[str, Any]:
        """What ``dir()`` asks: of a submission's names, those that the test mentions."""
        found = dict.fromkeys(self)
        found |= dict.fromkeys(name for name in self._ahead if name in self)
        return found.keys()

    def get(self, name: str, default: Any = None) -> Any:
        if name in _FUTURE:  # asked by doctest itself
            return default
        try:
            return self[name]
        except KeyError:
            return default

    def copy(self) -> Names:
        """Not a plain dictionary, which would not ask the submission."""
        made = Names(self._roles, self._libraries, self._talk)
        made.update(self)
        return made
