"""The TA guide's own steps, from an empty environment to the export, as they stand."""

from __future__ import annotations

import pytest

from tests.docs.test_blocks import ROOT as PROJECT
from tests.docs.test_blocks import blocks_of
from tests.install.conftest import own_files, repository

GUIDE = PROJECT / "docs" / "ta-guide.md"


def steps() -> list[str]:
    """The guide's commands: the system's packages, the installation, entering it, and then the day."""
    return [block.text for block in blocks_of(GUIDE) if block.language == "sh"]


def test_the_guide_begins_with_the_installation():
    system, install, enter, doctor = steps()[:4]
    assert system.startswith("apt-get update\n")
    assert install.startswith('git clone "$COURSE" course\n')
    assert enter == ". .venv/bin/activate\n"
    assert doctor == "gradmark doctor\n"


def test_every_step_works_as_it_stands(machine, tmp_path_factory):
    """All but the system's packages, which make image-test installs in an empty container."""
    course = repository(own_files(), PROJECT, tmp_path_factory.mktemp("course"))
    _, install, enter, *day = steps()
    said = machine.must("".join([install, enter, *day]), COURSE=str(course))
    assert "Grading is safe here" in said
    assert "12 submissions: 12 graded now" in said
    made = machine.home / "course"
    assert {"final.csv", "canvas.csv", "similar.html", "graded", "answers"} <= {
        f.name for f in made.iterdir()
    }
    pages = [page.read_text() for page in (made / "graded" / "feedback").glob("*.html")]
    assert len(pages) == 12
    assert all('<span class="k">def</span>' in page for page in pages), (
        "code in colours takes all that staff need"
    )
    where = machine.must(". course/.venv/bin/activate; python -P -c 'import grader; print(grader.__file__)'")
    assert where.startswith(str(made / ".venv"))


def test_staff_can_build_and_validate_there(machine):
    if not (machine.home / "course" / ".venv").exists():
        pytest.skip("the guide's steps did not come so far")
    said = machine.must(
        "cd course; . .venv/bin/activate; gradmark validate ps1 --quick; gradmark build ps1 --out built"
    )
    assert "no errors in its files" in said
    assert list((machine.home / "course" / "built" / "student").glob("gradmark-*.whl"))
