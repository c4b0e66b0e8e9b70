"""The typesetter with the letters it may use: matplotlib's own DejaVu fonts, never the machine's, so that the same
results give the same bytes everywhere."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import matplotlib as mpl
import typst

FONTS: Final = Path(mpl.get_data_path()) / "fonts" / "ttf"
SHEET: Final = '#set page(width: auto, height: auto, margin: 0pt)\n#image("picture.svg")\n'


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def tagged_pdf(source: Path, made_at: datetime) -> bytes:
    """Set a source that lies beside its files as PDF/UA-1; typst refuses what is not accessible."""
    return _set(source, format="pdf", pdf_standards=["ua-1"], timestamp=made_at)


def pixels(svg: bytes, pixels_per_inch: float) -> bytes:
    """Give a drawing as PNG."""
    with TemporaryDirectory() as folder:
        source = Path(folder, "sheet.typ")
        source.write_text(SHEET, encoding="utf-8")
        source.with_name("picture.svg").write_bytes(svg)
        return _set(source, format="png", ppi=pixels_per_inch)


def _set(source: Path, **how: Any) -> bytes:
    made = typst.compile(source, root=source.parent, font_paths=_fonts(), ignore_system_fonts=True, **how)
    assert isinstance(made, bytes)
    return made
