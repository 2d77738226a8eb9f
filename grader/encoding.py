"""Results as JSON, in two forms: an exact one for the gradebook, and one for people and other programs.

They differ in the points, which are exact texts such as ``"1/3"`` in the first and numbers of at most two decimals,
rounded half up, in the second. The second also has the verdicts in words. `decode_exact` reads both.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import msgspec

from grader.points import as_json, exact, stored
from grader.results import SubmissionResult, TestResult

__all__ = [
    "dec_hook",
    "decode_exact",
    "enc_hook_exact",
    "enc_hook_shown",
    "encode_exact",
    "encode_shown",
    "public_document",
]


def enc_hook_exact(value: Any) -> Any:
    """For msgspec: points as exact texts."""
    if isinstance(value, Fraction):
        return stored(value)
    raise NotImplementedError(f"{type(value).__name__} cannot be written as JSON")


def enc_hook_shown(value: Any) -> Any:
    """For msgspec: points as numbers of at most two decimals."""
    if isinstance(value, Fraction):
        return as_json(value)
    raise NotImplementedError(f"{type(value).__name__} cannot be written as JSON")


def dec_hook(kind: type, value: Any) -> Any:
    """For msgspec: points, from a number or a text."""
    if kind is not Fraction:
        raise NotImplementedError(f"{kind.__name__} cannot be written as JSON")
    if isinstance(value, bool):
        raise ValueError(f"{value!r} is not a number of points")
    return exact(value)


def encode_exact(result: SubmissionResult) -> bytes:
    """A result for the gradebook; `decode_exact` gives an equal one."""
    return msgspec.json.encode(result, enc_hook=enc_hook_exact)


def public_document(result: SubmissionResult) -> dict[str, Any]:
    """The content of ``results/<submission>.json``: points as numbers, verdicts in words."""
    document: dict[str, Any] = msgspec.to_builtins(result, enc_hook=enc_hook_shown)
    document.pop("pictures", None)  # which are for whoever grades by hand, on pages of their own
    for question, shown in zip(result.questions, document["questions"], strict=True):
        shown["tests"] = [
            _worded(test, data) for test, data in zip(question.tests, shown["tests"], strict=True)
        ]
    document["notebook_errors"] = [
        {"cell": error.cell, "error": error.error} | {name: value for name, value in data.items() if value}
        for error, data in zip(result.notebook_errors, document["notebook_errors"], strict=True)
    ]
    return document


_FIRST = ("name", "file", "title", "status", "kind", "score", "max_score", "visibility")


def _worded(test: TestResult, data: dict[str, Any]) -> dict[str, Any]:
    worded = {name: data[name] for name in _FIRST}
    worded |= {"message": test.message, "mistake": test.mistake, "inherited": test.inherited}
    rest = {name: value for name, value in data.items() if name not in worded and value not in ("", None)}
    return worded | rest


def encode_shown(result: SubmissionResult) -> bytes:
    """The bytes of ``results/<submission>.json``."""
    return msgspec.json.format(msgspec.json.encode(public_document(result)), indent=2) + b"\n"


def decode_exact(content: bytes) -> SubmissionResult:
    """The result, from either form; raises `msgspec.MsgspecError` for anything else."""
    return msgspec.json.decode(content, type=SubmissionResult, dec_hook=dec_hook)
