"""Whether a payload is live in what a browser is sent: the rules, by the kind of element."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Final

import polars as pl
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from dashboard.wording import escape
from tests.injection.payloads import payloads
from tests.web.spoken import parts

WORDINGS: Final = dict(payloads())
ESCAPED: Final = {mark: escape(wording) for mark, wording in WORDINGS.items()}
MARKS: Final = re.compile(r"zq\d{3}qz")
# Fields that Streamlit shows as they are, letter by letter; every other field may be rendered as Markdown.
PLAIN: Final = {
    ("Text", "body"), ("Code", "code_text"), ("TextInput", "default"), ("TextInput", "value"), ("TextArea", "default"),
    ("TextArea", "value"), ("Selectbox", "options"), ("MultiSelect", "options"), ("Selectbox", "raw_value"),
    ("TextInput", "placeholder"), ("PlotlyChart", "alt"), ("Image", "alt"), ("Table", "alt"), ("Arrow", "alt"),
}  # fmt: skip
# Letters, their accents and digits alone do nothing; the classes of elements are made of them.
_BARE: Final = re.compile(r"(\$\$ID-)?[\w\s\u0300-\u036f-]*")
# Fields of closed alphabets: the query of a link, percent-encoded; the name of a file within the id of its button.
_SAFE: Final = {
    "query_string": re.compile(r"[\w%+&=.,~*-]*", re.ASCII),
    "id": re.compile(r"\$\$ID-[\w.-]*", re.ASCII),
}
# The words a suggested code rests on, and those of a search, are single words of letters and digits.
_WORDS: Final = re.compile(r"Because of\\: (?:\w+, )*\w+\\\.|Looking for\\: [\w\s“”]*(?=\])")
# What charts write themselves: line breaks, a second, smaller line, and the name in bold at the top of a tip.
_OWN: Final = re.compile(r'^<b>(?=.*</b><br>)|</b>(?=<br>)|<br>|</span>|<span style="[a-z0-9:;#-]*">', re.IGNORECASE)


def live(message: Message) -> Iterator[str]:
    """Name every place of a message where a payload stands and is not harmless."""
    for one in parts(message):
        for field, value in one.ListFields():
            if field.type == FieldDescriptor.TYPE_MESSAGE:
                continue
            for each in value if field.is_repeated else [value]:
                for text in _texts(each):
                    yield from _judged(
                        one.DESCRIPTOR.name, field.name, text, is_unsafe=getattr(one, "allow_html", False)
                    )


def _texts(value: object) -> list[str]:
    if isinstance(value, bytes):
        try:
            frame = pl.read_ipc_stream(io.BytesIO(value))
        except Exception:  # not a table: pictures and the like hold no text
            return []
        return [str(cell) for row in [frame.columns, *frame.rows()] for cell in row]
    return [value] if isinstance(value, str) else []


def _judged(kind: str, field: str, text: str, *, is_unsafe: bool) -> Iterator[str]:
    marks = set(MARKS.findall(text))
    if not marks or (kind, field) in PLAIN or _BARE.fullmatch(text):
        return
    if field in _SAFE and _SAFE[field].fullmatch(text):
        return
    if is_unsafe or kind in ("Html", "IFrame"):
        yield f"{kind}.{field} is HTML and holds {sorted(marks)}"
    elif field == "spec":
        marked = (one for one in _strings(json.loads(text)) if MARKS.search(one))
        yield from (f"{kind}.{field}: {one!r}" for one in marked if "<" in _OWN.sub("", one))
    else:
        yield from (
            f"{kind}.{field}: {mark} in {_around(text, mark)!r}" for mark in sorted(marks) if not is_escaped(text, mark)
        )


def is_escaped(text: str, mark: str) -> bool:
    """Whether a payload stands in Markdown as `escape` writes it, whole or cut off: with an ellipsis, or within ‘’."""
    whole = ESCAPED[mark].casefold()
    plain = _WORDS.sub("", text).casefold().replace(whole, "")
    before, after = whole.split(mark, 1)
    before = before.removeprefix("'")  # reading takes off what a spreadsheet puts before a formula
    judged = 0
    for found in re.finditer(mark, plain):
        if found.start() < judged:  # payloads that hold their mark twice
            continue
        if not plain[: found.start()].endswith(before):
            return False
        same = _same(plain[found.end() :], after)
        next_ones = plain[found.end() + same : found.end() + same + 3]
        if same < len(after) and "…" not in next_ones and not next_ones.startswith("’"):
            return False
        judged = found.end() + same
    return True


def _same(one: str, other: str) -> int:
    at = 0
    while at < min(len(one), len(other)) and one[at] == other[at]:
        at += 1
    return at


def _around(text: str, mark: str) -> str:
    at = text.index(mark)
    return text[max(0, at - 60) : at + 60]


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        yield from _strings(one)
