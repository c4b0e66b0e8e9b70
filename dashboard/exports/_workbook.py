"""XLSX by the Analysis Function's rules for spreadsheets: cover, contents, notes, one marked-up table a sheet.

gptables does the layout. It reads '[text](link)' and '$$note$$' in any string and refuses cells without a
letter or a digit, so people's words are made safe for it here; language is set in the file afterwards,
because XlsxWriter cannot.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import gptables
import pandas as pd  # type: ignore[import-untyped]  # ships no types; gptables takes nothing else

from dashboard.exports import _cover
from dashboard.exports._once import once
from dashboard.results import Result
from dashboard.specs import Column
from dashboard.wording import LANGUAGE, SHORTHAND, cell, describe, period

NUMBER_FORMATS: Final = {"count": "#,##0", "share": "0.0%", "number": "#,##0.#", "ratio": "0.00"}
_NUMBER_PX: Final = 110
_TEXT_PX: Final = (120, 420)
_CHARACTER_PX: Final = 8
_OPTIONS: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


@once
def workbook(results: Sequence[Result]) -> bytes:
    """Give a workbook of one sheet a result, with cover, contents and notes."""
    notes = _notes(results)
    labels = [f"Table {at}" for at in range(1, len(results) + 1)]
    sheets = {label: _sheet(label, result, notes) for label, result in zip(labels, results, strict=True)}
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # gptables warns of empty cells; there are none, absent values have shorthand
        book: Any = gptables.produce_workbook(
            buffer,  # type: ignore[arg-type, unused-ignore]  # XlsxWriter takes a file object where gptables says str
            sheets=sheets,
            cover=_cover_sheet(results),
            notes_table=pd.DataFrame({"reference": list(notes.values()), "Note": list(notes)}),
            auto_width=False,
            workbook_options=_OPTIONS,
        )
    for label, result in zip(labels, results, strict=True):
        _set_widths(book.get_worksheet_by_name(label), result)
    for label, widths in {"Contents": (14, 90), "Notes": (14, 110)}.items():
        for at, width in enumerate(widths):
            book.get_worksheet_by_name(label).set_column(at, at, width)
    book.set_properties(
        {
            "title": _cover.title(results),
            "subject": describe(results[0].selection),
            "author": _cover.PRODUCT,
            "created": results[0].stamp.published_at.replace(tzinfo=None),
        }
    )
    book.close()
    return _with_language(buffer.getvalue())


def _sheet(label: str, result: Result, notes: dict[str, str]) -> gptables.GPTable:
    references = "".join(f"$${notes[text]}$$" for text in _notes_of(result))
    scope = (describe(result.selection), period(result.stamp.data_from, result.stamp.data_to), result.base)
    return gptables.GPTable(
        table=_frame(result),
        table_name=result.metric.key,
        title=f"{label}: {_safe(result.metric.title)} {references}",
        subtitles=[_safe(result.headline), _safe(result.metric.measure)],
        instructions="This worksheet contains one table. Notes are on the notes worksheet.",
        scope=_safe(" · ".join(part for part in scope if part)),
        source=_safe(f"Source: {result.metric.source}"),
        legend=[f"{sign} {meaning}" for sign, meaning in SHORTHAND.items()],
        index_columns={},
        additional_formatting=[
            {
                "column": {
                    "columns": [column.label],
                    "format": {"num_format": NUMBER_FORMATS[column.kind], "align": "right"},
                }
            }
            for column in result.metric.columns
            if column.kind in NUMBER_FORMATS
        ],
    )


def _frame(result: Result) -> pd.DataFrame:
    hidden = set(result.hidden_rows)
    values = {
        column.label: pd.Series(
            [_value(value, column, at in hidden) for at, value in enumerate(result.table[column.name])], dtype=object
        )
        for column in result.metric.columns
    }
    if result.is_empty:
        nothing = {column.label: ["[z]"] for column in result.metric.columns}
        return pd.DataFrame(nothing, dtype=object)
    return pd.DataFrame(values)


def _value(value: object, column: Column, is_hidden: bool) -> object:
    if value is None or value == "" or isinstance(value, date):
        return cell(value, column, is_hidden=is_hidden)
    return _safe(value) if isinstance(value, str) else value


def _safe(text: str) -> str:
    """Take from text what gptables would read as a link or a note, and mark text without a letter or a digit."""
    plain = re.sub(r"\](?=\()", "] ", text.replace("$$", "$ $"))
    return plain if re.search(r"[A-Za-z0-9]", plain) else f"{plain} [as written]"


def _notes_of(result: Result) -> list[str]:
    metric = result.metric
    told = (
        *result.notes,
        f"Counted: {metric.numerator}.",
        f"Out of: {metric.denominator}.",
        f"Interval: {metric.interval}.",
        f"Mind: {metric.caveat}.",
    )
    return [_safe(text) for text in dict.fromkeys(told) if not text.endswith(": .")]


def _notes(results: Sequence[Result]) -> dict[str, str]:
    texts = dict.fromkeys(text for result in results for text in _notes_of(result))
    return {text: f"note_{at}" for at, text in enumerate(texts, start=1)}


def _cover_sheet(results: Sequence[Result]) -> gptables.Cover:
    demo = [_cover.MADE_UP] if results[0].stamp.is_demo else []
    return gptables.Cover(
        title=_safe(_cover.title(results)),
        intro=[*demo, *(_safe(line) for line in _cover.filters(results))],
        about=[
            *(_safe(line) for line in _cover.data_lines(results)),
            *_cover.protection(results),
            _safe(_cover.citation(results)),
        ],
        contact=[_safe(_cover.contact(results))],
    )


def _set_widths(sheet: Any, result: Result) -> None:
    for at, column in enumerate(result.metric.columns):
        width = _NUMBER_PX
        if column.kind not in NUMBER_FORMATS:
            longest = max((len(cell(value, column)) for value in result.table[column.name]), default=0)
            width = min(max(_TEXT_PX[0], longest * _CHARACTER_PX), _TEXT_PX[1])
        sheet.set_column_pixels(at, at, width)


def _with_language(book: bytes) -> bytes:
    """Write the language into the document's properties; everything else stays as it is, dates included."""
    answer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(answer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                mark = f"<dc:language>{LANGUAGE}</dc:language></cp:coreProperties>".encode()
                content = content.replace(b"</cp:coreProperties>", mark)
            new.writestr(entry, content)
    return answer.getvalue()
