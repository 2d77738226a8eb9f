"""Refuse a release that is not ready. ``make package TAG=v1.2.3`` runs ``python tools/release.py v1.2.3``."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def problems(tag: str, project: dict[str, Any], changelog: str) -> Iterator[str]:
    """One sentence for each thing to do before the release of a tag."""
    version = project["version"]
    if tag != f"v{version}":
        yield f"The tag {tag} does not match version {version} in pyproject.toml; the tag should be v{version}."
    latest = next((line for line in changelog.splitlines() if line.startswith("## ")), "")
    if not re.fullmatch(rf"## {re.escape(version)} \(\d{{4}}-\d\d-\d\d\)", latest):
        yield f"The first section of CHANGELOG.md should be '## {version} (YYYY-MM-DD)', not '{latest}'."
    if not project.get("urls", {}).get("Repository"):
        yield "pyproject.toml has no address for the code; fill in Repository under [project.urls]."


def main() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    if found := list(problems(sys.argv[1], project, changelog)):
        sys.exit("\n".join(found))


if __name__ == "__main__":
    main()
