"""Gradescope's export: ``assignment_<id>_export/submission_metadata.yml`` and a folder for each submission.

Ruby writes the YAML, which maps ``submission_<id>`` to ``:submitters``, ``:created_at`` and more; keys keep the colon
of a symbol, and tags name Ruby's classes. Students choose the names in it, and a student's archive may hold a forged
one: so it is read event by event, up to a size. Only texts that say who and when are kept; keys are texts too, and an
alias may only refer to such texts and people.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

import yaml

from grader.errors import GradmarkError, SubmissionRejected
from grader.intake.handed import Handed
from grader.intake.tree import Tree
from grader.results import StudentIdentity

__all__ = ["METADATA", "glance", "read", "without_doubtful"]

METADATA = "submission_metadata.yml"
MAX_METADATA = 256 << 20
MAX_DEPTH = 100
MAX_EVENTS = 5_000_000
"""Values, keys, beginnings and ends: enough for some thousands of students with all their tests."""
MAX_PEOPLE = 100_000
"""Submissions and submitters together."""
MAX_TEXT = 300
"""Characters of a name, an id or an address."""
MAX_LONG = 1_000
"""Characters of one with the blanks around it."""
_WHO = "gradescope:"
_PERSON = ("sid", "name", "email")
_NULL = {"", "~", "null", "Null", "NULL"}
_FRACTION = re.compile(r"\.\d+", re.ASCII)
# Ruby writes no directives, and the parser compares each with all others: a million would take forever.
_TAGS = re.compile(rb"(?:\A|[\r\n]|\xc2\x85|\xe2\x80[\xa8\xa9])(?:\xef\xbb\xbf)?%")


def read(tree: Tree, _pset: str) -> list[Handed] | None:
    """The submissions, if the metadata lie at the top, or in the only folder there."""
    folder = tree.unwrapped
    metadata = folder.files.get(METADATA)
    if metadata is None:
        return None
    try:
        described = _load(metadata.read(MAX_METADATA))
    except (SubmissionRejected, yaml.YAMLError, ValueError, RecursionError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise GradmarkError(
            f"{tree.place(metadata.path)} cannot be read: {reason}; export it again"
        ) from None
    for entry in folder.files.values():
        if entry is not metadata:
            tree.leave(entry, "belongs to no submission of the export")
    found = []
    for name, inner in sorted(folder.folders.items()):
        about = described.get(name, _About())
        found.append(
            Handed(
                label=_label(name, about.students),
                where=inner.path,
                files=inner.contents(),
                who=_who(about.students),
                order=(name.rpartition("_")[0], _number(name)),
                students=about.students,
                time=about.time,
                own=_own(name, about.students),
            )
        )
    for name in sorted(set(described) - set(folder.folders)):
        tree.leave_path(
            f"{folder.path}/{name}" if folder.path else name, f"is named in {METADATA} but has no files"
        )
    return found


def glance(tree: Tree) -> int | None:
    """The number of submissions, counted by folders; None if the tree is no export. Nothing is opened."""
    folder = tree.unwrapped
    return len(folder.folders) if METADATA in folder.files else None


_Kept = str | StudentIdentity | tuple[StudentIdentity, ...]
_Anchors = dict[str | None, _Kept]
"""What an alias may refer to, by its name: texts and people."""


@dataclass
class _About:
    """What the metadata say about a submission."""

    students: tuple[StudentIdentity, ...] = ()
    time: str | None = None
    """As Ruby writes it, to the second: ``2027-02-21 21:55:09 -05:00``, or with ``Z`` or ``UTC``."""


def _load(content: bytes) -> dict[str, _About]:
    """What is said about each submission, by its folder's name; raises ValueError if that is not possible."""
    if b"\0" in content or _TAGS.search(content):
        raise ValueError("it is not what Gradescope writes")
    events = _events(content)
    if not isinstance(next(events, None), yaml.MappingStartEvent):
        raise ValueError("it is not a mapping of submissions")
    described: dict[str, _About] = {}
    anchors: _Anchors = {}
    people = 0
    for name, value in _pairs(events):
        about = _About()
        if isinstance(value, yaml.MappingStartEvent):
            about = _about(events, anchors)
        elif not isinstance(value, yaml.ScalarEvent):
            raise ValueError("it holds something that is not a submission")
        people += 1 + len(about.students)
        if people > MAX_PEOPLE:
            raise ValueError(f"it names more than {MAX_PEOPLE:,} submissions and people")
        if len(name) <= MAX_TEXT:
            described[name] = about
    next(events, None)
    return described


def _events(content: bytes) -> Iterator[yaml.Event]:
    """The events of the only document; nothing is built from them."""
    depth = documents = 0
    for number, event in enumerate(yaml.parse(content, getattr(yaml, "CSafeLoader", yaml.SafeLoader))):
        if number > MAX_EVENTS:
            raise ValueError(f"it holds more than {MAX_EVENTS:,} parts")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise ValueError(f"it is nested more than {MAX_DEPTH} levels deep")
        documents += isinstance(event, yaml.DocumentStartEvent)
        if documents > 1:
            raise ValueError("it holds more than one document")
        if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
            yield event


def _pairs(events: Iterator[yaml.Event]) -> Iterator[tuple[str, yaml.Event]]:
    """The keys of the mapping that has begun, without a symbol's colon, and how each value begins.

    The caller takes the rest of a value before the next pair.
    """
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            return
        key = event.value if isinstance(event, yaml.ScalarEvent) else None
        if key is None:
            _skip(event, events)
        value = next(events)
        if key == "<<":
            raise ValueError("it merges mappings, as Gradescope never does")
        if key is None:
            _skip(value, events)
        else:
            yield key.removeprefix(":"), value


def _skip(begun: yaml.Event, events: Iterator[yaml.Event]) -> None:
    """Take the rest of a value that has begun."""
    depth = int(isinstance(begun, yaml.CollectionStartEvent))
    while depth:
        event = next(events)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)


def _about(events: Iterator[yaml.Event], anchors: _Anchors) -> _About:
    about = _About()
    for key, value in _pairs(events):
        if key == "submitters":
            about.students = _students(value, events, anchors)
        elif key == "created_at":
            about.time = _FRACTION.sub("", _text(value, events, anchors), count=1)
        else:
            _skip(value, events)
    return about


def _students(
    begun: yaml.Event, events: Iterator[yaml.Event], anchors: _Anchors
) -> tuple[StudentIdentity, ...]:
    if isinstance(begun, yaml.AliasEvent):
        students = _referred(begun, anchors)
        return () if isinstance(students, str | StudentIdentity) else students
    if not isinstance(begun, yaml.SequenceStartEvent):
        _skip(begun, events)
        return ()
    found = []
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            break
        person = _person(event, events, anchors)
        if isinstance(person, StudentIdentity):
            found.append(person)
    anchors[begun.anchor] = tuple(found)
    return tuple(found)


def _person(begun: yaml.Event, events: Iterator[yaml.Event], anchors: _Anchors) -> _Kept | None:
    if isinstance(begun, yaml.AliasEvent):
        return _referred(begun, anchors)
    if not isinstance(begun, yaml.MappingStartEvent):
        _skip(begun, events)
        return None
    said: dict[str, str] = {}
    for key, value in _pairs(events):
        if key in _PERSON:
            said[key] = _text(value, events, anchors)
        else:
            _skip(value, events)
    anchors[begun.anchor] = person = StudentIdentity(*(said.get(key, "") for key in _PERSON))
    return person


def _text(begun: yaml.Event, events: Iterator[yaml.Event], anchors: _Anchors) -> str:
    """A scalar as text; anything else is left out."""
    if isinstance(begun, yaml.AliasEvent):
        text = _referred(begun, anchors)
        return text if isinstance(text, str) else ""
    if not isinstance(begun, yaml.ScalarEvent):
        _skip(begun, events)
        return ""
    nothing = not begun.style and begun.value in _NULL
    anchors[begun.anchor] = text = "" if nothing else begun.value[:MAX_LONG].strip()[:MAX_TEXT]
    return text


def _referred(alias: yaml.AliasEvent, anchors: _Anchors) -> _Kept:
    """What an alias refers to: only texts and people are kept."""
    if alias.anchor not in anchors:
        raise ValueError("it refers to something that was not kept")
    return anchors[alias.anchor]


def _key(student: StudentIdentity) -> str:
    """Tells submitters apart: by the address they log in with or, without one, by their number."""
    return student.email.casefold() or (f"number {student.id}" if student.id else "")


def _who(students: Sequence[StudentIdentity]) -> str:
    who = json.dumps(sorted(_key(student) for student in students if _key(student)))
    return f"{_WHO}{who}" if who != "[]" else ""


def without_doubtful(handed: Sequence[Handed]) -> tuple[list[Handed], list[str]]:
    """The submissions without student numbers that several people claim, and sentences about those.

    Submissions from other systems stay as they are: their numbers are not Gradescope's.
    """
    claimed: dict[str, dict[str, None]] = {}
    for one in handed:
        for student in one.students if one.who.startswith(_WHO) else ():
            if student.id:
                claimed.setdefault(student.id, {})[_key(student)] = None
    doubtful = {number for number, keys in claimed.items() if len(keys) > 1}
    doubts = [
        f"several people ({', '.join(claimed[number])}) have the student number {number}; they are told apart by their "
        "addresses, but correct the number in Gradescope"
        for number in sorted(doubtful)
    ]
    return [_without(doubtful, one) if one.who.startswith(_WHO) else one for one in handed], doubts


def _without(doubtful: Set[str], one: Handed) -> Handed:
    if not any(student.id in doubtful for student in one.students):
        return one
    students = tuple(
        StudentIdentity("", student.name, student.email) if student.id in doubtful else student
        for student in one.students
    )
    folder = one.where.rpartition("/")[2]
    label, own = _label(folder, students), _own(folder, students)
    return replace(one, label=label, own=own, who=_who(students), students=students)


def _label(name: str, students: tuple[StudentIdentity, ...]) -> str:
    first = next((part for s in students[:1] for part in (s.name, s.email.partition("@")[0]) if part), "")
    return f"{first}_{_own(name, students)}" if first else name


def _own(name: str, students: tuple[StudentIdentity, ...]) -> str:
    """What nobody else's label ends with: the student's number, or the submission's."""
    return next((student.id for student in students[:1] if student.id), "") or name.rpartition("_")[2]


def _number(name: str) -> int:
    digits = name.rpartition("_")[2]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else 0
