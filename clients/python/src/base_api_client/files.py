# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Files that are sent and received."""

from __future__ import annotations

import mimetypes
import os
import re
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote

import httpx

Content = bytes | IO[bytes]
# A path, or a name and the content, and perhaps its media type.
Source = str | os.PathLike[str] | tuple[str, Content] | tuple[str, Content, str | None]
# The name with all its characters, beside one in ASCII.
_EXTENDED_NAME = re.compile(r"filename\*=utf-8''([^;\s]+)", re.I)
_DEFAULT_TYPE = "application/octet-stream"


@dataclass(frozen=True)
class File:
    """A file that was received."""

    content: bytes
    name: str | None
    media_type: str

    def save(self, target: str | os.PathLike[str]) -> Path:
        """Write the file to a path, or under its own name into a folder."""
        path = Path(target)
        if path.is_dir():
            # The name is chosen by others: only its last part, never a path.
            path = path / (os.path.basename(self.name or "") or "file")
        path.write_bytes(self.content)
        return path


def read_file(response: httpx.Response) -> File:
    """Return the file in a response that was read."""
    media_type = response.headers.get("content-type", _DEFAULT_TYPE)
    return File(response.content, file_name(response.headers), media_type)


def file_name(headers: httpx.Headers) -> str | None:
    """Return the name in `Content-Disposition` (RFC 6266)."""
    text = headers.get("content-disposition", "")
    extended = _EXTENDED_NAME.search(text)
    if extended:
        return unquote(extended[1])
    message = Message()
    message["content-disposition"] = text
    return message.get_filename()


def make_part(source: Source) -> tuple[str, Any]:
    """Return a file as a part of `multipart/form-data`."""
    if isinstance(source, tuple):
        name, content, *more = source
        media_type = more[0] if more else None
    else:
        path = Path(source)
        name, content, media_type = path.name, path.read_bytes(), None
    known = media_type or mimetypes.guess_type(name)[0] or _DEFAULT_TYPE
    return "file", (name, content, known)
