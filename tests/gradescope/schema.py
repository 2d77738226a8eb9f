"""Whether a results.json is one: by the schema, and by what the specification says in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

__all__ = ["problems", "shown_to_students"]

_SCHEMA = json.loads(Path(__file__).with_name("results_schema.json").read_text(encoding="utf-8"))
Draft202012Validator.check_schema(_SCHEMA)
_VALIDATOR = Draft202012Validator(_SCHEMA)


def problems(content: bytes) -> list[str]:
    """What is wrong with a file; JSON itself has no NaN and no infinity."""

    def refuse(constant: str) -> None:
        raise ValueError(f"{constant} is no JSON")

    try:
        loaded = json.loads(content, parse_constant=refuse)
    except ValueError as error:
        return [str(error)]
    return [f"{error.json_path}: {error.message}"[:300] for error in _VALIDATOR.iter_errors(loaded)]


def shown_to_students(results: dict[str, Any]) -> str:
    """Every text of the file that a student may see before grades are published."""
    texts = [results.get("output", "")]
    for test in results.get("tests", []):
        if test.get("visibility", results.get("visibility", "visible")) == "visible":
            texts += [test.get("name", ""), test.get("output", ""), *test.get("tags", [])]
    return "\n".join(texts)
