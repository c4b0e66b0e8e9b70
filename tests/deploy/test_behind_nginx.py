"""Behind Debian's nginx with the configuration we ship: TLS, a base path, two processes, nothing lost on the way."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from playwright.sync_api import Browser, BrowserContext, expect

from data_access.desk.engine import open_desk
from data_access.desk.users import add_user
from data_access.vocabulary import Role

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "deploy" / "nginx" / "lookforward.conf"
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
PASSWORD = "seven quiet elements"
AROUND = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ }}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/lookforward.conf;
}}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def certificate(folder: Path) -> None:
    """A certificate of its own for localhost, good for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
    names = x509.SubjectAlternativeName([x509.DNSName("localhost")])
    signed = made.add_extension(names, critical=False).sign(key, hashes.SHA256())
    (folder / "tls.crt").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    pem = serialization.PrivateFormat.PKCS8
    (folder / "tls.key").write_bytes(key.private_bytes(serialization.Encoding.PEM, pem, plain))


def configured(folder: Path, listen: int, dashboards: list[int]) -> Path:
    """The shipped file with the addresses of this test in place of its own."""
    text = SHIPPED.read_text()
    for shipped, own in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{listen} ssl;"),
        ("people.trust.example", "localhost"),
        ("/etc/ssl/lookforward.crt", f"{folder}/tls.crt"),
        ("/etc/ssl/lookforward.key", f"{folder}/tls.key"),
        ("127.0.0.1:8501;", f"127.0.0.1:{dashboards[0]};"),
        ("127.0.0.1:8502;", f"127.0.0.1:{dashboards[1]};"),
    ):
        assert shipped in text
        text = text.replace(shipped, own)
    (folder / "lookforward.conf").write_text(text)
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder))
    return folder / "nginx.conf"


def wait_for(address: str) -> None:
    ends = time.monotonic() + 90
    while time.monotonic() < ends:
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"nothing answers at {address}")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    engine = open_desk(f"sqlite:///{folder / 'desk.db'}")
    with engine.begin() as connection:
        for role in (Role.LEADER, Role.AUDITOR):
            add_user(connection, name=role, password=PASSWORD, role=role, now=datetime.now(UTC), cost=4)
    engine.dispose()
    return folder


@pytest.fixture(scope="module")
def address(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Two dashboards and the proxy before them."""
    folder = tmp_path_factory.mktemp("nginx")
    listen, dashboards = free_port(), [free_port(), free_port()]
    certificate(folder)
    own = {name: value for name, value in os.environ.items() if not name.startswith("LOOKFORWARD_")}
    own |= {
        "LOOKFORWARD_HOME": str(home),
        "LOOKFORWARD_BASE_PATH": "lookforward",
        "LOOKFORWARD_COOKIE_SECURE": "true",
        "LOOKFORWARD_HOSTS": "localhost",
        "STREAMLIT_SERVER_COOKIE_SECRET": "the same secret for both processes of the tests",
    }
    with ExitStack() as running:
        for port in dashboards:
            command = [sys.executable, "-P", "-m", "dashboard", "--address", "127.0.0.1", "--port", str(port)]
            log = running.enter_context((folder / f"{port}.log").open("w"))
            running.callback(stop, subprocess.Popen(command, env=own, stdout=log, stderr=log, cwd=home))
        for port in dashboards:
            wait_for(f"http://127.0.0.1:{port}/lookforward/healthz")
        log = running.enter_context((folder / "nginx.log").open("w"))
        proxy = [NGINX, "-p", str(folder), "-c", str(configured(folder, listen, dashboards))]
        running.callback(stop, subprocess.Popen(proxy, stdout=log, stderr=log))
        yield f"https://localhost:{listen}"


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture
def window(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(ignore_https_errors=True)
    yield opened
    opened.close()


def sign_in(window: BrowserContext, address: str, name: str, path: str = "/lookforward/"):
    page = window.new_page()
    page.goto(f"{address}{path}")
    page.get_by_label("Account name").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible(timeout=60_000)
    return page


def test_a_deep_link_below_the_base_path_survives_the_sign_in(window: BrowserContext, address: str) -> None:
    page = sign_in(window, address, "auditor", "/lookforward/audit?from=a-paper")
    assert page.url == f"{address}/lookforward/audit?from=a-paper"
    expect(page.get_by_role("heading", name="Audit log")).to_be_visible()


def test_the_cookie_is_bound_to_this_host_and_to_tls(window: BrowserContext, address: str) -> None:
    sign_in(window, address, "leader")
    cookie = next(one for one in window.cookies() if one["name"] == "__Host-lookforward")
    assert (cookie["secure"], cookie["httpOnly"], cookie["path"], cookie["sameSite"]) == (True, True, "/", "Lax")


def test_the_proxy_passes_headers_on_and_closes_what_is_not_ours(window: BrowserContext, address: str) -> None:
    asked = window.request
    first = asked.get(f"{address}/lookforward/")
    assert "script-src 'self'" in first.headers["content-security-policy"]
    assert first.headers["strict-transport-security"] == "max-age=31536000"
    assert "server" not in first.headers or "1." not in first.headers["server"]
    for path in ("/", "/healthz", "/lookforward/_stcore/metrics", "/lookforward/oauth2callback"):
        assert asked.get(f"{address}{path}", max_redirects=0).status == 404
    assert asked.get(f"{address}/lookforward/healthz").ok
    assert asked.get(f"{address}/lookforward/media/0123.csv").status == 403


def test_many_visits_are_spread_and_each_stays_where_it_began(browser: Browser, address: str) -> None:
    """A visit that wandered to the other process would lose its Streamlit session on every request."""
    for _ in range(3):
        window = browser.new_context(ignore_https_errors=True)
        page = sign_in(window, address, "auditor", "/lookforward/audit")
        page.get_by_label("Find rows about").fill("signed in")
        page.get_by_label("Find rows about").press("Enter")
        expect(page.get_by_text("newest first")).to_be_visible()
        expect(page.get_by_label("Find rows about")).to_have_value("signed in")
        window.close()


def test_what_a_browser_says_of_its_own_address_is_not_believed(
    window: BrowserContext, address: str, home: Path
) -> None:
    """Otherwise each attempt to guess a password could come from an address of its own."""
    from sqlalchemy import func, select

    from data_access.desk import throttle
    from data_access.desk.engine import reading
    from data_access.desk.schema import SignInFailure

    window.set_extra_http_headers({"X-Forwarded-For": "203.0.113.9"})
    page = window.new_page()
    page.goto(f"{address}/lookforward/")
    page.get_by_label("Account name").fill("leader")
    page.get_by_label("Password", exact=True).fill("not the password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("is wrong")).to_be_visible(timeout=60_000)
    with reading(open_desk(f"sqlite:///{home / 'desk.db'}")) as connection:
        spoofed = throttle.address_subject("203.0.113.9").key
        count = select(func.count()).select_from(SignInFailure)
        assert connection.scalar(count.where(SignInFailure.subject == spoofed)) == 0
        assert connection.scalar(count) >= 2
