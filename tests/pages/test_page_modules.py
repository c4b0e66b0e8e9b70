"""Pages are records and functions: nothing happens when they are imported."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from dashboard.specs import Page

PAGES = Path(__file__).parents[2] / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.py") if path.stem != "__init__")
ADDRESSES = {
    "accessibility": "Accessibility",
    "account": "Your account",
    "audit": "Audit log",
    "data": "Data",
    "ideas": "Ideas",
    "method": "Method",
    "overview": "Overview",
    "participation": "Participation",
    "people": "People",
    "plan": "Plan",
    "programmes": "Programmes",
    "report": "Summary report",
    "sessions": "Sessions",
    "snapshots": "Snapshots",
    "you-said-we-did": "You said, we did",
    "sentiment": "Sentiment",
    "themes": "Themes",
    "wording": "Wording",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_a_record_and_a_function_and_nothing_that_runs(name: str):
    body = ast.parse((PAGES / f"{name}.py").read_text()).body
    allowed = (ast.ImportFrom, ast.Import, ast.Assign, ast.FunctionDef)
    assert [type(node).__name__ for node in body[1:] if not isinstance(node, allowed)] == []
    assert isinstance(import_module(f"pages.{name}").PAGE, Page)
    assert callable(import_module(f"pages.{name}").render)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_at_most_sixty_lines(name: str):
    assert len((PAGES / f"{name}.py").read_text().splitlines()) <= 60


def test_importing_a_page_needs_no_settings_no_release_and_no_streamlit_run():
    code = "\n".join(f"import pages.{name}" for name in NAMES)
    bare = {"LOOKFORWARD_HOME": "/nonexistent", "LOOKFORWARD_IDLE_MINUTES": "not a number"}
    done = subprocess.run([sys.executable, "-c", code], env=bare, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
    assert "missing ScriptRunContext" not in done.stderr


def test_pages_have_the_titles_and_addresses_that_links_rely_on():
    pages = [import_module(f"pages.{name}").PAGE for name in NAMES]
    assert {page.url: page.title for page in pages} == ADDRESSES
    assert len({page.order for page in pages}) == len(pages)


def test_no_page_or_component_lets_html_through():
    """The constant style sheet goes out with the document."""
    sources = [*PAGES.glob("*.py"), *(PAGES.parent / "dashboard" / "components").glob("*.py")]
    using = {path.name for path in sources for word in ("unsafe_allow", "st.html(") if word in path.read_text()}
    assert using == set()
