"""'You said, we did' as an accessible letter of one page: HTML that needs nothing but itself.

No sentence without an id: every one names the action, theme, idea, note, session or release it comes from, so
that whoever reads it can look it up. It is made from the same result as the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Any, Final

from dashboard.metrics.you_said import CANNOT, DOING, DONE, OPEN
from dashboard.results import Result
from dashboard.wording import LANGUAGE, counted, day, describe, in_words, per_cent, shortened

BEGINNINGS: Final[Mapping[str, str]] = {
    DONE: "We did",
    DOING: "We are doing",
    CANNOT: "We cannot, and say why",
    OPEN: "We have not answered yet",
}
NAMES: Final = {"theme": "theme", "idea": "idea", "feedback": "note", "session action": "session"}
LONGEST: Final = 70
# An A4 page holds eight headings and some fifteen answers of three lines at 10 points.
_STYLE: Final = """
@page { size: A4; margin: 12mm }
body { font: 10pt/1.3 Arial, Helvetica, sans-serif; color: #212b32; background: #fff; max-width: 186mm;
  margin: 0 auto; padding: 1rem }
@media print { body { padding: 0 } }
h1 { font-size: 17pt; margin: 0 0 4pt; color: #003087 }
h2 { font-size: 11.5pt; margin: 6pt 0 2pt; color: #003087 }
p { margin: 0 0 4pt } ul { margin: 0; padding-left: 14pt } li { margin: 0 0 2pt }
.ids { color: #4c6272; font-size: 9pt }
"""


def letter(result: Result) -> bytes:
    """Write the letter of a 'you said, we did' result; the same result gives the same bytes."""
    title = f"You said, we did: {result.stamp.conversation_title}"
    body = [f"<h1>{escape(title)}</h1>", *_opening(result)]
    for element, rows in groupby(result.table.iter_rows(named=True), key=lambda row: str(row["element"])):
        body += [f"<h2>{escape(element)}</h2>", "<ul>", *_answers(list(rows)), "</ul>"]
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
    page = [f'<!doctype html><html lang="{LANGUAGE}"><head>{head}<style>{_STYLE}</style></head>', "<body><main>"]
    return "\n".join([*page, *body, "</main></body></html>", ""]).encode()


def answers_of(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, int, str | None, list[Mapping[str, Any]]]]:
    """Give the answers among rows in their order: the word, the action, what was done, and what was said."""
    for (answer, action, did), said in groupby(rows, key=lambda row: (row["answer"], row["action"], row["did"])):
        yield str(answer), int(action), did, list(said)


def _opening(result: Result) -> Iterator[str]:
    stamp = result.stamp
    made_up = "This is made-up data; no real person said any of it. " if stamp.is_demo else ""
    source = f"release {stamp.release}"
    yield f"<p>{escape(made_up + result.headline)} {_ids([source])}</p>"
    known = f", data to {day(stamp.data_to)}" if stamp.data_to else ""
    told = [f"It covers {describe(result.selection)}{known}.", *result.notes]
    yield f"<p>{escape(' '.join(told))} {_ids([source])}</p>"


def _answers(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for answer, action, did, said in answers_of(rows):
        themes = [row for row in said if row["kind"] == "theme"]
        named = themes or said[:1]
        rest = len(said) - len(named)
        words = in_words(f"‘{shortened(row['said'], LONGEST)}’{_share(row)}" for row in named)
        more = f" and {counted(rest, 'more point')}" if rest else ""
        ids = [f"action {action}", *(f"{NAMES[row['kind']]} {row['item']}" for row in said)]
        then = f"<b>{BEGINNINGS[answer]}:</b> {escape(did)}" if did else f"<b>{BEGINNINGS[answer]}.</b>"
        yield f"<li><b>You said:</b> {escape(words + more)}. {then} {_ids(ids)}</li>"


def _share(row: Mapping[str, Any]) -> str:
    share = row["agree_share"]
    return f" ({per_cent(share)} of {row['votes']:,} votes agree)" if share is not None else ""


def _ids(ids: Sequence[str]) -> str:
    return f'<span class="ids">[{escape("; ".join(ids))}]</span>'
