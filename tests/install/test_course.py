"""A course that `gradmark new` made, and the steps of its continuous integration, in an environment of their own."""

from __future__ import annotations

import yaml

from grader.scaffold import new_course


def test_its_continuous_integration_is_green(machine):
    """As a clean machine runs it: nothing is installed but what requirements.txt names, gradmark from its wheel."""
    course = machine.home / "linear-algebra"
    new_course(course)
    workflow = yaml.safe_load((course / ".github" / "workflows" / "course.yml").read_text())
    commands = [step["run"] for step in workflow["jobs"]["trust"]["steps"] if "run" in step]
    assert commands == yaml.safe_load((course / ".gitlab-ci.yml").read_text())["trust"]["script"]
    machine.must("python3 -m venv ../venv", cwd=course)
    entered = [". ../venv/bin/activate", *commands]
    said = machine.must("\n".join(entered), cwd=course)
    assert "4 passed" in said or "passed" in said
    assert (course / "build" / "ps1" / "ps1-student.zip").is_file()
    # What the course hands out brings the same gradmark on.
    (wheel,) = (course / "wheels").iterdir()
    assert (course / "build" / "ps1" / "student" / wheel.name).read_bytes() == wheel.read_bytes()
