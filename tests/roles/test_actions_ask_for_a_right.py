"""Every function of the screen that writes asks for a right, by machine: one that does not fails the build.

What writes is found by reading the code: functions of the desk and the tray that change a table or a file, and those
that call them. Whoever calls one from a component does so within `doing`, which asks and notes refusals, or goes
through a function that does.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Final

import pytest

ROOT = Path(__file__).parents[2]
STATEMENTS: Final = {"insert", "update", "delete", "write_bytes", "write_text", "rmtree", "unlink", "replace", "mkdir"}
OF_SQL: Final = {"insert", "update", "delete"}
WRITING_ROOMS: Final = ("data_access/desk", "data_access/tray", "dashboard/snapshots")
# These check the right themselves, as their first statement: the test below holds them to it.
ASKING: Final = {
    "dashboard.asking": {"ask", "stop", "propose", "take_back", "decide", "keep_back"},
    "dashboard.taking_away": {"taken"},
}
# Functions that are only handed to one that asks first: (module, the functions, what they go through).
THROUGH: Final = {
    "people_forms": ({"_add", "_change_role", "_close", "_open", "_sign_out", "_password"}, "people_forms._act"),
    "plan_forms": (
        {"_status", "_note", "_milestone", "_no_milestone", "_evidence", "_no_evidence"}, "plan_editor._save",
    ),
    "plan_editor": ({"_undone"}, "plan_editor._save"),
}  # fmt: skip
# Reading opens the desk, which makes its folder: no change of what anybody recorded.
NOT_WRITES: Final = {"open_desk", "connect_desk", "reading"}
Function = ast.FunctionDef


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def functions(path: Path) -> dict[str, Function]:
    return {node.name: node for node in ast.walk(parsed(path)) if isinstance(node, Function)}


def called(node: ast.AST) -> Iterator[str]:
    """Name what a piece of code calls, or hands to `partial` to be called later."""
    for one in ast.walk(node):
        if isinstance(one, ast.Call):
            yield from _names([one.func, *(one.args[:1] if _plain(one.func) == "partial" else [])])


def _names(nodes: list[ast.expr]) -> Iterator[str]:
    yield from (name for name in map(_plain, nodes) if name)


def _plain(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


@cache
def writers() -> frozenset[str]:
    """Name every public function of the writing rooms that writes, itself or through others of them."""
    paths = [path for room in WRITING_ROOMS for path in sorted((ROOT / room).glob("*.py"))]
    calls = {name: set(called(node)) for path in paths for name, node in functions(path).items()}
    writing = {name for path in paths for name, node in functions(path).items() if _writes(path, node)}
    while more := {name for name, made in calls.items() if made & writing} - writing:
        writing |= more
    return frozenset(name for name in writing - NOT_WRITES if not name.startswith("_"))


def _writes(path: Path, node: Function) -> bool:
    is_sql = "sqlalchemy" in path.read_text()
    for one in ast.walk(node):
        if isinstance(one, ast.Call):
            name = _plain(one.func)
            is_statement = isinstance(one.func, ast.Name) if name in OF_SQL else isinstance(one.func, ast.Attribute)
            if name in STATEMENTS and is_statement and (is_sql or name not in OF_SQL) and not _is_of_text(one):
                return True
    return False


def _is_of_text(call: ast.Call) -> bool:
    """`replace` of texts and records takes words or names; of a file it takes one path."""
    return _plain(call.func) == "replace" and (len(call.args) != 1 or bool(call.keywords))


def imported(path: Path) -> dict[str, str]:
    """Give what the names of a module stand for: 'jobs' -> 'data_access.desk.jobs', 'ask' -> 'dashboard.asking.ask'."""
    found = {}
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {name.asname or name.name: f"{node.module}.{name.name}" for name in node.names}
    return found


def writes_in(path: Path, node: ast.AST) -> set[str]:
    """Name the writing functions that a piece of a component calls or hands on."""
    known = imported(path)
    rooms = tuple(room.replace("/", ".") for room in WRITING_ROOMS)
    found = set()
    for one in ast.walk(node):
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and one.attr in writers():
            found |= {one.attr} if known.get(one.value.id, "").startswith(rooms) else set()
        elif isinstance(one, ast.Name) and one.id in known:
            place, _, name = known[one.id].rpartition(".")
            found |= {name} if place.startswith(rooms) and name in writers() else set()
    return found


def checks(node: ast.AST) -> bool:
    """Whether a piece of code is done within `doing(viewer, desk, Right.…)`, or with the `right` it was given."""
    return any(
        isinstance(one, ast.Call) and _plain(one.func) == "doing" and any(map(_is_right, one.args))
        for one in ast.walk(node)
    )


class _WithoutDoing(ast.NodeTransformer):
    """Take out what is done within `doing`."""

    def visit_With(self, node: ast.With) -> ast.AST:
        return ast.Pass() if checks(node.items[0]) else self.generic_visit(node)


def unasked(path: Path, node: Function) -> set[str]:
    """Name what a function writes outside of `doing`."""
    return writes_in(path, _WithoutDoing().visit(deepcopy(node)))


def _is_right(node: ast.expr) -> bool:
    return _plain(node) == "right" or (isinstance(node, ast.Attribute) and _plain(node.value) == "Right")


COMPONENTS = sorted([*(ROOT / "dashboard/components").glob("*.py"), *(ROOT / "pages").glob("*.py")])
WRITING = [
    pytest.param(path, name, id=f"{path.stem}.{name}")
    for path in COMPONENTS
    for name, node in functions(path).items()
    if writes_in(path, node)
]


def test_the_functions_that_write_are_found():
    """The control: the list holds what is known to write, and nothing that reads."""
    assert {
        "add_account", "change_role", "close_account", "open_account", "replace_password", "end_visits",
        "change_own_password", "set_status", "set_note", "set_milestone", "withdraw_milestone", "set_evidence",
        "withdraw_evidence", "undo_newest", "ask", "cancel", "propose", "decide", "take_back", "save_view",
        "rename_view", "delete_view", "record", "decide_wordings", "receive", "throw_away", "keep", "take",
    } <= writers()  # fmt: skip
    assert not {"account_lines", "entries", "verify_chain", "open_ones", "newest", "views_of", "plan_as_at"} & writers()


@pytest.mark.parametrize(("path", "name"), WRITING)
def test_whoever_writes_asks_for_a_right(path: Path, name: str):
    through, by = THROUGH.get(path.stem, (set(), ""))
    if name in through:
        module, _, function = by.partition(".")
        assert checks(functions(ROOT / "dashboard/components" / f"{module}.py")[function])
    else:
        assert not unasked(path, functions(path)[name]), f"{path.stem}.{name} asks for no right"


def test_there_are_as_many_as_are_known():
    """The control of the test above: it looked at every place there is, and at some at all."""
    assert {one.id.partition(".")[0] for one in WRITING} >= {
        "data_upload", "own_account", "people_forms", "plan_editor", "plan_forms", "saved_views", "suggest_tray",
        "snapshot_take",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("module", "name"), [(module, name) for module, names in ASKING.items() for name in sorted(names)]
)
def test_what_others_ask_through_checks_before_anything_else(module: str, name: str):
    node = functions(ROOT / f"{module.replace('.', '/')}.py")[name]
    first = next(one for one in node.body if not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)))
    assert isinstance(first, ast.With)
    assert checks(first.items[0])


def test_asking_offers_no_other_way_to_write():
    path = ROOT / "dashboard/asking.py"
    assert {name for name, node in functions(path).items() if writes_in(path, node)} == ASKING["dashboard.asking"]


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_no_file_is_offered_but_through_the_log(path: Path):
    """What a download button gives goes through `taken`, which checks and records, at most by one more step."""
    own = functions(path)
    for one in ast.walk(parsed(path)):
        if isinstance(one, ast.Call) and _plain(one.func) == "download_button":
            data = next(
                (word.value for word in one.keywords if word.arg == "data"), one.args[1] if one.args[1:] else None
            )
            assert isinstance(data, ast.Call), f"{path.stem} offers bytes that are made before they are asked for"
            made_by = _plain(data.args[0])
            assert made_by == "taken" or "taken" in set(called(own[made_by])), f"{path.stem}: {made_by}"


def test_a_component_that_writes_without_asking_is_found(tmp_path: Path):
    """The control: the very thing the tests above are to catch."""
    file = tmp_path / "careless.py"
    file.write_text("from data_access.desk import jobs\ndef press(context):\n    jobs.ask(context, kind='publish')\n")
    node = functions(file)["press"]
    assert unasked(file, node) == {"ask"}
    guarded = "    with doing(context.viewer, context.desk, Right.EXPORT):\n        jobs.ask(context, kind='publish')\n"
    file.write_text(f"{file.read_text().splitlines()[0]}\ndef press(context):\n{guarded}    jobs.cancel(context)\n")
    parsed.cache_clear()
    assert unasked(file, functions(file)["press"]) == {"cancel"}
