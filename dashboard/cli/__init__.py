"""The command line: a front door that gathers input, calls one function and prints the answer.

A command is one file in this package with a function `add_to(app)`; files are found by walking the
folder, so a new command is one new file. Problems the user can mend come out as plain lines and an exit
code of their kind; everything else keeps its traceback.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pkgutil import iter_modules

import typer

from data_access.problems import ImportRefused, UserProblem

app = typer.Typer(
    name="lookforward",
    help="Moderated conversations, session feedback and a plan: import, publish, see.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def gather() -> None:
    """Find every command of this folder and add it."""
    for module in sorted(iter_modules(__path__), key=lambda found: found.name):
        if not module.name.startswith("_"):
            import_module(f"{__name__}.{module.name}").add_to(app)


def main() -> None:
    """Run one command; exit with the code of the problem's kind."""
    gather()
    try:
        app()
    except UserProblem as problem:
        if "--json" in sys.argv:
            print(json.dumps(_as_json(problem), ensure_ascii=False))
        else:
            print(str(problem), file=sys.stderr)
        raise SystemExit(problem.exit_code) from None


def _as_json(problem: UserProblem) -> dict[str, object]:
    answer: dict[str, object] = {"problem": type(problem).__name__, "message": str(problem)}
    if isinstance(problem, ImportRefused):
        answer["faults"] = [vars(fault) for fault in problem.faults]
    return answer
