"""What the product is made of: no library below an advisory's fix, every licence known, a bill of materials."""

from __future__ import annotations

import ast
import importlib.util
import json
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
FLOORS: dict[str, dict[str, Any]] = tomllib.loads(Path(__file__).with_name("floors.toml").read_text())
# Licences under which the product may be passed on. LGPL: psycopg is used unchanged, as a library.
ALLOWED = (
    "MIT", "BSD", "Apache", "ISC", "PSF", "Python Software Foundation", "MPL", "Mozilla", "LGPL-3.0", "Zlib",
)  # fmt: skip

ROOMS = ("dashboard", "pages", "data_access")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def licences() -> Any:
    spec = importlib.util.spec_from_file_location("write_licences", ROOT / "docs" / "write_licences.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def locked(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return {canonicalize_name(library): number for library, number in licences().pinned(text)}


@pytest.mark.parametrize("library", sorted(FLOORS))
def test_no_library_is_older_than_the_fix_of_its_advisories(library: str):
    floor = Version(FLOORS[library]["floor"])
    assert all(name.startswith(("CVE-", "GHSA-", "PYSEC-")) for name in FLOORS[library]["fixed"])
    assert Version(version(library)) >= floor
    assert Version(locked("requirements-test.lock")[library]) >= floor


def test_what_runs_in_tests_is_what_runs_in_the_product():
    product, tests = locked("requirements.lock"), locked("requirements-test.lock")
    assert {name: tests.get(name) for name in product} == product
    assert len(product) > 50


def test_every_pinned_library_carries_hashes():
    for lock in ("requirements.lock", "requirements-test.lock", "requirements-setup.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        blocks = text.replace("\\\n", " ").splitlines()
        assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_page_of_licences_is_up_to_date():
    written = licences()
    assert (ROOT / "docs" / "licences.md").read_text(encoding="utf-8") == written.page(
        (ROOT / "requirements.lock").read_text(encoding="utf-8")
    )


def test_every_library_states_a_licence_we_may_pass_on():
    unknown = {
        name: licences().licence_of(name)
        for name in locked("requirements.lock")
        if not any(word in licences().licence_of(name) for word in ALLOWED)
    }
    assert unknown == {}


def test_the_bill_of_materials_names_every_library_with_its_hash(tmp_path: Path):
    out = tmp_path / "sbom.json"
    command = [
        sys.executable, "-m", "cyclonedx_py", "requirements", str(ROOT / "requirements.lock"),
        "--pyproject", str(ROOT / "pyproject.toml"), "--output-reproducible", "--of", "JSON", "-o", str(out),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    bill = json.loads(out.read_text())
    assert bill["bomFormat"] == "CycloneDX"
    assert bill["metadata"]["component"]["name"] == "lookforward"
    named = {canonicalize_name(part["name"]): part for part in bill["components"]}
    assert {name: part["version"] for name, part in named.items()} == locked("requirements.lock")
    assert all("hashes" in json.dumps(part) for part in named.values())


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_loads_objects_from_bytes(path: Path):
    """Pickle, marshal and shelve run what they read; no part of the product may."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} & {"pickle", "marshal", "shelve", "dill", "joblib"} == set()
