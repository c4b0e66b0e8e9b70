"""The rules of style come with the document, at its end, and nothing else of an answer changes."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.web.styled import StyledDocument

PAGE = "<html><head></head><body><div id=root></div></body></html>"
RULE = "h1 { padding: 0; }"
STYLED = f"<html><head></head><body><div id=root></div><style>{RULE}</style></body></html>"


def in_pieces() -> StreamingResponse:
    return StreamingResponse(
        iter([PAGE[:20].encode(), PAGE[20:50].encode(), PAGE[50:].encode()]), media_type="text/html"
    )


@pytest.fixture
def browser_of() -> TestClient:
    """What asks a small app whose documents are styled."""
    marks = {"etag": '"of Streamlit"', "last-modified": "Mon, 01 Mar 2021 09:00:00 GMT"}
    answers = {
        "/": lambda _: HTMLResponse(PAGE, headers=marks),
        "/pieces": lambda _: in_pieces(),
        "/words": lambda _: PlainTextResponse("a text about </body>", headers=marks),
        "/packed": lambda _: Response(b"</body>", media_type="text/html", headers={"content-encoding": "identity"}),
        "/marks": lambda asked: PlainTextResponse(asked.headers.get("if-none-match", "none")),
        "/coding": lambda asked: PlainTextResponse(asked.headers.get("accept-encoding", "none")),
        "/chart.js": lambda asked: PlainTextResponse(asked.headers.get("if-none-match", "none")),
    }
    routes = [Route(path, answer) for path, answer in answers.items()]
    return TestClient(StyledDocument(Starlette(routes=routes), RULE))


@pytest.mark.parametrize("path", ["/", "/pieces"])
def test_a_document_ends_with_the_rules_and_tells_its_new_length(browser_of: TestClient, path: str):
    answer = browser_of.get(path)
    assert answer.text == STYLED
    assert answer.headers["content-length"] == str(len(STYLED))


def test_a_browser_keeps_no_mark_by_which_an_older_sheet_would_stay(browser_of: TestClient):
    assert {"etag", "last-modified"} & set(browser_of.get("/").headers) == set()
    assert browser_of.get("/marks", headers={"if-none-match": '"of Streamlit"'}).text == "none"


def test_a_document_is_asked_for_unpacked_as_nothing_can_be_added_to_a_packed_one(browser_of: TestClient):
    assert browser_of.get("/coding", headers={"accept-encoding": "gzip"}).text == "none"


def test_other_answers_stay_as_they_are(browser_of: TestClient):
    words = browser_of.get("/words")
    assert (words.text, words.headers["etag"]) == ("a text about </body>", '"of Streamlit"')
    assert browser_of.get("/packed").content == b"</body>"
    assert browser_of.get("/chart.js", headers={"if-none-match": '"x"'}).text == '"x"'
