# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The `Prefer` request header (RFC 7240): how a request wants to be served."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from werkzeug.http import parse_list_header

from odoo.api import Environment

from ..casting import to_integer
from ..errors import InvalidParameter
from ..orm.scope import bound_scope

# What a route can honour.
READING = ("handling", "types")
WRITING = ("types", "dry-run", "max-affected")
ECHOING = (*WRITING, "return")


@dataclass(frozen=True)
class Preferences:
    """What one request prefers, of what its route can honour.

    :param lenient: `handling=lenient`: unknown `fields` are dropped
    :param strict_types: `types=strict`: null for empty, objects for many2one, `Z`
    :param minimal: `return=minimal`: of what was written, the ids only
    :param dry_run: `dry-run`: everything is run, nothing is kept
    :param max_affected: `max-affected=N`: the most records to write, or nothing
    :param applied: the preferences above as they were sent
    """

    lenient: bool = False
    strict_types: bool = False
    minimal: bool = False
    dry_run: bool = False
    max_affected: int | None = None
    applied: tuple[Any, ...] = ()

    def headers(self) -> dict[str, Any]:
        return {"Preference-Applied": ", ".join(self.applied)} if self.applied else {}


DEFAULT = Preferences()


def read_preferences(
    headers: Any, routing: dict[str, Any], strict_types: bool = False
) -> Preferences:
    """Return the `Preferences` of a request.

    What is unknown, or not for this route, is ignored (RFC 7240, section 2), except
    what would make a caller believe that less is written than is.

    :param routing: of the route: what it honours, and whether it only reads
    :param strict_types: what holds where nothing is said
    :raise InvalidParameter: `dry-run` where it cannot be honoured, or a
        `max-affected` that is no number
    """
    sent = _parse(headers)
    honoured = routing["preferences"]
    if "dry-run" in sent and "dry-run" not in honoured and not routing["readonly"]:
        raise InvalidParameter("This request does not support Prefer: dry-run")
    sent = {name: value for name, value in sent.items() if name in honoured}
    values: dict[str, Any] = {"strict_types": strict_types and "types" in honoured}
    applied = []
    for name, value in sent.items():
        if (name, value) in _VALUES:
            values |= _VALUES[name, value]
        elif name == "max-affected":
            values["max_affected"] = _parse_max_affected(value)
        else:
            continue
        applied.append(f"{name}={value}" if value else name)
    return Preferences(**values, applied=tuple(applied))


def current_preferences(env: Environment) -> Preferences:
    """Return the preferences of the request that is served."""
    scope = bound_scope(env.cr)
    return scope.preferences if scope else DEFAULT


_VALUES = {
    ("handling", "lenient"): {"lenient": True},
    ("types", "strict"): {"strict_types": True},
    ("types", "odoo"): {"strict_types": False},
    ("return", "minimal"): {"minimal": True},
    ("return", "representation"): {"minimal": False},
    ("dry-run", ""): {"dry_run": True},
}


def _parse(headers: Any) -> dict[str, Any]:
    """Return `{name: value}` of the preferences sent; a bare name has no value."""
    preferences: dict[Any, Any] = {}
    for preference in parse_list_header(", ".join(headers.getlist("Prefer"))):
        name, _, value = preference.partition(";")[0].partition("=")
        # RFC 7240, section 2: the first of two with the same name counts.
        preferences.setdefault(name.strip().lower(), value.strip().strip('"'))
    return preferences


def _parse_max_affected(value: str) -> int:
    try:
        return to_integer(value, 0)
    except ValueError as exc:
        raise InvalidParameter(
            f"Prefer: max-affected={value[:80]} is not allowed, expected {exc}"
        ) from exc
