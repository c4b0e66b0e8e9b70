"""Measure suggested elements on labelled texts, beside two baselines.

    python tests/prove/suggested_elements.py FILE.csv [--json]

FILE has the columns theme (an official name) and text. Four ways are measured: always the most frequent label; plain
keyword match (the words of the elements' names); the suggester as it is, which never saw the file; and the suggester
by leave-one-out, which learned from all other texts of the file. Macro-F1 is the mean over the labels the file has;
its 95 % interval is a percentile bootstrap of the texts (2,000 draws, seed 1).
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from data_access.coding.lexicon import lexicon
from data_access.coding.suggest import Suggester, suggester
from data_access.coding.wording import stem, telling_words

DRAWS = 2_000
SEED = 1


def main() -> None:
    """Read the labelled texts, measure every way, and print it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("file", type=Path)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    with chosen.file.open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["text"], row["theme"]) for row in csv.DictReader(file)]
    texts, labels = [text for text, _ in rows], [label for _, label in rows]
    ways = {
        "majority": [Counter(labels).most_common(1)[0][0]] * len(rows),
        "keywords": [keyword(text) for text in texts],
        "suggester": [one.element or "" for one in suggester().suggest(texts)],
        "leave-one-out": [left_out(rows, at) for at in range(len(rows))],
    }
    told = {name: measured(labels, given) for name, given in ways.items()}
    print(json.dumps(told, indent=1) if chosen.json else in_words(told, labels))


def keyword(text: str) -> str:
    """Give the element whose name shares most words with a text, the first of equals; '' where none does."""
    said = {stem(word) for word in telling_words(text)}
    shared = {name: len(said & {stem(word) for word in telling_words(name)}) for name in lexicon().elements}
    best = max(shared, key=lambda name: shared[name])
    return best if shared[best] else ""


def left_out(rows: Sequence[tuple[str, str]], at: int) -> str:
    """Suggest an element for one text, having learned from all others."""
    others = [row for place, row in enumerate(rows) if place != at]
    return Suggester(others).suggest([rows[at][0]])[0].element or ""


def measured(labels: Sequence[str], given: Sequence[str]) -> dict[str, object]:
    """Give macro-F1 with its interval, accuracy, and F1 of each label."""
    random.seed(SEED)
    draws = [random.choices(range(len(labels)), k=len(labels)) for _ in range(DRAWS)]
    scores = sorted(macro([labels[at] for at in draw], [given[at] for at in draw]) for draw in draws)
    return {
        "macro_f1": macro(labels, given),
        "interval": [scores[int(DRAWS * 0.025)], scores[int(DRAWS * 0.975)]],
        "accuracy": sum(a == b for a, b in zip(labels, given, strict=True)) / len(labels),
        "f1": {label: f1(labels, given, label) for label in sorted(set(labels))},
    }


def macro(labels: Sequence[str], given: Sequence[str]) -> float:
    """Give the mean F1 of the labels there are."""
    known = sorted(set(labels))
    return sum(f1(labels, given, label) for label in known) / len(known)


def f1(labels: Sequence[str], given: Sequence[str], label: str) -> float:
    """Give twice the hits over all that have or were given a label."""
    hits = sum(a == b == label for a, b in zip(labels, given, strict=True))
    both = labels.count(label) + given.count(label)
    return 2 * hits / both if both else 0.0


def in_words(told: dict[str, dict[str, object]], labels: Sequence[str]) -> str:
    """Write a table: a line a way, a column a label."""
    known = sorted(set(labels))
    lines = [f"{len(labels)} texts: " + ", ".join(f"{labels.count(label)} {label}" for label in known)]
    for name, one in told.items():
        low, high = one["interval"]
        each = "  ".join(f"{one['f1'][label]:.2f}" for label in known)
        macro_f1 = f"macro-F1 {one['macro_f1']:.3f} ({low:.3f} to {high:.3f})"
        lines.append(f"{name:14} {macro_f1}  accuracy {one['accuracy']:.3f}  {each}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
