"""The headers of every answer, worked out once at the start."""

from __future__ import annotations

import base64
import re
from hashlib import sha256
from importlib.resources import files

# The one script of ours: it follows a link that the server has written into the page.
GO_SCRIPT = (
    "{const mark=document.querySelector('[data-lookforward-to]');"
    "const to=mark?mark.dataset.lookforwardTo:'';"
    "if(to.startsWith('/')&&!to.startsWith('//'))location.replace(to)}"
)
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def script_hashes(document: str) -> list[str]:
    """Give the CSP source of every script written into an HTML document and of our own."""
    return [_source(text) for text in (*_INLINE.findall(document), GO_SCRIPT)]


def content_security_policy(document: str) -> str:
    """Give the policy: everything from this server, no script it did not ship, no frame elsewhere.

    Streamlit writes styles into the page, so they are allowed inline; Plotly and Arrow need nothing more.
    """
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self' 'wasm-unsafe-eval' " + " ".join(script_hashes(document)),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "frame-src 'self'",
            "frame-ancestors 'self'",
            "base-uri 'self'",
            "form-action 'self'",
            "object-src 'none'",
        )
    )


def security_headers(document: str, *, is_secure: bool) -> dict[str, str]:
    """Give the headers of every answer. Behind TLS browsers are told to come back by TLS only."""
    headers = {
        "content-security-policy": content_security_policy(document),
        "x-content-type-options": "nosniff",
        "x-frame-options": "SAMEORIGIN",
        "referrer-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }
    if is_secure:
        headers["strict-transport-security"] = "max-age=31536000"
    return headers


def streamlit_document() -> str:
    """Read the page that Streamlit sends to browsers."""
    return (files("streamlit") / "static" / "index.html").read_text(encoding="utf-8")


def _source(text: str) -> str:
    digest = base64.b64encode(sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
