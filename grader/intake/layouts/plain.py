"""Files and folders as somebody collected them.

A file is a submission. A folder that holds the handout's file (``ps1.ipynb`` or ``ps1.py``) is a submission with
everything in it, and so is one that holds any of the handout's notebooks, if there are several. So is a folder below
the named one that holds exactly one notebook and no code in its own folders. With a roster, a folder named like one of
its students is theirs, whatever it holds. Any other folder is searched for submissions.

A submission's name says where it lies below the named folder: so it stays the same whoever else hands in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from grader.intake.handed import Handed
from grader.intake.roster import Roster
from grader.intake.tree import UNUSABLE, Entry, Folder, Tree
from grader.suffixes import archive_suffix, code_suffix, is_handout, may_be_submission, stem_of

__all__ = ["one_file", "read", "read_beside", "students"]


def read(tree: Tree, pset: str, roster: Roster | None = None) -> list[Handed]:
    """Every submission of the tree."""
    top = tree.unwrapped if tree.archived else tree.top
    return list(_Search(tree, pset, top, roster).below(top))


def read_beside(tree: Tree, pset: str) -> list[Handed]:
    """Every submission of a folder, named beside others, that may be one student's: called after the folder.

    That student then chose its files' names, so they must not claim a file for anybody else.
    """
    found = list(_Search(tree, pset, tree.top).within(tree.top))
    if len(found) == 1:
        return [replace(found[0], label=tree.name, called="")]
    return [replace(one, label=f"{tree.name}-{one.label}", called="") for one in found]


def students(tree: Tree, handed: list[Handed]) -> int:
    """How many students' work a tree may hold that is named beside others; several if it only holds folders."""
    if _is_lone(tree.unwrapped if tree.archived else tree.top):
        return 1
    of_folders = (
        not tree.archived
        and handed
        and all(one.where.partition("/")[0] in tree.top.folders for one in handed)
    )
    return max(len(handed), 2) if of_folders else len(handed)


def one_file(entry: Entry, above: str, pset: str) -> Handed:
    """A submission of one file; ``ps1.ipynb`` tells nobody apart, so its folder names it."""
    stem = stem_of(entry.name)
    label = above if stem.casefold() == pset.casefold() and above else stem
    return Handed(label, entry.path, {entry.name: entry})


class _Search:
    def __init__(self, tree: Tree, pset: str, top: Folder, roster: Roster | None = None) -> None:
        self._tree, self._pset, self._top, self._roster = tree, pset, top, roster

    def within(self, folder: Folder) -> Iterator[Handed]:
        """The submissions of a folder that may be one."""
        person = bool(self._roster and folder.name and self._roster.within(folder.name))
        if person and any(may_be_submission(entry.name) for entry in folder.walk()):
            where = self._of_problem_set(folder)
            yield Handed(self._label(folder), folder.path, where.contents(), called=folder.name)
        elif _is_lone(folder) or self._holds_handout(folder):
            yield self._whole(folder)
        else:
            yield from self._each(folder)

    def below(self, top: Folder) -> Iterator[Handed]:
        """The submissions of the named folder, which is read as a class if it can be one."""
        if self._holds_handout(top):
            yield self._whole(top)
        elif top.folders and _is_lone(top):
            (notebook,) = _notebooks(top)
            yield replace(self._whole(top), label=stem_of(notebook), called="")
        else:
            yield from self._each(top)

    def _each(self, folder: Folder) -> Iterator[Handed]:
        for name in sorted({*folder.files, *folder.folders}):
            if name in folder.folders:
                yield from self.within(folder.folders[name])
            if name in folder.files:
                entry = folder.files[name]
                packed = archive_suffix(name) and folder.folders.get(stem_of(name))
                if packed and any(may_be_submission(one.name) for one in packed.walk()):
                    self._tree.leave(entry, "holds what lies in the folder of the same name")
                elif entry.problem and (entry.problem == "is a link" or not may_be_submission(name)):
                    self._tree.leave(entry, entry.problem)
                elif may_be_submission(name):
                    yield self._file(entry, folder)
                else:
                    self._tree.leave(entry, UNUSABLE)

    def _file(self, entry: Entry, folder: Folder) -> Handed:
        if folder is self._top:
            return one_file(entry, self._tree.name, self._pset)
        handed = one_file(entry, folder.name, self._pset)
        if handed.label == folder.name:
            return replace(handed, label=self._label(folder), called=folder.name)
        return replace(handed, label=f"{self._label(folder)}-{handed.label}", called=handed.label)

    def _whole(self, folder: Folder) -> Handed:
        return Handed(self._label(folder), folder.path, folder.contents(), called=folder.name)

    def _label(self, folder: Folder) -> str:
        path = folder.path.removeprefix(self._top.path).strip("/")
        return path.replace("/", "-") or folder.name or self._tree.name

    def _holds_handout(self, folder: Folder) -> bool:
        readable = [name for name, entry in folder.files.items() if not entry.problem]
        exact = [name for name in readable if name in (f"{self._pset}.ipynb", f"{self._pset}.py")]
        if any(f"{name}.ipynb" in readable for name in self._tree.together):
            return True
        # A copy's name counts only if there is one: several may be several students'.
        code = [name for name in readable if code_suffix(name)]
        return len(exact) == 1 or (len(code) == 1 and is_handout(code[0], self._pset))

    def _of_problem_set(self, folder: Folder) -> Folder:
        """This problem set's folder in a student's folder, if each problem set has its own there; else all of it."""
        ours = [inner for name, inner in folder.folders.items() if name.casefold() == self._pset.casefold()]
        named = [entry for entry in folder.walk() if is_handout(entry.name, self._pset)]
        return ours[0] if len(ours) == 1 and not named and not any(map(code_suffix, folder.files)) else folder


def _notebooks(folder: Folder) -> list[str]:
    return [n for n, entry in folder.files.items() if code_suffix(n) == ".ipynb" and not entry.problem]


def _is_lone(folder: Folder) -> bool:
    """Whether it holds exactly one notebook, and its folders hold no code or archive."""
    inner = [entry for below in folder.folders.values() for entry in below.walk()]
    return len(_notebooks(folder)) == 1 and not any(e.problem or may_be_submission(e.name) for e in inner)
