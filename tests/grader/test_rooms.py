"""The architecture page draws the rooms of `grader/` as they are, and as the contracts in pyproject.toml hold them."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def section(heading: str) -> str:
    return PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def drawn() -> list[set[str]]:
    """The rows of the page's block; a row goes on where the line above ends with a dot."""
    (block,) = re.findall(r"```text\n(.*?)```", section("Who imports whom"), re.DOTALL)
    return [set(row.split(" · ")) for row in block.replace(" ·\n", " · ").splitlines()]


def held() -> list[set[str]]:
    """The layers that import-linter holds the code to."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    (layers,) = [one["layers"] for one in contracts if one.get("containers") == ["grader"]]
    return [set(layer.split(" | ")) for layer in layers]


def test_the_block_of_layers_is_the_contract():
    assert drawn() == held()


def test_the_block_names_every_package_and_module():
    there = {path.parent if path.name == "__init__.py" else path for path in (ROOT / "grader").glob("*.py")}
    there |= {path.parent for path in (ROOT / "grader").glob("*/__init__.py")}
    assert set().union(*drawn()) == {path.stem for path in there} - {"grader"}


def test_the_table_of_rooms_has_a_line_for_every_package():
    lines = re.findall(r"^\| `(\w+)` \|", section("The rooms"), re.MULTILINE)
    assert sorted(lines) == sorted(path.parent.name for path in (ROOT / "grader").glob("*/__init__.py"))
