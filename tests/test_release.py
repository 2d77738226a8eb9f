"""What a release is checked for, and the files that say what gradmark is to those who find it."""

from __future__ import annotations

import tomllib

import pytest
import yaml

from grader.version import version
from tests.install.conftest import ROOT
from tools.release import problems

PROJECT = {"version": "1.2.3", "urls": {"Repository": "https://forge.example/gradmark"}}
CHANGELOG = "# Changelog\n\nWhat changes.\n\n## 1.2.3 (2027-01-31)\n\nText.\n\n## 1.2.2 (2026-12-01)\n"
UNDATED = CHANGELOG.replace("2027-01-31", "not yet released")


def test_a_release_that_is_ready_is_not_refused():
    assert list(problems("v1.2.3", PROJECT, CHANGELOG)) == []


@pytest.mark.parametrize(
    ("tag", "project", "changelog", "said"),
    [
        ("v1.2.4", PROJECT, CHANGELOG, "The tag v1.2.4 does not match version 1.2.3 in pyproject.toml"),
        ("1.2.3", PROJECT, CHANGELOG, "the tag should be v1.2.3."),
        ("v1.2.3", PROJECT, UNDATED, "should be '## 1.2.3 (YYYY-MM-DD)', not '## 1.2.3 (not yet released)'."),
        ("v1.2.3", PROJECT, CHANGELOG.replace("1.2.3", "1.2.4"), "CHANGELOG.md should be '## 1.2.3 (YYYY-MM-DD)'"),
        ("v1.2.2", PROJECT | {"version": "1.2.2"}, CHANGELOG, "not '## 1.2.3 (2027-01-31)'."),
        ("v1.2.3", {"version": "1.2.3"}, CHANGELOG, "pyproject.toml has no address for the code"),
        ("v1.2.3", PROJECT | {"urls": {"Repository": ""}}, CHANGELOG, "fill in Repository under [project.urls]."),
    ],
)  # fmt: skip
def test_each_thing_that_is_missing_is_named_in_one_sentence(tag, project, changelog, said):
    (sentence,) = problems(tag, project, changelog)
    assert said in sentence
    assert sentence.endswith(".")


@pytest.fixture(scope="module")
def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_the_installed_version_is_that_of_pyproject(project):
    assert version() == project["version"]


def test_the_changelog_starts_with_that_version(project):
    headings = [line for line in (ROOT / "CHANGELOG.md").read_text().splitlines() if line.startswith("## ")]
    assert headings[0].startswith(f"## {project['version']} (")


def test_the_citation_says_what_pyproject_says_and_leaves_the_version_to_it(project):
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert citation["cff-version"] == "1.2.0"
    assert citation["message"]
    assert (citation["title"], citation["abstract"]) == (project["name"], project["description"])
    assert citation["authors"] == project["authors"]
    assert (citation["license"], citation["keywords"]) == (project["license"], project["keywords"])
    assert "version" not in citation


def test_the_licence_is_the_mit_text_alone():
    """Detectors compare the whole file with the text that they know."""
    text = (ROOT / "LICENSE").read_text()
    assert text.startswith("MIT License\n\nCopyright (c) ")
    assert text.endswith(
        "OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE\nSOFTWARE.\n"
    )
    assert text.count("\n\n") == 4
