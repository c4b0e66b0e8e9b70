"""Files that hold a word in every way the product packs words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from tests.retention.markers import write, zipped


@pytest.fixture
def packed(tmp_path: Path) -> Callable[[str], list[Path]]:
    """Write files, each in a folder of its own, that hold a word: plain, zipped twice, as Parquet, split by mark-up."""

    def make(word: str) -> list[Path]:
        half = len(word) // 2
        split = f"<t>{word[:half]}</t><t>{word[half:]}</t>"
        contents: dict[str, str | bytes] = {
            "plain.csv": f"a,{word}\n",
            "twice.zip": zipped({"inner.xlsx": zipped({"sheet.xml": f"<t>{word}</t>"})}),
            "split.pptx": zipped({"slide.xml": split}),
        }
        files = []
        for name, content in contents.items():
            files.append(tmp_path / "packed" / name.partition(".")[0] / name)
            write(files[-1], content)
        parquet = tmp_path / "packed" / "parquet" / "texts.parquet"
        write(parquet, b"")
        pl.DataFrame({"text": [word] * 3}).write_parquet(parquet)
        return [*files, parquet]

    return make
