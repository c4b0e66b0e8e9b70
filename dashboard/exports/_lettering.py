"""Words as Plotly writes them, taken apart for paper: lines, and pieces of a line with their size, weight and colour.

Plotly reads a little HTML in labels. Ours use line breaks, bold and sized spans and nothing else; people's own words
arrive escaped, so whatever looks like a tag of theirs is text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import Any, Final

from dashboard import theme

LINE: Final = 1.27  # of the size of the letters


@dataclass(frozen=True)
class Piece:
    """Some words of one line. `size` is in pixels."""

    text: str
    size: float
    colour: str
    is_bold: bool = False


def written(text: str, font: dict[str, Any] | None = None) -> list[list[Piece]]:
    """Give the lines of a text, each as its pieces; a line without words has one empty piece."""
    given = font or {}
    size, colour = float(given.get("size", theme.FONT_SIZE)), str(given.get("color", theme.INK))
    reader = _Reader(Piece("", size, colour))
    reader.feed(text)
    reader.close()
    return [line or [Piece("", size, colour)] for line in reader.lines]


def line_height(line: list[Piece]) -> float:
    """Give the height of a line in pixels."""
    return LINE * max(piece.size for piece in line)


class _Reader(HTMLParser):
    def __init__(self, plain: Piece) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[list[Piece]] = [[]]
        self._styles = [plain]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, or a piece of another look."""
        if tag == "br":
            self.lines.append([])
        elif tag == "b":
            self._styles.append(replace(self._styles[-1], is_bold=True))
        elif tag == "span":
            self._styles.append(_styled(self._styles[-1], dict(attrs).get("style") or ""))
        else:
            raise ValueError(f"a chart's label holds <{tag}>, which paper does not know")

    def handle_endtag(self, tag: str) -> None:
        """Go back to the look before."""
        if tag in ("b", "span"):
            self._styles.pop()

    def handle_data(self, data: str) -> None:
        """Take words."""
        self.lines[-1].append(replace(self._styles[-1], text=data))


def _styled(piece: Piece, style: str) -> Piece:
    for part in style.split(";"):
        name, _, value = part.partition(":")
        if name.strip() == "font-size":
            piece = replace(piece, size=float(value.strip().removesuffix("px")))
        elif name.strip() == "color":
            piece = replace(piece, colour=value.strip())
    return piece
