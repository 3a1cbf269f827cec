# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a check of the installation found."""

from __future__ import annotations

from dataclasses import dataclass

OK, WARNING, ERROR = "ok", "warning", "error"
LEVELS = (OK, WARNING, ERROR)  # the worst last
PAGE = "/api/v2/docs/doctor.md#"


@dataclass(frozen=True)
class Finding:
    """The result of one check. It holds no secret, and no name of a host.

    :param check: name of the check
    :param level: one of `LEVELS`
    :param message: what was found, one or two sentences
    :param remedy: what to do; empty where nothing is to be done
    :param documentation: address of the text about the check
    """

    check: str
    level: str
    message: str
    remedy: str = ""
    documentation: str | None = None  # that of another addon


class Check:
    """The findings of a check of this addon.

    :param name: of the check, and of its anchor in `docs/how-to/doctor.md`
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def ok(self, message: str) -> Finding:
        return self._find(OK, message, "")

    def warning(self, message: str, remedy: str) -> Finding:
        return self._find(WARNING, message, remedy)

    def error(self, message: str, remedy: str) -> Finding:
        return self._find(ERROR, message, remedy)

    def _find(self, level: str, message: str, remedy: str) -> Finding:
        return Finding(self.name, level, message, remedy, PAGE + self.name)


def worst_level(findings: list[Finding]) -> str:
    return max((finding.level for finding in findings), key=LEVELS.index)
