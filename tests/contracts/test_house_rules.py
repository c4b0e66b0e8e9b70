"""The rules of the rooms, held by machine: arrows, sizes, names, no frames as cache keys."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("dashboard", "pages", "data_access")
LONGEST_MODULE = 300
LONGEST_FUNCTION = 40
LONGEST_PAGE = 60


def modules(*rooms: str) -> list[Path]:
    found = [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring."""
    first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
    assert node.end_lineno is not None
    signature = node.body[0].lineno - node.lineno
    return signature + node.end_lineno - first.lineno + 1


def test_imports_follow_the_arrows():
    """A new module cannot reach over a wall: the contracts are in pyproject.toml."""
    finished = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stdout


@pytest.mark.parametrize("path", modules(*ROOMS), ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_and_functions_keep_their_size(path: Path):
    assert len(path.read_text().splitlines()) <= (LONGEST_PAGE if path.parent.name == "pages" else LONGEST_MODULE)
    too_long = {node.name: code_lines(node) for node in functions(path) if code_lines(node) > LONGEST_FUNCTION}
    assert too_long == {}


def test_no_module_beside_the_entry_script_hides_a_library():
    """Streamlit puts `dashboard/` first on the path: `dashboard/statistics.py` would replace Python's own."""
    distributions = set(importlib.metadata.packages_distributions()) - set(ROOMS)
    own = {path.stem for path in (ROOT / "dashboard").iterdir() if path.suffix == ".py" or path.is_dir()}
    assert own & (set(sys.stdlib_module_names) | distributions) - {"__init__", "__pycache__"} == set()


def test_no_cached_function_takes_a_frame():
    """Streamlit hashes a large frame by a sample and then answers one viewer with another's numbers."""
    offenders = []
    for path in modules("dashboard", "pages"):
        for node in functions(path):
            decorators = " ".join(ast.unparse(decorator) for decorator in node.decorator_list)
            if "cache" not in decorators:
                continue
            annotations = [ast.unparse(arg.annotation) for arg in node.args.args if arg.annotation]
            offenders += [f"{path.name}:{node.name}" for text in annotations if re.search(r"Frame|Result", text)]
    assert offenders == []


def test_unsafe_html_is_allowed_nowhere():
    using = [path.name for path in modules("dashboard", "pages") if "unsafe_allow_html" in path.read_text()]
    assert using == []


def test_nothing_committed_names_a_registry():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    hosts = re.compile(r"files\.python" + r"hosted|pypi\.org/" + r"simple|registry\.npm" + r"js|deb\.deb" + r"ian")
    texts = [ROOT / name for name in listed.stdout.split() if not name.startswith("tests/data/")]
    naming = [path.name for path in texts if path.is_file() and hosts.search(path.read_text(errors="ignore"))]
    assert naming == []
