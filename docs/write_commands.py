"""Write docs/commands.md from the command line's own help; with --check, only compare."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import typer

from dashboard.cli import app, gather

TARGET = Path(__file__).with_name("commands.md")


def options(command: Any, context: Any) -> list[str]:
    """Give one line an argument or option; typer's own classes have no public types."""
    records = [item.get_help_record(context) for item in command.get_params(context) if item.name != "help"]
    return [f"* `{name}`: {' '.join(meaning.split())}".removesuffix(": ") for name, meaning in filter(None, records)]


def section(command: Any, name: str) -> list[str]:
    """Give one command's part of the document, and those of its own commands."""
    context = command.context_class(command, info_name=name)
    if hasattr(command, "list_commands"):
        inner = [command.get_command(context, child) for child in command.list_commands(context)]
        return [line for child in inner for line in section(child, f"{name} {child.name}")]
    about = " ".join((command.help or "").split())
    return [f"## `{name}`", "", about, "", *options(command, context), ""]


def document() -> str:
    """Give the whole document."""
    gather()
    head = [
        "# Commands",
        "",
        "Every command prints one plain line a problem and returns a code of the problem's kind: 1 other, 2 import",
        "refused, 3 configuration, 4 nothing there, 5 selection not offered, 6 not allowed, 7 altered bytes, 8 vault",
        "not available. `--json` gives answer and problem alike as JSON.",
        "",
        "This page is written by `python docs/write_commands.py`.",
        "",
    ]
    return "\n".join(head + section(typer.main.get_command(app), "lookforward"))


if __name__ == "__main__":
    text = document()
    if "--check" in sys.argv:
        if TARGET.read_text() != text:
            sys.exit(f"{TARGET.name} is out of date: run python docs/{Path(__file__).name}")
    else:
        TARGET.write_text(text)
