"""What a browser may say over the websocket, tried on Streamlit itself."""

from __future__ import annotations

import re

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from dashboard import context
from dashboard.web.door import Owners
from dashboard.web.messages import checked_message, is_by_itself
from tests.web.spoken import connected, message, run


def test_without_a_cookie_there_is_the_sign_in_and_no_pages_name(client) -> None:
    with connected(client) as socket:
        _, said = run(socket, message("rerun_script", page="ideas"))
    assert "Sign in to LookForward" in said
    for name in ("Overview", "Themes", "Sentiment", "Participation", "Sign out"):
        assert name not in said


def test_with_a_visit_there_are_pages(client, visit) -> None:
    with connected(client, visit) as socket:
        _, said = run(socket, message("rerun_script"))
    assert "Overview" in said
    assert "Sign out" in said


@pytest.mark.parametrize("cookie", ["", "made-up"])
def test_a_stolen_session_id_opens_a_session_of_its_own(client, visit, cookie: str) -> None:
    """Streamlit hands a session to whoever knows its id, even while its owner is connected."""
    with connected(client, visit) as socket:
        stolen, said = run(socket, message("rerun_script"))
        assert "Sign out" in said
        with connected(client, cookie, session=stolen) as thief:
            own, said = run(thief, message("rerun_script"))
    assert own != stolen
    assert "Sign out" not in said
    with connected(client, cookie, session=stolen) as thief:
        assert run(thief, message("rerun_script"))[0] != stolen


def test_another_account_cannot_continue_a_session_either(client, door, visit) -> None:
    user, _ = door.credentials("hr")
    other, _ = door.start(door.ticket(user, "/"), None)
    with connected(client, visit) as socket:
        stolen, _ = run(socket, message("rerun_script"))
    with connected(client, other, session=stolen) as thief:
        assert run(thief, message("rerun_script"))[0] != stolen


def test_the_same_visit_continues_its_session_after_a_broken_connection(client, visit) -> None:
    with connected(client, visit) as socket:
        session, _ = run(socket, message("rerun_script"))
    with connected(client, visit, session=session) as socket:
        assert run(socket, message("rerun_script"))[0] == session


def test_a_visit_that_was_ended_sees_nothing_at_its_next_click(client, door, visit) -> None:
    with connected(client, visit) as socket:
        run(socket, message("rerun_script"))
        door.end(visit)
        _, said = run(socket, message("rerun_script", widget="anything"))
    assert "/auth/end?page=" in said
    assert "Sign out" not in said
    assert "published" not in said  # nothing of the page itself


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_nobody_can_clear_the_caches(client, visit, is_signed_in: bool) -> None:
    calls: list[int] = []

    @context.st.cache_resource
    def kept() -> int:
        calls.append(1)
        return len(calls)

    kept()
    with connected(client, visit if is_signed_in else "") as socket:
        socket.send_bytes(message("clear_cache").SerializeToString())
        run(socket, message("rerun_script"))
    assert kept() == 1


@pytest.mark.parametrize(
    ("kind", "signed_out", "signed_in"),
    [
        ("rerun_script", True, True),
        ("stop_script", True, True),
        ("app_heartbeat", True, True),
        ("file_urls_request", False, True),
        ("clear_cache", False, False),
        ("set_run_on_save", False, False),
        ("load_git_info", False, False),
        ("debug_disconnect_websocket", False, False),
        ("debug_shutdown_runtime", False, False),
    ],
)
def test_every_kind_of_message_is_allowed_or_dropped(kind: str, signed_out: bool, signed_in: bool) -> None:
    data = message(kind).SerializeToString()
    assert (checked_message(data, has_cookie=False, is_live=False) is not None) == signed_out
    assert (checked_message(data, has_cookie=True, is_live=True) is not None) == signed_in


def test_every_kind_streamlit_knows_is_in_that_table() -> None:
    """A new kind in a new Streamlit is dropped; this test asks somebody to decide."""
    kinds = {field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields}
    assert kinds == {
        "rerun_script", "stop_script", "app_heartbeat", "file_urls_request", "backend_operation_request",
        "clear_cache", "set_run_on_save", "load_git_info", "debug_disconnect_websocket", "debug_shutdown_runtime",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("operation", "allowed"),
    [("deferred_file", True), ("dataframe_chunk", True), ("install_skills", False), ("dismiss_skills_nudge", False)],
)
def test_operations_are_for_visits_and_only_two_of_them(operation: str, allowed: bool) -> None:
    said = message("backend_operation_request")
    getattr(said.backend_operation_request, operation).SetInParent()
    data = said.SerializeToString()
    assert (checked_message(data, has_cookie=True, is_live=True) is not None) == allowed
    assert checked_message(data, has_cookie=True, is_live=False) is None


def test_a_click_of_an_ended_visit_becomes_a_plain_run_of_the_script() -> None:
    data = message("rerun_script", fragment="f", widget="w", page="plan").SerializeToString()
    said = BackMsg()
    said.ParseFromString(checked_message(data, has_cookie=True, is_live=False) or b"")
    assert said == message("rerun_script", page="plan")


def test_the_sign_in_form_of_a_browser_without_a_cookie_arrives_whole() -> None:
    data = message("rerun_script", widget="password").SerializeToString()
    assert checked_message(data, has_cookie=False, is_live=False) == data


def test_the_oldest_owner_is_forgotten_first(monkeypatch) -> None:
    monkeypatch.setattr("dashboard.web.door.MOST_OWNERS", 2)
    owners = Owners()
    for session in ("a", "b", "a", "c"):
        owners.claim(session, "key")
    assert [owners.owns(session, "key") for session in "abc"] == [True, False, True]
    assert not owners.owns("a", "another key")


def test_a_fault_of_ours_gives_its_reader_a_number_and_nothing_else(client, visit, monkeypatch, caplog, capfd) -> None:
    """Neither the page nor the log repeats the error's words, which may be a participant's."""

    words = "hunter" + str(2)

    def broken(settings: object) -> bool:
        raise RuntimeError(f"p0 said {words}")

    monkeypatch.setattr(context, "has_release", broken)
    with connected(client, visit) as socket:
        _, said = run(socket, message("rerun_script"))
    [number] = set(re.findall(r"installation: ([0-9a-f]{8})", said))
    assert words not in said
    assert "Traceback" not in said
    [logged] = [entry.getMessage() for entry in caplog.records if entry.name == "lookforward"]
    assert logged.startswith(f"incident {number}: RuntimeError")
    assert "in broken" in logged
    assert words not in caplog.text + "".join(capfd.readouterr())


def test_a_page_that_looks_for_newer_data_by_itself_does_not_keep_a_visit_open():
    """Otherwise an idle tab would never time out."""
    looking = message("rerun_script", fragment="abc")
    looking.rerun_script.is_auto_rerun = True
    assert is_by_itself(looking.SerializeToString())
    assert not is_by_itself(message("rerun_script", fragment="abc").SerializeToString())
    assert not is_by_itself(message("app_heartbeat").SerializeToString())
    assert not is_by_itself(b"nonsense")
