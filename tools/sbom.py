"""Write a CycloneDX bill of materials of the image: its Debian packages and its Python packages.

    python tools/sbom.py --environment /opt/gradmark --packages /var/lib/dpkg/status --out sbom.cdx.json

The same packages give the same bytes, since it holds no time and no random number.
"""

from __future__ import annotations

import argparse
import email.parser
import uuid
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path

from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--environment", type=Path, required=True, help="a virtual environment")
    parser.add_argument("--packages", type=Path, required=True, help="dpkg's status file")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    components = [*python_packages(given.environment), *debian_packages(given.packages)]
    bom = Bom(components=components)
    bom.metadata.component = next(one for one in components if one.name == "gradmark")
    bom.components.remove(bom.metadata.component)
    bom.serial_number = uuid.uuid5(uuid.NAMESPACE_URL, "\n".join(sorted(str(one.purl) for one in components)))
    bom.metadata.timestamp = None
    given.out.write_text(
        make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=1),
        encoding="utf-8",
    )
    print(f"{len(components)} packages in {given.out}")


def python_packages(environment: Path) -> Iterator[Component]:
    """Everything installed in a virtual environment."""
    folders = [str(folder) for folder in sorted(environment.glob("lib/python*/site-packages"))]
    found = {
        one.metadata["Name"].lower().replace("_", "-"): one.version for one in distributions(path=folders)
    }
    for name, version in sorted(found.items()):
        yield _component(PackageURL("pypi", None, name, version))


def debian_packages(status: Path) -> Iterator[Component]:
    """Everything that dpkg installed."""
    parser = email.parser.Parser()
    for stanza in status.read_text(encoding="utf-8").split("\n\n"):
        fields = parser.parsestr(stanza.strip())
        if "installed" in fields.get("Status", "").split():
            qualifiers = {"arch": fields["Architecture"]}
            yield _component(PackageURL("deb", "debian", fields["Package"], fields["Version"], qualifiers))


def _component(purl: PackageURL) -> Component:
    kind = ComponentType.APPLICATION if purl.name == "gradmark" else ComponentType.LIBRARY
    return Component(type=kind, name=purl.name, version=purl.version, purl=purl, bom_ref=purl.to_string())


if __name__ == "__main__":
    main()
