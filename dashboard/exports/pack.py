"""The pack: every format of the same figures in one archive, with a manifest of their hashes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Final

from dashboard.exports import csv_file, html, ods, pdf, png, pptx, svg, xlsx_file
from dashboard.exports._archives import archive
from dashboard.exports._figure import is_drawn
from dashboard.exports._names import file_name
from dashboard.exports._record import Format, Progress, silent
from dashboard.results import Result
from dashboard.wording import describe

FORMAT: Final = Format("pack", "Pack of all formats", "application/zip", "zip")
WHOLE: Final = (xlsx_file, ods, pptx, pdf, html)
OF_EACH: Final = (csv_file, svg, png)
MANIFEST: Final = "manifest.json"


def export(results: Sequence[Result], progress: Progress = silent) -> bytes:
    """Give the archive: one data book, deck, board pack and page of all, and each figure as CSV and as pictures."""
    files, steps = {}, len(WHOLE) + len(results)
    for done, module in enumerate(WHOLE):
        progress(module.FORMAT.title, done, steps)
        files[file_name(results, module.FORMAT.extension)] = module.export(results)
    for done, result in enumerate(results, start=len(WHOLE)):
        progress(result.metric.title, done, steps)
        for module in OF_EACH:
            if module.FORMAT.is_picture and not is_drawn(result):
                continue
            name = f"figures/{file_name(result, module.FORMAT.extension)}"
            files[name] = module.export([result])
    return archive({**files, MANIFEST: manifest(results, files)})


def manifest(results: Sequence[Result], files: dict[str, bytes]) -> bytes:
    """Say what the pack holds: the release, the filters, the threshold, each figure, and the hash of each file."""
    stamp = results[0].stamp
    told: dict[str, Any] = {
        "conversation": stamp.conversation_title,
        "release": stamp.release,
        "published_at": stamp.published_at.isoformat(),
        "threshold": stamp.threshold,
        "is_made_up": stamp.is_demo,
        "figures": [
            {"key": result.metric.key, "headline": result.headline, "filters": describe(result.selection)}
            for result in results
        ],
        "files": {name: sha256(content).hexdigest() for name, content in sorted(files.items())},
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()
