"""What the server answers to whom, and with which headers."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest
from starlette.testclient import TestClient
from streamlit.runtime import get_instance

from dashboard.web import policy, routes
from dashboard.web.door import Door

EVERY_ROUTE = [
    "/", "/ideas", "/overview?element=x", "/healthz", "/favicon.png", "/_stcore/health", "/_stcore/host-config",
    "/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent/openapi.json", "/_stcore/agent/interact",
    "/media/abc.csv", "/_stcore/upload_file/a/b", "/auth/start", "/auth/end", "/auth/login", "/auth/logout",
    "/oauth2callback", "/static/no-such-file.js", "/component/none/index.html", "/no/such/page",
]  # fmt: skip
HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def as_visitor(client: TestClient, secret: str) -> TestClient:
    """Let the browser send a visit's cookie."""
    client.cookies.set("lookforward_visit", secret)
    return client


@pytest.mark.parametrize("path", EVERY_ROUTE)
def test_every_answer_carries_every_header(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    policy_of = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy_of
    assert "'unsafe-eval'" not in policy_of
    assert "'unsafe-inline'" not in policy_of.split("style-src")[0]


def test_the_policy_allows_the_scripts_of_the_page_by_hash_and_no_other() -> None:
    document = "<script>a=1</script><script src='x.js'></script><script>\n b\n</script>"
    assert policy.script_hashes(document)[:2] == [
        "'sha256-wi/qXXQo5c9H72NUyXySI8ldbc3D4NIwD/eQVrH/PYU='",
        "'sha256-JwjV3UgnzEqu8h2GOuTdddqUhsISzHvFi5RbNQ4clSE='",
    ]
    assert len(policy.script_hashes(document)) == 3  # and ours


def test_only_behind_tls_browsers_are_told_to_stay_there() -> None:
    assert "strict-transport-security" not in policy.security_headers("", is_secure=False)
    assert policy.security_headers("", is_secure=True)["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics", "/_STCORE/Metrics", "/_stcore/script-health-check", "/_stcore/agent/openapi.json",
        "/_stcore/agent/mcp", "/auth/login", "/auth/logout", "/oauth2callback",
    ],
)  # fmt: skip
def test_routes_of_no_use_to_readers_are_closed_even_to_those_signed_in(client, door, visit, path: str) -> None:
    assert as_visitor(client, visit).get(path).status_code == 404
    assert as_visitor(client, visit).post(path).status_code == 404


@pytest.fixture
def media(client) -> str:
    """Path of a file that a page offers for download."""
    manager = get_instance().media_file_mgr
    return manager.add(b"element,voters\n", "text/csv", "1.2.3", file_name="a.csv", is_for_static_download=True)


def test_a_download_needs_a_live_visit_and_is_not_kept_by_browsers(client, door, visit, media: str) -> None:
    assert client.get(media).status_code == 403
    assert as_visitor(client, "made-up").get(media).status_code == 403
    answer = as_visitor(client, visit).get(media)
    assert (answer.status_code, answer.text) == (200, "element,voters\n")
    assert answer.headers["cache-control"] == "no-store"
    door.end(visit)
    assert as_visitor(client, visit).get(media).status_code == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_uploads_need_a_live_visit(client, method: str) -> None:
    assert client.request(method, "/_stcore/upload_file/session/file").status_code == 403


def test_the_health_route_says_that_it_answers_and_nothing_of_the_installation(client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


def test_the_first_page_under_its_own_name_leads_to_the_root_with_its_query(client) -> None:
    answer = client.get("/overview?element=we-are-a-team&conversation=x")
    assert (answer.status_code, answer.headers["location"]) == (307, "/?element=we-are-a-team&conversation=x")


def test_scripts_are_packed_once_and_unpack_to_the_same_bytes(client) -> None:
    path = policy.streamlit_document().split('src="./')[1].split('"')[0]
    plain = client.get(f"/{path}", headers={"accept-encoding": "identity"})
    for _ in range(2):
        with client.stream("GET", f"/{path}", headers={"accept-encoding": "gzip"}) as answer:
            packed = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == "gzip"
        assert "accept-encoding" in answer.headers["vary"].lower()
        assert gzip.decompress(packed) == plain.content
    assert len(packed) < len(plain.content) / 2


def test_a_ticket_sets_a_cookie_scripts_cannot_read_and_leads_to_the_page_asked_for(client, door) -> None:
    user, _ = door.credentials("leader")
    answer = client.get(routes.start_link(door.ticket(user, "/ideas?element=we-are-a-team")))
    assert (answer.status_code, answer.headers["location"]) == (303, "/ideas?element=we-are-a-team")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("lookforward_visit=")
    assert [part.strip() for part in cookie.split(";")][1:] == ["HttpOnly", "Path=/", "SameSite=lax"]
    assert door.visit(answer.cookies[door.cookie]).user.name == "leader"


def test_behind_tls_the_cookie_is_secure_and_bound_to_this_host(door: Door) -> None:
    secure = Door(door.engine, door.limits, is_secure=True, now=door.now)
    user, _ = secure.credentials("leader")
    from starlette.applications import Starlette

    client = TestClient(Starlette(routes=routes.routes(lambda: secure)), follow_redirects=False)
    cookie = client.get(routes.start_link(secure.ticket(user, "/"))).headers["set-cookie"]
    assert cookie.startswith("__Host-lookforward=")
    assert "Secure" in cookie


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_a_ticket_in_a_link_from_elsewhere_signs_nobody_in(client, door, site: str) -> None:
    user, _ = door.credentials("leader")
    answer = client.get(routes.start_link(door.ticket(user, "/ideas")), headers={"sec-fetch-site": site})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "set-cookie" not in answer.headers


def test_signing_in_again_ends_the_browsers_earlier_visit(client, door, visit) -> None:
    user, _ = door.credentials("hr")
    as_visitor(client, visit).get(routes.start_link(door.ticket(user, "/")))
    assert door.visit(visit) is None


def test_a_link_from_elsewhere_cannot_sign_anybody_out(client, door, visit) -> None:
    answer = as_visitor(client, visit).get("/auth/end")
    assert "set-cookie" not in answer.headers
    assert door.visit(visit).user.name == "leader"


def test_the_cookie_of_an_ended_visit_is_taken_away_and_the_page_kept(client, door, visit) -> None:
    door.end(visit)
    answer = as_visitor(client, visit).get(routes.end_link("/ideas?element=x&y=1"))
    assert answer.headers["location"] == "/ideas?element=x&y=1"
    assert 'lookforward_visit=""' in answer.headers["set-cookie"]


@pytest.mark.parametrize(
    ("page", "goes"),
    [
        ("/ideas?element=a", "/ideas?element=a"),
        ("/", "/"),
        ("//elsewhere.example/", "/"),
        ("https://elsewhere.example/", "/"),
        ("/\\elsewhere.example", "/"),
        ("javascript:alert(1)", "/"),
        ("ideas", "/"),
        ("/a\r\nSet-Cookie: x=1", "/"),
        ("", "/"),
        ("/" + "a" * 2000, "/"),
    ],
)
def test_nobody_is_led_away_from_this_server(page: str, goes: str) -> None:
    assert routes.local_page(page) == goes


def test_a_visit_dies_of_idleness_at_the_gate_too(client, door, media: str, monkeypatch) -> None:
    user, _ = door.credentials("leader")
    secret, _ = door.start(door.ticket(user, "/"), None)
    later = door.now() + timedelta(minutes=31)
    monkeypatch.setitem(door.__dict__, "now", lambda: later)
    assert as_visitor(client, secret).get(media).status_code == 403
