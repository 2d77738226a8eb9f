"""Gradescope's export: ``assignment_<id>_export/submission_metadata.yml`` and a folder for each submission.

The YAML is written by Ruby and maps ``submission_<id>`` to ``:submitters``, ``:created_at`` and more; its keys keep the
colon of a symbol, and its tags name Ruby's classes. It is Gradescope's own, but the names in it are text of
students': it is read with a safe loader, up to a size.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import yaml

from grader.errors import GradmarkError, SubmissionRejected
from grader.intake.handed import Handed
from grader.intake.tree import Tree
from grader.results import StudentIdentity

__all__ = ["METADATA", "glance", "read"]

METADATA = "submission_metadata.yml"
MAX_METADATA = 256 << 20
MAX_DEPTH = 100
MAX_EVENTS = 5_000_000
"""Values, keys, beginnings and ends: those of some thousands of students, with all their tests."""
MAX_TEXT = 300
"""Characters of a name, an id or an address."""


def read(tree: Tree, _pset: str) -> list[Handed] | None:
    """The submissions, where the metadata lie at the top, or in the one folder there."""
    folder = tree.unwrapped
    metadata = folder.files.get(METADATA)
    if metadata is None:
        return None
    try:
        described = _load(metadata.read(MAX_METADATA))
    except (SubmissionRejected, yaml.YAMLError, ValueError, RecursionError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise GradmarkError(f"{tree.place(metadata.path)} cannot be read: {reason}; export again") from None
    for entry in folder.files.values():
        if entry is not metadata:
            tree.leave(entry, entry.problem or "belongs to no submission of the export")
    submitters = _without_doubtful({name: _students(described.get(name)) for name in folder.folders}, tree)
    found = []
    for name, inner in sorted(folder.folders.items()):
        about, students = described.get(name), submitters[name]
        who = json.dumps(sorted(_key(student) for student in students if _key(student)))
        found.append(
            Handed(
                label=_label(name, students),
                where=inner.path,
                files=inner.contents(),
                who=f"gradescope:{who}" if who != "[]" else "",
                order=(name.rpartition("_")[0], _number(name)),
                students=students,
                submitted=_time(_get(about, "created_at")),
            )
        )
    for name in sorted(set(map(str, described)) - set(folder.folders)):
        tree.leave_path(
            f"{folder.path}/{name}" if folder.path else name, f"is named in {METADATA} and has no files"
        )
    return found


def glance(tree: Tree) -> int | None:
    """The number of submissions by the folders, where the tree is an export; nothing is opened."""
    folder = tree.unwrapped
    return len(folder.folders) if METADATA in folder.files else None


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Safe, and blind to Ruby's tags: what has one is read as what it looks like."""

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Merge nothing: Ruby does not write merges, and a few lines of them grow without bound."""


def _untagged(loader: Any, _tag: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_scalar(node)


_Loader.add_multi_constructor("!", _untagged)


def _load(content: bytes) -> dict[str, Any]:
    depth = 0
    # Building values recurses in C, to any depth and through the stack's end; the events before it do not.
    for number, event in enumerate(yaml.parse(content, _Loader)):
        if number > MAX_EVENTS:
            raise ValueError(f"it holds more than {MAX_EVENTS:,} parts")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise ValueError(f"it is nested more than {MAX_DEPTH} levels deep")
    loaded = yaml.load(content, _Loader)
    if not isinstance(loaded, dict):
        raise ValueError("it is no mapping of submissions")
    return loaded


def _get(about: Any, key: str) -> Any:
    return about.get(f":{key}", about.get(key)) if isinstance(about, dict) else None


def _students(about: Any) -> tuple[StudentIdentity, ...]:
    submitters = _get(about, "submitters")
    return tuple(
        StudentIdentity(*(_text(_get(one, key)) for key in ("sid", "name", "email")))
        for one in (submitters if isinstance(submitters, list) else [])
    )


def _key(student: StudentIdentity) -> str:
    """Tells submitters apart: by the address that they log in with, and without one by their number."""
    return student.email.casefold() or (f"number {student.id}" if student.id else "")


def _without_doubtful(
    submitters: Mapping[str, tuple[StudentIdentity, ...]], tree: Tree
) -> dict[str, tuple[StudentIdentity, ...]]:
    """The submitters of each folder, without student numbers that several people say are theirs."""
    claimed: dict[str, dict[str, None]] = {}
    for students in submitters.values():
        for student in students:
            if student.id:
                claimed.setdefault(student.id, {})[_key(student)] = None
    doubtful = {number for number, keys in claimed.items() if len(keys) > 1}
    for number in sorted(doubtful):
        tree.doubts.append(
            f"{tree.where}: the student number {number} is that of several people ({', '.join(claimed[number])}), who "
            "are told apart by their addresses; correct it in Gradescope"
        )
    return {
        name: tuple(
            StudentIdentity("", student.name, student.email) if student.id in doubtful else student
            for student in students
        )
        for name, students in submitters.items()
    }


def _text(value: Any) -> str:
    """A number where an id looks like one to YAML; whatever is no text is left out."""
    plain = isinstance(value, str | int) and not isinstance(value, bool)
    return str(value).strip()[:MAX_TEXT] if plain else ""


def _time(value: Any) -> datetime | None:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip().replace(" UTC", "+00:00"))
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _label(name: str, students: tuple[StudentIdentity, ...]) -> str:
    first = next((part for s in students[:1] for part in (s.name, s.email.partition("@")[0]) if part), "")
    number = next((student.id for student in students[:1] if student.id), "") or name.rpartition("_")[2]
    return f"{first}_{number}" if first else name


def _number(name: str) -> int:
    digits = name.rpartition("_")[2]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else 0
