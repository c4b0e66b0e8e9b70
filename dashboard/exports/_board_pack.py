"""The board pack: a tagged PDF by typst, checked against PDF/UA-1 while it is made."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from datetime import UTC
from pathlib import Path
from typing import Any, Final

from dashboard import charts
from dashboard.exports import _cover, _pages
from dashboard.exports._figure import is_drawn
from dashboard.exports._picture import drawing, height
from dashboard.exports._typeset import tagged_pdf
from dashboard.results import Result
from dashboard.wording import number

LAYOUT: Final = Path(__file__).parent / "layouts" / "pack.typ"
MOST_ROWS: Final = 40  # a page of a board paper; the data book has them all
MOST_PICTURE_PX: Final = 1200  # taller than that would be too small to read: the table says it then
TALLEST_PX: Final = 560  # what leaves room for the heading and the top of the table on a page


def board_pack(results: Sequence[Result]) -> bytes:
    """Give the pack of results, a section each."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        items = [_item(result, at, place) for at, result in enumerate(results)]
        for item, heading in zip(items, _pages.unlike([item["heading"] for item in items]), strict=True):
            item["heading"] = heading
        stamp = results[0].stamp
        told = {
            "title": f"{stamp.conversation_title}: board pack",
            "short": f"{stamp.conversation_title} · {_cover.PRODUCT} release {number(stamp.release)}",
            "author": _cover.PRODUCT,
            "release": stamp.release,
            "cover": _pages.cover_lines(results),
            "items": items,
        }
        (place / "pack.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        (place / "pack.typ").write_bytes(LAYOUT.read_bytes())
        return tagged_pdf(place / "pack.typ", stamp.published_at.astimezone(UTC))


def _item(result: Result, at: int, folder: Path) -> dict[str, Any]:
    sheet = _pages.sheet(result, MOST_ROWS)
    file, share = _drawn(result, folder / f"figure-{at}.svg")
    return {
        "heading": sheet.headline,
        "subtitle": sheet.subtitle,
        "picture": file,
        "share": share,
        "alt": charts.alt_text(result),
        "caption": f"{sheet.title}: chart",
        "table_caption": f"{sheet.title}: table. {sheet.left_out}".strip(),
        "columns": list(sheet.columns),
        "numeric": list(sheet.numeric),
        "widths": list(sheet.widths),
        "rows": [list(row) for row in sheet.rows],
        "notes": list(sheet.notes),
    }


def _drawn(result: Result, file: Path) -> tuple[str | None, float]:
    """Draw the chart into the folder, if there is one and it fits a page; give its name and its part of the width."""
    if not is_drawn(result):
        return None, 0.0
    tall = height(result)
    if tall > MOST_PICTURE_PX:
        return None, 0.0
    file.write_bytes(drawing(result))
    return file.name, min(1.0, TALLEST_PX / tall)
