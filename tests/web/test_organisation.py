"""What stands around Streamlit's OpenID Connect routes: settings, short cookies, the page that was asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.responses import Response
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from dashboard.web.open_demo import is_allowed
from dashboard.web.organisation import OrganisationSignIn, organisation_secrets, page_from_cookie
from dashboard.web.routes import is_streamlits
from data_access.problems import BadConfiguration
from data_access.settings import Settings

GOOD = """
[auth]
redirect_uri = "https://people.trust.example/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "lookforward"
client_secret = "hush"
server_metadata_url = "https://sso.trust.example/.well-known/openid-configuration"
"""


async def streamlit(scope: Scope, receive: Receive, send: Send) -> None:
    answer = Response("", status_code=302)
    answer.set_cookie("_streamlit_user", "x", max_age=2592000, httponly=True, samesite="lax")
    answer.set_cookie("other", "y", max_age=2592000)
    await answer(scope, receive, send)


def cookies(path: str, *, is_secure: bool = False, base: str = "", referer: str = "") -> list[str]:
    client = TestClient(OrganisationSignIn(streamlit, base, is_secure=is_secure), base_url="http://127.0.0.1:8501")
    return client.get(path, headers={"referer": referer}).headers.get_list("set-cookie")


def test_without_a_file_there_is_no_service(tmp_path: Path):
    assert organisation_secrets(tmp_path / "sign-in.toml") is None


def test_the_file_is_read_as_streamlit_documents_it(tmp_path: Path):
    (tmp_path / "sign-in.toml").write_text(GOOD)
    read = organisation_secrets(tmp_path / "sign-in.toml")
    assert read is not None
    assert read["auth"]["client_id"] == "lookforward"


def test_everything_that_is_missing_or_weak_is_named_and_no_secret_is(tmp_path: Path):
    (tmp_path / "sign-in.toml").write_text(
        '[auth]\ncookie_secret = "short"\nclient_secret = "hush"\nredirect_uri = "x"'
    )
    with pytest.raises(BadConfiguration) as problem:
        organisation_secrets(tmp_path / "sign-in.toml")
    for word in ("client_id is missing", "server_metadata_url is missing", "32 random", "/oauth2callback"):
        assert word in str(problem.value)
    assert "hush" not in str(problem.value)


def test_a_file_that_is_not_toml_is_said_so(tmp_path: Path):
    (tmp_path / "sign-in.toml").write_text("auth:\n  - no")
    with pytest.raises(BadConfiguration, match="not TOML"):
        organisation_secrets(tmp_path / "sign-in.toml")


def test_streamlits_cookie_lasts_two_minutes_and_others_are_left_alone():
    told = cookies("/oauth2callback")
    assert "Max-Age=120" in told[0]
    assert "2592000" in told[1]
    assert not any("Secure" in cookie for cookie in told)
    assert "2592000" in cookies("/elsewhere")[0]


def test_behind_tls_the_cookie_carries_the_secure_flag():
    told = cookies("/oauth2callback", is_secure=True)
    assert told[0].endswith("; Secure")


@pytest.mark.parametrize(
    ("referer", "page"),
    [
        ("http://127.0.0.1:8501/ideas?element=we-are-a-team", "/ideas?element=we-are-a-team"),
        ("", "/"),
        ("http://127.0.0.1:8501//evil.example/x", "/"),
        ("http://127.0.0.1:8501/" + "a" * 3000, "/"),
    ],
)
def test_the_page_that_was_asked_for_is_kept_if_it_is_one_of_ours(referer: str, page: str):
    kept = next(cookie for cookie in cookies("/auth/login", referer=referer) if cookie.startswith("lookforward_page="))
    assert "HttpOnly" in kept
    assert page_from_cookie(kept.split(";")[0].partition("=")[2]) == page


def test_the_page_is_told_below_the_base_path():
    kept = next(
        cookie
        for cookie in cookies("/voices/auth/login", base="voices", referer="http://127.0.0.1:8501/voices/ideas?q=rota")
        if cookie.startswith("lookforward_page=")
    )
    assert page_from_cookie(kept.split(";")[0].partition("=")[2], "/voices") == "/ideas?q=rota"


@pytest.mark.parametrize("value", [None, "", "https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example"])
def test_a_cookie_that_points_elsewhere_leads_to_the_first_page(value: str | None):
    assert page_from_cookie(value) == "/"


def test_parts_of_streamlits_cookies_are_known_and_ours_are_not():
    assert [is_streamlits(name) for name in ("_streamlit_user", "_streamlit_user_tokens_2", "lookforward_visit")] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.168.1.4", "people.trust.example"])
def test_the_open_demo_is_for_loopback_only(settings: Settings, address: str):
    assert not is_allowed(settings, address)
