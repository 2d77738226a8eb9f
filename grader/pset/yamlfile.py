"""pset.yaml and its kin read so that every complaint has a line number and a way to mend it."""

from __future__ import annotations

import difflib
import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from grader.errors import CourseError
from grader.points import exact

__all__ = ["SourceLines", "read_yaml"]

Schema = TypeVar("Schema", bound=msgspec.Struct)

# libyaml where PyYAML was built with it: ten times faster, the same result.
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SafeLoader):
    """A safe loader that reads a decimal from its text: 0.1 is a tenth, and no binary fraction near it."""

    def construct_decimal(self, node: yaml.ScalarNode) -> Decimal | float:
        try:
            return Decimal(self.construct_scalar(node))
        except InvalidOperation:  # .inf, .nan, and minutes such as 1:30.5
            return float(self.construct_yaml_float(node))


_Loader.add_constructor("tag:yaml.org,2002:float", _Loader.construct_decimal)
# A time stays what is written: in whose zone it is, the reader knows. YAML takes some spellings for text anyway.
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
    """Where in a YAML file the value at a path such as ``$.questions[2].points`` stands."""

    def __init__(self, file: Path, name: str, text: str) -> None:
        self.file, self.name = file, name
        self._root: Any = yaml.compose(text, Loader=_Loader)
        if self._root is None:
            raise CourseError(f"{name} is empty; docs/formats.md says what belongs in it")
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
                    raise CourseError(f"{self.name}:{at}: key {key.value!r} stands here twice; remove one")
                seen.add(key.value)
                self._refuse_duplicates(value)

    def line(self, path: str, key: str | None = None) -> int:
        """Line, from 1, of the value at ``path``, or of ``key`` within the mapping there."""
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
        """``psets/ps1/pset.yaml:12``, to begin a sentence with."""
        return f"{self.name}:{self.line(path, key)}"


def read_yaml(file: Path, name: str, schema: type[Schema]) -> tuple[Schema, SourceLines]:
    """The file as ``schema``, and where its values stand; ``name`` is how messages call the file.

    Raises `CourseError`, one sentence, for anything that is not as the schema says.
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
        raise CourseError(f"{where}: this is not YAML ({problem}); mend the line") from None
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


def _struct_at(schema: Any, path: str) -> Any:
    """The struct whose keys are allowed at ``path``."""
    for name in re.findall(r"\.(\w+)", path):
        field = next((f for f in msgspec.structs.fields(schema) if f.name == name), None)
        if field is None:
            break
        schema = next(iter(_structs_in(field.type)), schema)
    return schema


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
    """msgspec's message as one that names the file, the line and the mend."""
    problem, _, path = message.partition(" - at `")
    path = path.rstrip("`") or "$"
    shown = path[2:]
    if path.startswith("key"):  # "key in `$...`": a mapping key of the wrong type
        path = shown = "$"
    if unknown := re.search(r"unknown field `(.*)`", problem):
        key = unknown[1]
        known = [field.encode_name for field in msgspec.structs.fields(_struct_at(schema, path))]
        close = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
        inside = f" in {shown}" if shown else ""
        mend = f"did you mean {close[0]!r}?" if close else f"the keys are {', '.join(known)}"
        return f"{lines.at(path, key)}: unknown key {key!r}{inside}; {mend}"
    if missing := re.search(r"missing required field `(.*)`", problem):
        inside = f"{shown} " if shown else "the problem set "
        return f"{lines.at(path)}: {inside}has no {missing[1]!r}; add it"
    value, where = _value_at(data, path), lines.at(path)
    subject = shown or "the file"
    if shown == "seed":  # a secret, which no message repeats
        return f"{where}: seed must be text of at least 16 characters, between quotation marks"
    if bound := re.match(r"(\w+) (must be at (?:least|most) .*)", problem):
        key, inside = bound[1], f"{shown}." if shown else ""
        return f"{lines.at(path, key)}: {inside}{key} {bound[2]}, not {_written(_value_at(value, '.' + key))}"
    if problem.startswith("must be a number"):
        return f"{where}: {subject} {problem}, not {_written(value)}"
    if shown == "due":
        return f"{where}: due must be a date and time such as 2027-02-21 23:59, not {_written(value)}"
    if expected := re.search(r"Expected `(.*?)`, got `(.*?)`", problem):
        kinds = [_KINDS.get(k.strip(), k.strip()) for k in expected[1].split("|")]
        kinds = [k for k in kinds if k != "empty"] or kinds
        return f"{where}: {subject} must be {' or '.join(kinds)}, not {_written(value)}"
    if problem.startswith("Invalid enum value"):
        field = shown.rpartition(".")[2]
        choices = _choices(schema, field)
        close = difflib.get_close_matches(str(value), choices, n=1, cutoff=0.5)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        return f"{where}: {subject} must be one of {', '.join(choices)}, not {_written(value)}{hint}"
    if "matching regex" in problem:
        return f"{where}: {subject} must be a letter, then letters, digits or _, such as q1, not {_written(value)}"
    if bound := re.search(r"Expected `\w+` (>=|>|<=) ([\d.]+)", problem):
        least = {">": "more than", ">=": "at least", "<=": "at most"}[bound[1]]
        return f"{where}: {subject} must be {least} {bound[2].removesuffix('.0')}, not {_written(value)}"
    if "of length >=" in problem:
        return f"{where}: {subject} must not be empty"
    return f"{where}: {subject}: {problem}"


def _written(value: Any) -> str:
    """A value as the file has it."""
    return str(value) if isinstance(value, Decimal) else repr(value)


def _choices(schema: Any, field: str) -> list[str]:
    for found in msgspec.structs.fields(schema):
        if found.encode_name == field:
            return [str(choice) for choice in getattr(found.type, "__args__", ())]
    return []
