"""Suggested themes of a coding frame for a text: what its themes say of themselves, and how people coded others.

A theme is likely as far as its element is (`coding.suggest`) and as far as the text is like its name, its
definition and the posts that people gave it (cosine of TF-IDF weights of stems). The same texts and codes always
give the same suggestions; nothing leaves the process.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from data_access.coding.lexicon import lexicon
from data_access.coding.suggest import MOST_WORDS, suggester
from data_access.coding.wording import stem, stems, telling_words
from data_access.vocabulary import ELEMENTS, slug

# Set on the made-up codes of the demonstration, held out; see tests/prove/suggested_elements.py.
LIKENESS: Final = 12.0  # a cosine of 0.1 more is worth e^1.2, about three to one
ELEMENT: Final = 0.5  # the element counts by the square root of its share
OWN_WORDS: Final = 0.5  # a theme's name and definition, beside the mean of its posts

Matrix = Any  # a SciPy sparse matrix, whose types are not stated


@dataclass(frozen=True)
class FrameTheme:
    """One theme of the newest version of a frame; `element` is an official name or empty."""

    code: str
    name: str
    element: str = ""
    definition: str = ""


@dataclass(frozen=True)
class ThemeSuggestion:
    """A theme for a text, by code. `theme` is None where no word says anything.

    `score` is the share of the evidence, 0 to 1; `words` are those of the text that decided, strongest first.
    """

    theme: str | None
    runner_up: str | None
    score: float
    words: tuple[str, ...]


NOTHING: Final = ThemeSuggestion(None, None, 0.0, ())


def people_promise_frame() -> tuple[FrameTheme, ...]:
    """Give the frame of a conversation that has none: the seven elements as themes."""
    told = lexicon().definitions
    return tuple(FrameTheme(slug(element), element, element, told[element]) for element in ELEMENTS)


class ThemeSuggester:
    """Suggests themes of one frame, having read `coded`: pairs of a text and the code a person gave it."""

    def __init__(self, frame: Sequence[FrameTheme], coded: Sequence[tuple[str, str]] = ()) -> None:
        self.frame = tuple(frame) or people_promise_frame()
        self._place = {theme.code: at for at, theme in enumerate(self.frame)}
        known = [(text, code) for text, code in coded if code in self._place]
        own = [f"{theme.name}. {theme.definition}" for theme in self.frame]
        self._weights = TfidfVectorizer(analyzer=stems, sublinear_tf=True)
        found = self._weights.fit_transform([*own, *(text for text, _ in known)])
        self._centres = _centres(found, len(own), [self._place[code] for _, code in known])

    def suggest(self, texts: Sequence[str]) -> list[ThemeSuggestion]:
        """Suggest a theme for each text, in their order."""
        if not texts:
            return []
        likeness = self._weights.transform(texts) @ self._centres.T
        evidence = LIKENESS * np.asarray(likeness.todense()) + ELEMENT * np.log(self._element_shares(texts))
        raised = np.exp(evidence - evidence.max(axis=1, keepdims=True))
        shares = raised / raised.sum(axis=1, keepdims=True)
        order = shares.argsort(axis=1, kind="stable")[:, ::-1]
        return [self._told(text, row, best) for text, row, best in zip(texts, shares, order, strict=True)]

    def _told(self, text: str, shares: np.ndarray, best: np.ndarray) -> ThemeSuggestion:
        theme = self.frame[best[0]]
        telling = self._telling(text, int(best[0]))
        if not telling:
            return NOTHING
        runner_up = self.frame[best[1]].code if len(self.frame) > 1 else None
        return ThemeSuggestion(theme.code, runner_up, round(float(shares[best[0]]), 4), telling)

    def _telling(self, text: str, place: int) -> tuple[str, ...]:
        """Name the words of a text that are the theme's, then those that are its element's."""
        vocabulary, centre = self._weights.vocabulary_, self._centres[place].toarray()[0]
        weighed = {word: centre[vocabulary[stem(word)]] for word in telling_words(text) if stem(word) in vocabulary}
        own = sorted((word for word, weight in weighed.items() if weight > 0), key=lambda word: (-weighed[word], word))
        element = self.frame[place].element
        said = suggester().matched(text, element) if element in suggester().elements else ()
        longer = {word for phrase in said if " " in phrase for word in phrase.split()}
        single = [word for word in own if word not in longer][: MOST_WORDS // 2]
        return tuple(dict.fromkeys((*single, *said)))[:MOST_WORDS]

    def _element_shares(self, texts: Sequence[str]) -> np.ndarray:
        """Give the share of each theme's element in each text; a theme without one stands in the middle."""
        elements, shares = suggester().elements, suggester().shares(texts)
        middle = np.full(len(texts), 1 / len(elements))
        columns = [
            shares[:, elements.index(theme.element)] if theme.element in elements else middle for theme in self.frame
        ]
        return np.asarray(np.clip(np.stack(columns, axis=1), 1e-9, None))


def _centres(found: Matrix, themes: int, places: Sequence[int]) -> Matrix:
    """Give each theme's centre: its own words, and the mean of the posts it was given."""
    centres = found[:themes] * OWN_WORDS
    if places:
        member = np.zeros((themes, len(places)))
        member[list(places), range(len(places))] = 1.0
        member /= np.maximum(member.sum(axis=1, keepdims=True), 1.0)
        centres = centres + type(found)(member) @ found[themes:]
    return normalize(centres).tocsr()
