"""Suggested elements of the People Promise for a text: local, the same every time, with the words that decided.

Two parts are added up as evidence in favour of each element, all elements being equally likely beforehand.

* **Phrases** of the lexicon found in the text. A phrase of several words weighs more, one that several elements
  share weighs less, and a weak one (a word met everywhere) weighs little.
* A **classifier** (complement naive Bayes on stems, pairs of stems and runs of letters; Rennie and others, ICML
  2003) that learned from the lexicon's own sentences and phrases, and from labelled texts where some are given.
  It settles what the phrases leave open and reads wordings nobody listed.

Nothing is downloaded, nothing leaves the process, and nothing is drawn at random. How far to trust it is measured
by `tests/prove/suggested_elements.py`; it suggests and never decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import log
from typing import Any, Final

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.naive_bayes import ComplementNB
from sklearn.pipeline import FeatureUnion

from data_access.coding.lexicon import lexicon
from data_access.coding.wording import phrase_finder, stem, stems, telling_words, words
from data_access.vocabulary import ELEMENTS

# Chosen on sentences made up for the demonstration, never on labelled feedback of a trust.
PHRASE_WEIGHT: Final = 2.5  # one plain phrase counts as e^2.5, about 12 to 1
WEAK: Final = 0.4
LONGER: Final = 0.5  # what each further word of a phrase adds
_LESSON: Final = {"examples": 1.0, "phrases": 0.5, "weak": 0.5}  # what an entry teaches the classifier
SMOOTHING: Final = 0.3  # what a word nobody wrote under an element counts there
TELLING: Final = 0.1  # how far a word must pull towards an element to be named
MOST_WORDS: Final = 6

Matrix = Any  # a SciPy sparse matrix, whose types are not stated
Labelled = tuple[str, str]


@dataclass(frozen=True)
class Suggestion:
    """What the words of a text point to. `element` is None where no word says anything.

    `score` is the share of the evidence, 0 to 1, that speaks for the element; it is no probability of being
    right. `words` are those of the text that decided, the strongest first.
    """

    element: str | None
    runner_up: str | None
    score: float
    words: tuple[str, ...]


NOTHING: Final = Suggestion(None, None, 0.0, ())


class Suggester:
    """Suggests elements. `labelled` are further pairs of text and element to learn from; labels must be official.

    Raises `ValueError` for a label that is not in the lexicon.
    """

    def __init__(self, labelled: Sequence[Labelled] = ()) -> None:
        self.elements = lexicon().elements
        unknown = {label for _, label in labelled} - set(self.elements)
        if unknown:
            raise ValueError(f"not an element: {sorted(unknown)}")
        self._find = phrase_finder(entry.words for entry in lexicon().entries if entry.kind != "examples")
        self._phrases = CountVectorizer(analyzer=self._found)
        self._phrases.fit([entry.words.removesuffix("*") for entry in lexicon().entries])
        self._weights = _phrase_weights(self._phrases, self.elements)
        self._features = FeatureUnion(
            [
                ("stems", TfidfVectorizer(analyzer=stems, sublinear_tf=True)),
                ("letters", TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2)),
            ]
        )
        self._classifier = _learned(self._features, labelled)

    def evidence(self, texts: Sequence[str]) -> np.ndarray:
        """Give the evidence for each element, one row a text, one column an element in official order.

        Themes of the survey that are no element (staff engagement, morale) win by phrases only.
        """
        learned = self._classifier.predict_log_proba(self._features.transform(texts))
        full = np.repeat(learned.min(axis=1, keepdims=True), len(self.elements), axis=1)
        full[:, [self.elements.index(name) for name in self._classifier.classes_]] = learned
        return np.asarray(full + PHRASE_WEIGHT * (self._phrases.transform(texts) @ self._weights))

    def shares(self, texts: Sequence[str]) -> np.ndarray:
        """Give the evidence as shares that add up to 1 in each row."""
        evidence = self.evidence(texts)
        raised = np.exp(evidence - evidence.max(axis=1, keepdims=True))
        return np.asarray(raised / raised.sum(axis=1, keepdims=True))

    def suggest(self, texts: Sequence[str]) -> list[Suggestion]:
        """Suggest an element for each text, in their order."""
        if not texts:
            return []
        shares = self.shares(texts)
        first = shares.argsort(axis=1, kind="stable")[:, ::-1]
        return [
            self._told(text, self.elements[best[0]], self.elements[best[1]], float(row[best[0]]))
            for text, row, best in zip(texts, shares, first, strict=True)
        ]

    def matched(self, text: str, element: str) -> tuple[str, ...]:
        """Give the words of a text that speak for an element, the strongest first."""
        column = self.elements.index(element)
        weighed = {
            said: PHRASE_WEIGHT * self._weights[self._phrases.vocabulary_[phrase], column]
            for phrase, said in self._find(text)
            if phrase in self._phrases.vocabulary_
        }
        for word, weight in self._learned_words(text, element).items():
            if not any(word in said.split() for said in weighed):
                weighed[word] = weight
        telling = sorted(
            (said for said, weight in weighed.items() if weight > 0), key=lambda said: (-weighed[said], said)
        )
        return tuple(telling[:MOST_WORDS])

    def _told(self, text: str, element: str, runner_up: str, share: float) -> Suggestion:
        telling = self.matched(text, element)
        return Suggestion(element, runner_up, round(share, 4), telling) if telling else NOTHING

    def _found(self, text: str) -> list[str]:
        return [phrase for phrase, _ in self._find(text)]

    def _learned_words(self, text: str, element: str) -> dict[str, float]:
        """Give how far single words of a text pull the classifier towards an element, where that is telling."""
        classes = list(self._classifier.classes_)
        if element not in classes:
            return {}
        vocabulary = self._features.transformer_list[0][1].vocabulary_
        pulls = self._classifier.feature_log_prob_
        known = {word: vocabulary[stem(word)] for word in telling_words(text) if stem(word) in vocabulary}
        pull = {word: pulls[classes.index(element), at] - pulls[:, at].mean() for word, at in known.items()}
        return {word: float(weight) for word, weight in pull.items() if weight > TELLING}


@cache
def suggester() -> Suggester:
    """Give the suggester that knows the lexicon only; made once a process (about a tenth of a second)."""
    return Suggester()


def _phrase_weights(phrases: CountVectorizer, elements: Sequence[str]) -> np.ndarray:
    """Weigh each phrase for each element: rows as in the vocabulary, columns as in `elements`."""
    weights = np.zeros((len(phrases.vocabulary_), len(elements)))
    for entry in lexicon().entries:
        at = phrases.vocabulary_.get(entry.words)
        if at is not None and entry.kind != "examples":
            longer = 1 + LONGER * (len(words(entry.words)) - 1)
            weights[at, elements.index(entry.element)] = longer * (WEAK if entry.kind == "weak" else 1.0)
    shared = (weights > 0).sum(axis=1, keepdims=True)
    return np.asarray(weights * np.log1p(len(elements) / shared) / log(1 + len(elements)))


def _learned(features: FeatureUnion, labelled: Sequence[Labelled]) -> ComplementNB:
    """Fit features and classifier: each element weighs the same, however much was written about it."""
    lessons = [
        *((entry.words.removesuffix("*"), entry.element, _LESSON[entry.kind]) for entry in lexicon().entries),
        *((told, element, 1.0) for element, told in lexicon().definitions.items()),
        *((element, element, 1.0) for element in ELEMENTS),
        *((text, label, 1.0) for text, label in labelled),
    ]
    lessons = [lesson for lesson in lessons if lesson[1] in ELEMENTS]
    found = features.fit_transform([text for text, _, _ in lessons])
    total = {element: sum(weight for _, label, weight in lessons if label == element) for element in ELEMENTS}
    each = [weight / total[label] * len(lessons) / len(ELEMENTS) for _, label, weight in lessons]
    return ComplementNB(alpha=SMOOTHING).fit(found, [label for _, label, _ in lessons], each)
