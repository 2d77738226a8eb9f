"""Read pset.yaml and its like, with a line number and a remedy in every error."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar, get_origin

import msgspec
import yaml

from grader.errors import CourseError
from grader.points import exact
from grader.pset.names import nearest

__all__ = ["SourceLines", "read_yaml"]

Schema = TypeVar("Schema")

# libyaml, if PyYAML was built with it, gives the same result ten times faster.
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SafeLoader):
    """A safe loader that reads a decimal from its text: 0.1 is a tenth, not a binary fraction near it."""

    def construct_decimal(self, node: yaml.ScalarNode) -> Decimal | float:
        try:
            return Decimal(self.construct_scalar(node))
        except InvalidOperation:  # .inf, .nan, and minutes such as 1:30.5
            return float(self.construct_yaml_float(node))


_Loader.add_constructor("tag:yaml.org,2002:float", _Loader.construct_decimal)
# A time stays text: only the caller knows its zone, and YAML reads some spellings as text anyway.
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _SafeLoader.construct_yaml_str)

_KINDS = {
    "array": "a list",
    "bool": "true or false",
    "float": "a number",
    "int": "a whole number",
    "null": "empty",
    "object": "a mapping of keys to values",
    "str": "text",
}


class SourceLines:
    """The lines of a YAML file's values, by paths such as ``$.questions[2].points``."""

    def __init__(self, file: Path, name: str, text: str) -> None:
        self.file, self.name = file, name
        self._root: Any = yaml.compose(text, Loader=_Loader)
        self._refuse_duplicates(self._root)

    def _refuse_duplicates(self, node: Any) -> None:
        if isinstance(node, yaml.SequenceNode):
            for item in node.value:
                self._refuse_duplicates(item)
        elif isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                if key.value in seen:
                    at = key.start_mark.line + 1
                    raise CourseError(f"{self.name}:{at}: key {key.value!r} appears twice; remove one")
                seen.add(key.value)
                self._refuse_duplicates(value)

    def line(self, path: str, key: str | None = None) -> int:
        """The line of the value at ``path``, or of ``key`` in the mapping there."""
        node = self._root
        for name, index in re.findall(r"\.(\w+)|\[(\d+)\]", path):
            if name and isinstance(node, yaml.MappingNode):
                node = next((value for k, value in node.value if k.value == name), node)
            elif index and isinstance(node, yaml.SequenceNode) and int(index) < len(node.value):
                node = node.value[int(index)]
        if key is not None and isinstance(node, yaml.MappingNode):
            marks = [k.start_mark for k, _ in node.value if k.value == key]
            if marks:
                return marks[0].line + 1
        return node.start_mark.line + 1

    def at(self, path: str, key: str | None = None) -> str:
        """``psets/ps1/pset.yaml:12``, to begin a message with."""
        return f"{self.name}:{self.line(path, key)}"


def read_yaml(file: Path, name: str, schema: type[Schema]) -> tuple[Schema, SourceLines]:
    """The file as ``schema``, and the lines of its values; ``name`` is how messages call the file.

    Raises `CourseError`, one sentence, if the file does not fit the schema.
    """
    try:
        text = file.read_text(encoding="utf-8")
        lines = SourceLines(file, name, text)
        data = yaml.load(text, Loader=_Loader)  # a safe loader, see above
    except FileNotFoundError:
        raise CourseError(f"{name} does not exist; every problem set needs one") from None
    except UnicodeDecodeError:
        raise CourseError(f"{name} is not UTF-8 text; save it as UTF-8") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{name}:{mark.line + 1}" if mark else name
        problem = getattr(error, "problem", None) or "it cannot be read"
        raise CourseError(f"{where}: this is not YAML ({problem}); correct the line") from None
    if data is None:
        if get_origin(schema) is not list:
            raise CourseError(f"{name} is empty; docs/formats.md says what belongs in it")
        data = []
    try:
        return msgspec.convert(data, schema, dec_hook=_points), lines
    except msgspec.ValidationError as error:
        raise CourseError(_sentence(str(error), data, lines, schema)) from None


def _points(kind: type, value: Any) -> Fraction:
    """For msgspec: a number, or a text such as ``1/3``."""
    if kind is Fraction and not isinstance(value, bool):
        try:
            return exact(value)
        except ValueError:
            pass
    raise ValueError("must be a number, such as 2, 0.5 or 1/3")


def _fields_at(schema: Any, path: str) -> dict[str, Any]:
    """The keys allowed in the innermost struct on the way to ``path``, with their types."""
    schema = _structs_in(schema)[0]
    for name in re.findall(r"\.(\w+)", path):
        inner = next((f for f in msgspec.structs.fields(schema) if f.name == name), None)
        if inner is None:
            break
        schema = next(iter(_structs_in(inner.type)), schema)
    return {field.encode_name: field.type for field in msgspec.structs.fields(schema)}


def _structs_in(kind: Any) -> list[Any]:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return [kind]
    found: list[Any] = []
    for argument in getattr(kind, "__args__", ()):
        found += _structs_in(argument)
    if hasattr(kind, "__origin__") and not isinstance(kind.__origin__, type):
        found += _structs_in(kind.__origin__)
    return found


def _value_at(data: Any, path: str) -> Any:
    for name, index in re.findall(r"\.(\w+)|\[(\d+)\]", path):
        try:
            data = data[name] if name else data[int(index)]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _sentence(message: str, data: Any, lines: SourceLines, schema: Any) -> str:
    """msgspec's message as one that names the file, the line and what to do."""
    problem, _, path = message.partition(" - at `")
    if path.startswith("key"):  # "key` in `$...`"
        return f"{lines.at('$')}: every key must be text"
    path = path.rstrip("`") or "$"
    shown = re.sub(r"^\$(\[\d+\])?\.?", "", path)  # a list's entry is known by its line
    if unknown := re.search(r"unknown field `(.*)`", problem):
        inside = f" in {shown}" if shown else ""
        suggested = nearest(unknown[1], list(_fields_at(schema, path)))
        return f"{lines.at(path, unknown[1])}: unknown key {unknown[1]!r}{inside}; {suggested}"
    listed = isinstance(data, list)
    if missing := re.search(r"missing required field `(.*)`", problem):
        subject = shown or ("the entry" if listed else "the problem set")
        return f"{lines.at(path)}: {subject} has no {missing[1]!r}; add it"
    if bound := re.match(r"(\w+) (must be at (?:least|most) .*)", problem):
        path, problem = f"{path}.{bound[1]}", bound[2]
        shown = f"{shown}.{bound[1]}".lstrip(".")
    if shown == "seed":  # a secret, which no message may repeat
        return f"{lines.at(path)}: seed must be text of at least 16 characters, between quotation marks"
    value = _value_at(data, path)
    written = str(value) if isinstance(value, Decimal) else repr(value)
    where = f"{lines.at(path)}: {shown or ('the entry' if listed else 'the file')}"
    if problem.startswith("Invalid enum value"):
        choices = getattr(_fields_at(schema, path)[shown], "__args__", ())
        return f"{where} cannot be {written}; {nearest(str(value), [str(choice) for choice in choices])}"
    if "of length >=" in problem:
        return f"{where} must not be empty"
    return f"{where} {_demand(problem, shown)}, not {written}"


def _demand(problem: str, shown: str) -> str:
    """What a value must be, from msgspec's ``problem`` with it."""
    if problem.startswith("must be"):
        return problem
    if shown == "due":
        return "must be a date and time such as 2027-02-21 23:59"
    if expected := re.search(r"Expected `(.*?)`, got `(.*?)`", problem):
        kinds = [_KINDS.get(k.strip(), k.strip()) for k in expected[1].split("|")]
        return f"must be {' or '.join([k for k in kinds if k != 'empty'] or kinds)}"
    if "matching regex" in problem:
        return "must be a letter, then letters, digits or _, such as q1"
    if bound := re.search(r"Expected `\w+` (>=|>|<=) ([\d.]+)", problem):
        least = {">": "more than", ">=": "at least", "<=": "at most"}[bound[1]]
        return f"must be {least} {bound[2].removesuffix('.0')}"
    return f"must be something else ({problem})"
