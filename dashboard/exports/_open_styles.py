"""The looks of cells in an OpenDocument sheet: width, wrapping, weight, size and how numbers are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from xml.sax.saxutils import quoteattr

CENTIMETRES: Final = 0.19  # of one of Excel's units of width, a figure in its usual letters
# Excel's formats of our numbers, as OpenDocument says them.
NUMBERS: Final = {
    "#,##0": '<number:number-style style:name={}><number:number number:decimal-places="0" '
    'number:min-integer-digits="1" number:grouping="true"/></number:number-style>',
    "#,##0.#": '<number:number-style style:name={}><number:number number:decimal-places="1" '
    'number:min-decimal-places="0" number:min-integer-digits="1" number:grouping="true"/></number:number-style>',
    "0.00": '<number:number-style style:name={}><number:number number:decimal-places="2" '
    'number:min-decimal-places="2" number:min-integer-digits="1"/></number:number-style>',
    "0.0%": '<number:percentage-style style:name={}><number:number number:decimal-places="1" '
    'number:min-decimal-places="1" number:min-integer-digits="1"/><number:text>%</number:text>'
    "</number:percentage-style>",
}


@dataclass(frozen=True)
class Look:
    """How one cell looks; `number` is Excel's format of its value, '' for words."""

    is_bold: bool
    is_wrapped: bool
    is_right: bool
    size: float
    number: str

    @property
    def name(self) -> str:
        """Give a name that says the look and nothing else, so that the same book gives the same bytes."""
        parts = ("bold" if self.is_bold else "", "wrap" if self.is_wrapped else "", "right" if self.is_right else "")
        number = f"n{tuple(NUMBERS).index(self.number)}" if self.number else ""
        return "-".join(part for part in ("look", *parts, f"{self.size:g}", number) if part)

    @property
    def style(self) -> str:
        """Give the look as a style, and behind it the one of its numbers."""
        told = f"number-{self.name}"
        data = f" style:data-style-name={quoteattr(told)}" if self.number else ""
        weight = ' fo:font-weight="bold"' if self.is_bold else ""
        side = '<style:paragraph-properties fo:text-align="end"/>' if self.is_right else ""
        own = (
            f'<style:style style:name={quoteattr(self.name)} style:family="table-cell" '
            f'style:parent-style-name="Default"{data}>'
            f'<style:table-cell-properties style:vertical-align="top" '
            f'fo:wrap-option="{"wrap" if self.is_wrapped else "no-wrap"}"/>{side}'
            f'<style:text-properties style:font-name="Arial" fo:font-size="{self.size:g}pt"{weight}/></style:style>'
        )
        return (NUMBERS[self.number].format(quoteattr(told)) if self.number else "") + own


def look_of(cell: Any) -> Look:
    """Give the look of an Excel cell."""
    number = cell.number_format if cell.number_format in NUMBERS and not isinstance(cell.value, str) else ""
    sides, font = cell.alignment, cell.font
    return Look(bool(font.b), bool(sides.wrap_text), sides.horizontal == "right", float(font.sz), number)


def column_style(width: float) -> tuple[str, str]:
    """Give name and style of a column of that width in Excel's units."""
    name = f"width-{width:g}".replace(".", "-")
    return name, (
        f'<style:style style:name="{name}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width * CENTIMETRES:.3f}cm"/></style:style>'
    )
