"""What is read out of submission_metadata.json, and that nothing in it can stop a grading."""

from __future__ import annotations

import json
import random
from datetime import datetime

import pytest

from grader.errors import GradmarkError
from grader.gradescope import Metadata, PreviousSubmission, read_metadata
from grader.results import StudentIdentity

# As the specification shows it.
EXAMPLE = {
    "id": 123456,
    "created_at": "2018-07-01T14:22:32.365935-07:00",
    "assignment": {
        "due_date": "2018-07-31T23:00:00.000000-07:00",
        "group_size": 4,
        "group_submission": True,
        "id": 25828,
        "course_id": 1234,
        "late_due_date": None,
        "release_date": "2018-07-02T00:00:00.000000-07:00",
        "title": "Programming Assignment 1",
        "total_points": "20.0",
    },
    "submission_method": "upload",
    "users": [
        {"email": "ada@example.org", "id": 1234, "name": "Ada Łovelace"},
        {"email": "alan@example.org", "id": 1235, "name": "Alan Turing"},
    ],
    "previous_submissions": [
        {"submission_time": "2017-04-06T14:24:48.087023-07:00", "score": 1.5, "autograder_error": False, "results": {}},
        {"submission_time": "2017-04-07T14:24:48.087023-07:00", "score": 0.0, "autograder_error": True},
        {"submission_time": "2017-04-08T14:24:48.087023-07:00", "score": "2.5", "results": {}},
    ],
}  # fmt: skip


def read(tmp_path, content):
    path = tmp_path / "submission_metadata.json"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return read_metadata(path)


def test_the_specification_s_example(tmp_path):
    read_ = read(tmp_path, EXAMPLE)
    assert read_ == Metadata(
        title="Programming Assignment 1",
        submitted=datetime.fromisoformat("2018-07-01T14:22:32.365935-07:00"),
        due=datetime.fromisoformat("2018-07-31T23:00:00-07:00"),
        students=(
            StudentIdentity("1234", "Ada Łovelace", "ada@example.org"),
            StudentIdentity("1235", "Alan Turing", "alan@example.org"),
        ),
        previous=(
            PreviousSubmission(1.5, datetime.fromisoformat("2017-04-06T14:24:48.087023-07:00")),
            PreviousSubmission(2.5, datetime.fromisoformat("2017-04-08T14:24:48.087023-07:00")),
        ),
    )


def test_a_group_has_the_latest_extension_of_its_members(tmp_path):
    users = [
        {"id": 1, "assignment": {"due_date": EXAMPLE["assignment"]["due_date"]}},
        {"id": 2, "assignment": {"due_date": "2018-08-03T23:00:00-07:00"}},
        {"id": 3},
    ]
    assert read(tmp_path, EXAMPLE | {"users": users}).extension == datetime.fromisoformat(
        "2018-08-03T23:00-07:00"
    )
    assert read(tmp_path, EXAMPLE | {"users": users[:1]}).extension is None


def test_a_time_that_cannot_be_read_is_said(tmp_path):
    spoilt = EXAMPLE | {
        "created_at": "2018-07-01 14:22 PST",
        "assignment": EXAMPLE["assignment"] | {"due_date": 5},
    }
    got = read(tmp_path, spoilt)
    assert (got.submitted, got.due, got.untimed) == (None, None, "unread")
    assert got.unread[0].startswith(
        "the created_at in submission_metadata.json could not be read (2018-07-01 14:22 PST: PST can mean more than one"
    )
    assert got.unread[1].startswith("the due_date in submission_metadata.json could not be read (5: ")
    without = {key: value for key, value in EXAMPLE.items() if key != "created_at"}
    assert (read(tmp_path, without).unread, read(tmp_path, without).untimed) == ((), "none")


@pytest.mark.parametrize("content", [b"", b"[1]", b"{", b"\xff", b'"text"', b"[" * 100_000])
def test_what_is_no_object_is_said_in_one_sentence(tmp_path, content):
    with pytest.raises(GradmarkError, match=r"submission_metadata\.json"):
        read(tmp_path, content)


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(GradmarkError, match="cannot be read"):
        read_metadata(tmp_path / "none.json")


def test_a_field_of_another_kind_costs_no_other_field(tmp_path):
    """Every field in turn is exchanged for values of every kind."""
    whole = read(tmp_path, EXAMPLE)
    kinds = [None, True, -1, 1e300, "", "x" * 10_000, [], [1, None], {}, {"due_date": 3}]
    for key in EXAMPLE:
        for value in kinds:
            got = read(tmp_path, EXAMPLE | {key: value})
            same = [
                f
                for f in ("title", "submitted", "students", "previous")
                if getattr(got, f) == getattr(whole, f)
            ]
            assert len(same) >= 3, (key, value)


def test_random_changes_never_raise(tmp_path):
    choose = random.Random(3)
    leaves = [None, True, -1, 0.5, "2018", "2018-07-31T23:00:00", "9" * 400, [], {}, [[]], [{}]]

    def spoilt(value):
        if choose.random() < 0.2:
            return choose.choice(leaves)
        if isinstance(value, dict):
            return {key: spoilt(inner) for key, inner in value.items()}
        return [spoilt(inner) for inner in value] if isinstance(value, list) else value

    for _ in range(500):
        content = spoilt(EXAMPLE)
        if isinstance(content, dict):
            read(tmp_path, content)
