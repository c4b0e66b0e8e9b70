"""What people decided about wordings that the personal-detail check flagged, or that it did not flag."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class TextDecisions:
    """Hashes of wordings that may be released although they were flagged, and of those kept back.

    A decision is about one wording: reworded, a post is checked anew. `passes_all` lets every wording through; it is
    for looking at what is flagged, never for a release.
    """

    released: frozenset[str] = frozenset()
    kept_back: frozenset[str] = frozenset()
    passes_all: bool = False

    def holds_back(self, title: str, text: str, *, is_flagged: bool) -> bool:
        """Say whether a wording stays out of a release. Kept back wins over released."""
        if self.passes_all:
            return False
        if not is_flagged and not self.kept_back:
            return False
        wording = wording_hash(title, text)
        return wording in self.kept_back or (is_flagged and wording not in self.released)

    def keeps_back(self, title: str, text: str) -> bool:
        """Say whether somebody decided that a wording must not be shown."""
        return bool(self.kept_back) and wording_hash(title, text) in self.kept_back


UNDECIDED: Final = TextDecisions()


def wording_hash(title: str, text: str) -> str:
    """Give the name a wording has on the desk, where no words are kept."""
    return hashlib.sha256(f"{title}\0{text}".encode()).hexdigest()
