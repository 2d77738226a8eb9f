"""One lock for every environment: whole, and each part without a pin too many or too few."""

from __future__ import annotations

import re
import tomllib
from itertools import product

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.lock import AUTOGRADER, ENVIRONMENTS, LOCK, ROOT, part, read, written

SAMPLE = """\
# A header.
one==1.0 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
    # docs
    # dev staff: sys_platform == 'win32'
two==2.0 ; python_full_version < '3.12' \\
    --hash=sha256:cc
    # dev
two==2.1 ; python_full_version >= '3.12' \\
    --hash=sha256:dd
    # dev
"""
# Debian 12's Python and the first of each later series, on each system.
MACHINES = [
    {
        "python_full_version": full, "python_version": full.rpartition(".")[0], "sys_platform": system, "os_name": name,
        "platform_machine": "x86_64", "platform_python_implementation": "CPython", "implementation_name": "cpython",
    }
    for full, (system, name) in product(
        ("3.11.2", "3.11.9", "3.12.0", "3.13.0", "3.14.0"),
        (("linux", "posix"), ("darwin", "posix"), ("win32", "nt")),
    )
]  # fmt: skip


def asked_for(environment: str) -> list[Requirement]:
    """What pyproject.toml says that an environment needs, extras and groups within others included."""
    content = tomllib.loads((ROOT / "pyproject.toml").read_text())
    project, groups = content["project"], content["dependency-groups"]

    def within(entries):
        for entry in entries:
            if isinstance(entry, dict):
                yield from within(groups[entry["include-group"]])
            elif (requirement := Requirement(entry)).name == project["name"]:
                for extra in requirement.extras:
                    yield from within(project["optional-dependencies"][extra])
            else:
                yield requirement

    words = [word.removeprefix("--").partition("=") for word in ENVIRONMENTS[environment]]
    entries = list(project["dependencies"]) if ("pyproject.toml", "", "") in words else []
    for kind, _, name in words:
        entries += {"extra": project["optional-dependencies"], "group": groups}.get(kind, {}).get(name, [])
    return list(within(entries))


def test_a_part_is_read_as_its_comments_say():
    one, *two = read(SAMPLE)
    on_windows = "sys_platform == 'win32'"
    assert (one.name, one.marker) == ("one==1.0", "")
    assert one.environments == {"docs": "", "dev": on_windows, "staff": on_windows}
    assert one.hashes == "    --hash=sha256:aa \\\n    --hash=sha256:bb\n"
    assert [pin.environments for pin in two] == [
        {"dev": "python_full_version < '3.12'"},
        {"dev": "python_full_version >= '3.12'"},
    ]


def test_a_part_is_a_file_for_pip(monkeypatch, tmp_path):
    lock = tmp_path / "lock"
    lock.write_text(SAMPLE)
    monkeypatch.setattr("tools.lock.LOCK", lock)
    assert part("docs") == "one==1.0 --hash=sha256:aa --hash=sha256:bb\n"
    assert part("staff").startswith("one==1.0 ; sys_platform == 'win32' --hash=sha256:aa")
    assert part("libraries") == ""


def test_the_lock_is_written_as_it_is_read():
    text = LOCK.read_text()
    header = text[: re.search(r"^\w", text, re.MULTILINE).start()]
    assert text == header + "".join(map(written, read(text)))


def test_the_lock_names_no_index_and_every_pin_has_hashes():
    text = LOCK.read_text()
    assert not re.search(r"://|^ *-[^-]|--(?!hash)", text, re.MULTILINE)
    for pin in read(text):
        assert re.fullmatch(r"(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+", pin.hashes), pin.name
        assert pin.environments, f"no environment installs {pin.name}"
        assert set(pin.environments) <= set(ENVIRONMENTS), pin.name


def test_every_wheel_brings_the_part_that_an_autograder_installs():
    assert AUTOGRADER.read_text() == part("grade"), "make lock writes it"


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_an_environment_gets_one_fitting_version_of_all_that_it_needs_on_every_machine(environment):
    pins = [
        (*pin.name.split("=="), Marker(marker) if (marker := pin.environments[environment]) else None)
        for pin in read(LOCK.read_text())
        if environment in pin.environments
    ]
    for machine in MACHINES:
        taken = [
            (name.partition("[")[0], version)
            for name, version, marker in pins
            if not marker or marker.evaluate(machine)
        ]
        versions = dict(taken)
        assert len(versions) == len(taken), machine
        for needed in asked_for(environment):
            if not needed.marker or needed.marker.evaluate(machine):
                assert needed.specifier.contains(versions[canonicalize_name(needed.name)]), (needed, machine)
