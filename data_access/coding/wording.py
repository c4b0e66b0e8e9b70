"""Texts as the suggester reads them: lower-case words, stems, and phrases of the lexicon found in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_ENDINGS: Final = (
    *("ations", "ation", "ments", "ment", "ingly", "iveness", "ness", "ities", "ity", "ings", "ing", "edly"),
    *("ed", "ies", "es", "ly", "s", "ers", "er"),
)
Phrase = tuple[str, ...]


def words(text: str) -> list[str]:
    """Give the words of a text in lower case; hyphens part words, apostrophes do not."""
    return _WORD.findall(text.lower().replace("’", "'"))


# Words that are met under every element, beside the grammar of English.
_EMPTY: Final = frozenset(
    words(
        "a about all also an and any are as at be been being but by can could did do does each every for from get gets "
        "give gives had has have he her here him his how i if in into is it its just let made make makes many may me "
        "more most much must my need needs no not of on one only or other our out own people same she should so some "
        "staff such take takes than that the their them then there these they this those to too up us very want was "
        "we were what when where which who whom why will with would you your"
    )
)


@cache
def stem(word: str) -> str:
    """Cut an English ending off a word, so that 'recognise', 'recognised' and 'recognising' meet."""
    bare = word.removesuffix("'s")
    for ending in _ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= 4:
            bare = bare.removesuffix(ending)
            break
    if len(bare) > 4 and bare[-1] in "eiy":
        bare = bare[:-1]
    return bare[:-1] if len(bare) > 4 and bare[-1] == bare[-2] else bare


def stems(text: str) -> list[str]:
    """Give the stems of the telling words of a text, and their pairs: what the learned part counts."""
    single = [stem(word) for word in telling_words(text)]
    return single + [f"{first} {second}" for first, second in pairwise(single)]


def telling_words(text: str) -> list[str]:
    """Give the words of a text that are not met under every element."""
    return [word for word in words(text) if word not in _EMPTY]


def phrase_finder(phrases: Iterable[str]) -> Callable[[str], Iterator[tuple[str, str]]]:
    """Give a function that finds phrases in a text: pairs of the phrase and the words that matched.

    Longest first and without overlap, each phrase once a text. A last word ending in '*' takes every ending;
    any other takes a plural 's'.
    """
    by_start: dict[str, list[tuple[Phrase, str]]] = defaultdict(list)
    for phrase in sorted(set(phrases)):
        parts = tuple(words(phrase.removesuffix("*")))
        by_start[parts[0] if len(parts) > 1 or not phrase.endswith("*") else parts[0] + "*"].append((parts, phrase))

    def found(text: str) -> Iterator[tuple[str, str]]:
        spoken = words(text)
        hits = [
            (-len(parts), at, phrase)
            for at, word in enumerate(spoken)
            for start in _starts(word)
            for parts, phrase in by_start.get(start, ())
            if _fits(spoken[at : at + len(parts)], parts, is_open=phrase.endswith("*"))
        ]
        taken: set[int] = set()
        said: set[str] = set()
        for length, at, phrase in sorted(hits):
            span = range(at, at - length)
            if phrase not in said and taken.isdisjoint(span):
                taken.update(span)
                said.add(phrase)
                yield phrase, " ".join(spoken[at : at - length])

    return found


def _starts(word: str) -> Iterator[str]:
    yield word
    if word.endswith("s"):
        yield word[:-1]
    for length in range(2, len(word) + 1):
        yield word[:length] + "*"


def _fits(spoken: list[str], parts: Phrase, *, is_open: bool) -> bool:
    if len(spoken) < len(parts) or list(parts[:-1]) != spoken[: len(parts) - 1]:
        return False
    last, wanted = spoken[-1], parts[-1]
    return last.startswith(wanted) if is_open else last in (wanted, wanted + "s")
