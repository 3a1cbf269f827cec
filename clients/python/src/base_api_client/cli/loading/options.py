# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How a file is read and sent."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class FileOptions:
    """How a file is read and sent."""

    path: Path
    sheet: str | None = None
    delimiter: str | None = None
    encoding: str = "utf-8-sig"
    names: dict[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    skip_empty: bool = False
    chunk_size: int = 200
    keep_going: bool = False
    restart: bool = False
    dry_run: bool = False

    def as_header(self) -> dict[str, Any]:
        """Return the options that decide what is sent."""
        return {
            "sheet": self.sheet,
            "delimiter": self.delimiter,
            "encoding": self.encoding,
            "rename": self.names,
            "ignore": sorted(self.ignored),
            "skip-empty": self.skip_empty,
        }
