# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Runs of the command."""

import sys
from dataclasses import dataclass
from typing import Protocol

MODULE = [sys.executable, "-m", "base_api_client.cli"]


@dataclass(frozen=True)
class Done:
    """What a command printed, and its exit code."""

    returncode: int
    stdout: str
    stderr: str


class Run(Protocol):
    def __call__(self, *words: str, input: str = "") -> Done: ...
