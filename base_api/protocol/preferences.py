# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The `Prefer` request header (RFC 7240)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from werkzeug.http import parse_list_header

from odoo.api import Environment

from ..casting import to_integer
from ..errors import InvalidParameter
from ..orm.scope import bound_scope

# Preferences of routes.
READING = ("handling", "types")
WRITING = ("types", "dry-run", "max-affected")
ECHOING = (*WRITING, "return")
PROTECTING = ("dry-run", "max-affected")
LIKENESS = 0.75  # from which on a name is taken for a misspelt one


@dataclass(frozen=True)
class Preferences:
    """The preferences of a request that its route supports.

    :param lenient: `handling=lenient`: unknown `fields` are dropped
    :param strict_types: `types=strict`: null for empty, objects for many2one, `Z`
    :param minimal: `return=minimal`: only the ids of written records
    :param dry_run: `dry-run`: the request is run and rolled back
    :param max_affected: `max-affected=N`: the maximum number of records to write
    :param timing: `timing`: the answer says where its time went
    :param applied: the applied preferences as they were sent
    """

    lenient: bool = False
    strict_types: bool = False
    minimal: bool = False
    dry_run: bool = False
    max_affected: int | None = None
    timing: bool = False
    applied: tuple[Any, ...] = ()

    def headers(self) -> dict[str, Any]:
        return {"Preference-Applied": ", ".join(self.applied)} if self.applied else {}


DEFAULT = Preferences()


def read_preferences(
    headers: Any,
    routing: dict[str, Any],
    strict_types: bool = False,
    is_signed_in: bool = False,
) -> Preferences:
    """Return the `Preferences` of a request.

    Unknown and unsupported preferences are ignored (RFC 7240, section 2), except on
    writes for those that protect data, and for names that are much like theirs.

    :param routing: of the route
    :param strict_types: the default
    :param is_signed_in: whether `timing` is honoured, on any route
    :raise InvalidParameter: a preference that would have to protect data from this
        write, or a `max-affected` that is not a number
    """
    sent = _parse(headers)
    honoured = (*routing["preferences"], *(("timing",) if is_signed_in else ()))
    if not routing["readonly"]:
        _check_protection(sent, honoured)
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
    """Return the preferences of the current request."""
    scope = bound_scope(env.cr)
    return scope.preferences if scope else DEFAULT


_VALUES = {
    ("handling", "lenient"): {"lenient": True},
    ("types", "strict"): {"strict_types": True},
    ("types", "odoo"): {"strict_types": False},
    ("return", "minimal"): {"minimal": True},
    ("return", "representation"): {"minimal": False},
    ("dry-run", ""): {"dry_run": True},
    ("timing", ""): {"timing": True},
}


def _parse(headers: Any) -> dict[str, Any]:
    """Return `{name: value}` of the sent preferences; the value may be empty."""
    preferences: dict[Any, Any] = {}
    for preference in parse_list_header(", ".join(headers.getlist("Prefer"))):
        name, _, value = preference.partition(";")[0].partition("=")
        # RFC 7240, section 2: the first of two with the same name counts.
        preferences.setdefault(name.strip().lower(), value.strip().strip('"'))
    return preferences


def _check_protection(sent: dict[str, str], honoured: Sequence[str]) -> None:
    """Refuse a write that the caller wants to limit, if it would not be limited."""
    if "dry-run" in sent and "dry-run" not in honoured:
        raise InvalidParameter("This request does not support Prefer: dry-run")
    if sent.get("dry-run"):
        raise InvalidParameter("Prefer: dry-run has no value")
    for name in sent:
        nearest = get_close_matches(name, PROTECTING, n=1, cutoff=LIKENESS)
        if nearest and name not in PROTECTING:
            raise InvalidParameter(
                f"Prefer: {name[:80]} is unknown (did you mean '{nearest[0]}'?)"
            )


def _parse_max_affected(value: str) -> int:
    try:
        return to_integer(value, 0)
    except ValueError as exc:
        raise InvalidParameter(
            f"Prefer: max-affected={value[:80]} is not allowed, expected {exc}"
        ) from exc
