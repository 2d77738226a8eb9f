"""``gradmark doctor`` says what grading will find here, and what to do about it."""

from __future__ import annotations

import compileall
import json
import sys

import msgspec
import pytest
from click.testing import CliRunner

from grader.cli.doctor import doctor
from grader.sandbox import isolation
from grader.sandbox.isolation import choose_plan
from grader.sandbox.outside.bytecode import uncompiled


def test_the_doctor_agrees_with_the_plan() -> None:
    plan = choose_plan()
    done = CliRunner().invoke(doctor, ["--json"])
    report = json.loads(done.output)
    assert done.exit_code == (0 if plan.safe else 1)
    assert report["safe"] == plan.safe
    assert report["safe_alone"] == plan.safe_alone
    active = {layer["name"] for layer in report["layers"] if layer["active"]}
    assert {layer.split("-")[0] for layer in plan.layers} <= active
    assert all(bool(layer["advice"]) != layer["active"] for layer in report["layers"])
    assert "Grading is" in CliRunner().invoke(doctor, []).output


def test_the_doctor_says_where_libraries_have_no_bytecode(tmp_path, monkeypatch) -> None:
    package = tmp_path / "a place" / "IPython"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(str(package.parent))
    monkeypatch.delitem(sys.modules, "IPython", raising=False)  # another test's, which would be asked first
    assert str(package) in uncompiled()
    said = CliRunner().invoke(doctor, []).output
    assert "start slowly" in said
    assert f"'{package}'" in said
    compileall.compile_dir(package, quiet=1)
    assert str(package) not in uncompiled()


@pytest.mark.parametrize(
    ("layers", "safe", "alone", "says"),
    [
        ({"seccomp": True, "landlock": 6}, True, True, "safe here, for a class and for a single"),
        (
            {"seccomp": True, "bubblewrap": "/usr/bin/bwrap"},
            True,
            True,
            "safe here, for a class and for a single",
        ),
        ({"seccomp": True, "user": True}, False, True, "Grading a class is NOT safe"),
        ({"seccomp": True}, False, False, "Grading is NOT safe here"),
        ({"user": True, "landlock": 6}, False, False, "Grading is NOT safe here"),
    ],
)
def test_the_doctor_tells_a_class_from_one_submission_alone(layers, safe, alone, says, monkeypatch) -> None:
    nothing = {"bubblewrap": None, "user": False, "landlock": 0, "seccomp": False, "cgroup": False}
    plan = msgspec.structs.replace(choose_plan(), **{**nothing, **layers})
    monkeypatch.setattr(isolation, "choose_plan", lambda: plan)
    done = CliRunner().invoke(doctor, ["--json"])
    report = json.loads(done.output)
    assert (report["safe"], report["safe_alone"], done.exit_code) == (safe, alone, 0 if safe else 1)
    told = CliRunner().invoke(doctor, [])
    assert says in told.output
    assert told.exit_code == (0 if safe else 1)
