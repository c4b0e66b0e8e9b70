"""Labels of marks: broken into lines that fit a phone, harmless in Plotly, repeated in tooltips."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from typing import Final
from unicodedata import east_asian_width

# 340 px of card at about 7.4 px a character of 15 px Arial; Chinese, Japanese and Korean signs count double.
LINE_CHARACTERS: Final = 44
MOST_LINES: Final = 3


@lru_cache(maxsize=4096)
def lines(label: str) -> tuple[str, ...]:
    """Break a label into at most three lines of even length; what is cut ends in an ellipsis."""
    plain = " ".join(label.split())
    if width(plain) <= LINE_CHARACTERS:
        return (plain,)
    found = _broken(plain, LINE_CHARACTERS)
    if len(found) > MOST_LINES:
        last = found[MOST_LINES - 1]
        while width(last) >= LINE_CHARACTERS:
            last = last[:-1]
        return (*found[: MOST_LINES - 1], last.rstrip(" ,;:.") + "…")
    # The narrowest width that takes no line more; more width never takes more lines, so it can be bisected.
    narrow = bisect_left(range(LINE_CHARACTERS), True, key=lambda at: len(_broken(plain, at + 1)) <= len(found)) + 1
    return tuple(_broken(plain, narrow))


def width(text: str) -> int:
    """Give the width of text in characters of the Latin script."""
    return len(text) if text.isascii() else sum(2 if _is_unspaced(sign) else 1 for sign in text)


def safe(text: str) -> str:
    """Make text harmless in Plotly, which reads some HTML and, between dollars, LaTeX."""
    return escape(text, quote=False).replace("$", "&#36;")


def stacked(label: str) -> str:
    """Give a label as Plotly writes it, line under line."""
    return "<br>".join(safe(line) for line in lines(label))


def hover(label: str, facts: Sequence[tuple[str, str]]) -> str:
    """Give the tooltip of a mark: the label and facts the table holds too."""
    return "<br>".join([f"<b>{stacked(label)}</b>", *(f"{safe(name)}: {safe(value)}" for name, value in facts)])


def _broken(label: str, limit: int) -> list[str]:
    found = [""]
    for word in _words(label, limit):
        joined = f"{found[-1]} {word}" if found[-1] and not _is_unspaced(found[-1][-1]) else found[-1] + word
        if width(joined) <= limit or not found[-1]:
            found[-1] = joined
        else:
            found.append(word)
    return found


def _words(label: str, limit: int) -> Iterator[str]:
    """Give the words of a label; signs of scripts without spaces, and pieces of overlong words, one by one."""
    for word in label.split():
        is_spaced = word.isascii() or not any(map(_is_unspaced, word))
        if is_spaced and width(word) <= limit:
            yield word
        elif not is_spaced:
            yield from re.findall(r"[\x00-\xff]+|.", word)
        else:
            yield from (word[at : at + limit] for at in range(0, len(word), limit))


def _is_unspaced(sign: str) -> bool:
    return east_asian_width(sign) in "WF"
