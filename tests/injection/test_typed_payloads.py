"""Payloads typed by people of the dashboard, field by field: shown letter by letter, live nowhere, then or later."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Final

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard import sign_in
from data_access.tray.inbox import safe_name
from tests.injection.judge import MARKS, live
from tests.injection.payloads import payloads
from tests.injection.typed import PLACES, Typing, set_up
from tests.web.spoken import app_of, client_of, installed, shown

ROOT: Final = Path(__file__).parents[2]
TIMES: Final = 6


@pytest.fixture(scope="module")
def typing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Typing]:
    home = tmp_path_factory.mktemp("home")
    with installed(home, set_up) as settings, app_of(settings) as app, client_of(app) as client:
        yield Typing(settings, client, cycle(wording for _, wording in payloads()))


@pytest.fixture(scope="module")
def answers(typing: Typing) -> list[tuple[str, list[ForwardMsg]]]:
    """Every answer to what was typed, and every page as it was opened after it."""
    found = list(typing.signing_in())
    for place in PLACES:
        found += typing.through(place, TIMES)
    return found


def test_nothing_that_is_typed_is_live_in_an_answer_or_on_the_page_afterwards(answers):
    found = {f"{where}: {place}" for where, said in answers for one in said for place in live(one)}
    assert not found, "\n".join(sorted(found)[:20])
    assert not [where for where, said in answers if "Something went wrong" in shown(said)]


def test_what_is_typed_is_kept_and_shown(answers):
    """The control: what people wrote does come back, on every page that keeps it."""
    kept = {}
    for where, said in answers:
        if ", after" in where:
            kept.setdefault(where.partition("?")[0], set()).update(MARKS.findall(shown(said)))
    for page in ("themes", "snapshots", "report", "plan", "data", "people"):
        assert kept[page], page
    assert any("Added eve" in shown(said) for where, said in answers if where.startswith("people"))


def test_every_payload_was_typed(answers, typing: Typing):
    assert answers
    assert typing.typed >= len(payloads())


@pytest.mark.parametrize("wording", [wording for _, wording in payloads()])
def test_a_payload_as_the_name_of_a_file_is_letters_digits_and_dots(wording: str):
    assert re.fullmatch(r"[\w\-][\w.\-]*", safe_name(wording))


def labels() -> Iterator[str]:
    """Give the label of every field for text in the code, or how it begins."""
    for path in (*(ROOT / "dashboard/components").glob("*.py"), *(ROOT / "pages").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("text_input", "text_area"):
                first = node.args[0]
                text = first.values[0] if isinstance(first, ast.JoinedStr) else first
                assert isinstance(text, ast.Constant), f"{path.name}: the label is not written where the field is"
                yield str(text.value)


def test_every_field_there_is_was_typed_into(answers, typing: Typing):
    """A new field fails this test until a place that shows it is listed."""
    assert answers
    for begins in (*labels(), sign_in.FIELDS["Username"], sign_in.FIELDS["Password"]):
        assert any(label.startswith(begins) for label in typing.labels), begins
