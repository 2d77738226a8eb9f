"""``gradmark doctor`` says what grading will find here, and what to do about it."""

from __future__ import annotations

import compileall
import json
import sys

from click.testing import CliRunner

from grader.cli.doctor import doctor
from grader.sandbox.isolation import choose_plan
from grader.sandbox.outside.bytecode import uncompiled


def test_the_doctor_agrees_with_the_plan() -> None:
    plan = choose_plan()
    done = CliRunner().invoke(doctor, ["--json"])
    report = json.loads(done.output)
    assert done.exit_code == (0 if plan.safe else 1)
    assert report["safe"] == plan.safe
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
