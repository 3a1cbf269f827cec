# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rows of NDJSON: one JSON object on each line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..problem import UsageProblem
from .source import Row


class NdjsonFile:
    """A file of JSON objects, whose values are sent as they are."""

    typed = True
    columns: list[str] = []

    def __init__(self, path: Path) -> None:
        self.path = path

    def __iter__(self) -> Iterator[Row]:
        try:
            with open(self.path, encoding="utf-8-sig") as file:
                for number, line in enumerate(file, start=1):
                    if line.strip():
                        yield Row(number, self._parse(number, line))
        except UnicodeError:
            raise UsageProblem(f"{self.path} is not UTF-8") from None
        except OSError as error:
            raise UsageProblem(
                f"{self.path} cannot be read: {error.strerror}"
            ) from None

    def _parse(self, number: int, line: str) -> dict[str, Any]:
        try:
            value = json.loads(line, parse_constant=_refuse_constant)
        except ValueError as error:
            raise UsageProblem(
                f"{self.path}, line {number} is not valid JSON: {error}"
            ) from None
        if not isinstance(value, dict):
            raise UsageProblem(f"{self.path}, line {number} is not a JSON object")
        return value


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
