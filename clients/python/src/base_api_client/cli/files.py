# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Files that are written completely or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .problem import Problem


def write_private(path: Path, text: str) -> None:
    """Replace a file; only its owner may read it.

    :raises Problem: if it cannot be written
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # mkstemp creates files with mode 0600.
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:
        raise unwritable(path, error) from None


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give the path of a file beside `path`, which takes its place at the end.

    If the block fails, `path` stays as it was.
    """
    temporary = path.with_name(f".{path.name}.part")
    try:
        yield temporary
        os.replace(temporary, path)
    except OSError as error:
        raise unwritable(path, error) from None
    finally:
        temporary.unlink(missing_ok=True)


def unwritable(path: Path, error: OSError) -> Problem:
    return Problem(f"{path} cannot be written: {error.strerror or error}")
