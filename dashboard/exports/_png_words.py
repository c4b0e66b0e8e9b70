"""Words inside a PNG file: chunks of international text, as the PNG specification (11.3.4.5, iTXt) has them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from typing import Final

HEAD: Final = 8 + 25  # the signature, then the header chunk with its length, name and checksum


def with_words(png: bytes, words: Mapping[str, str]) -> bytes:
    """Put words into a picture by their keywords, behind its header."""
    chunks = b"".join(_chunk(b"iTXt", key.encode("latin-1") + bytes(5) + said.encode()) for key, said in words.items())
    return png[:HEAD] + chunks + png[HEAD:]


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
