"""Documents are held to the code they describe."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from data_access.frames import TABLES
from data_access.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]


def variables(text: str) -> dict[str, str]:
    return dict(re.findall(rf"^({PREFIX}\w+)=(.*)$", text, flags=re.MULTILINE))


def test_the_example_environment_names_every_setting_with_its_usual_value():
    example = variables((ROOT / ".env.example").read_text())
    usual = {}
    for name, field in Settings.model_fields.items():
        key = str(field.validation_alias or PREFIX + name.upper())
        default = None if field.default_factory else field.default
        usual[key] = "" if default is None else str(default).lower() if isinstance(default, bool) else str(default)
    assert example == usual


def test_the_glossary_is_in_order_and_says_each_word_once():
    words = re.findall(r"^\| \*\*(.+?)\*\*", (ROOT / "docs/glossary.md").read_text(), flags=re.MULTILINE)
    assert words == sorted(set(words), key=str.casefold)


@pytest.mark.parametrize("writer", ["write_commands.py", "write_data_dictionary.py"])
def test_written_documents_are_up_to_date(writer: str):
    """Run the named script of `docs/` after changing a command or a table."""
    script = ROOT / "docs" / writer
    finished = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr


def test_the_data_dictionary_describes_every_column_of_every_table():
    text = (ROOT / "docs/data-dictionary.md").read_text()
    assert [table.name for table in TABLES] == re.findall(r"^## `(\w+)`$", text, flags=re.MULTILINE)


def test_every_link_between_documents_leads_somewhere():
    broken = []
    for document in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", document.read_text()):
            if "://" not in target and not (document.parent / target).exists():
                broken.append(f"{document.name} -> {target}")
    assert broken == []


def test_every_dependency_has_a_reason_in_the_architecture():
    project = (ROOT / "pyproject.toml").read_text().split("[project.optional-dependencies]")[0]
    needed = re.findall(r'^    "([a-z0-9-]+)', project, flags=re.MULTILINE)
    reasons = (ROOT / "docs/architecture.md").read_text()
    assert [name for name in needed if f"`{name}`" not in reasons] == []
