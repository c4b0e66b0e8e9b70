"""Write docs/licences.md: every library the product runs on, its version and its licence.

    .venv/bin/python docs/write_licences.py

The names come from requirements.lock, the licences from what the installed packages say of themselves. A test
holds the page against both.
"""

from __future__ import annotations

import re
from importlib.metadata import metadata
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
PAGE: Final = ROOT / "docs" / "licences.md"
PINNED: Final = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
LONGEST_NAME: Final = 30
HEAD: Final = """# Libraries and their licences

LookForward itself is MIT. It runs on the libraries below, at the versions of `requirements.lock`. This page is
written by `docs/write_licences.py`; `make sbom` writes the same list as a CycloneDX bill of materials, with hashes.

| library | version | licence |
|---|---|---|
"""


def pinned(lock: str) -> list[tuple[str, str]]:
    """Give names and versions of a lock file, in its order."""
    return PINNED.findall(lock)


def licence_of(name: str) -> str:
    """Give the licence a package states: its expression, its classifier, or the short name it wrote down."""
    facts = metadata(name)
    classifiers = [line for line in facts.get_all("Classifier") or [] if line.startswith("License ::")]
    written = (facts.get("License") or "").strip()
    if facts.get("License-Expression"):
        return str(facts["License-Expression"])
    if classifiers:
        return "; ".join(line.split("::")[-1].strip() for line in classifiers)
    return written.splitlines()[0] if written and len(written) <= LONGEST_NAME else ""


def page(lock: str) -> str:
    """Give the page for a lock file."""
    rows = (f"| {name} | {version} | {licence_of(name)} |" for name, version in pinned(lock))
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page((ROOT / "requirements.lock").read_text(encoding="utf-8")), encoding="utf-8")
