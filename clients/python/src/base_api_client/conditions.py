# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Conditions on records, built in Python and sent as domains.

>>> (F.name.ilike("desk") & ~F.active).to_json()
['&', ['name', 'ilike', 'desk'], ['active', '=', False]]
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Domain = list[Any]


class Condition:
    """A condition; `&`, `|` and `~` combine conditions to others."""

    def __init__(self, domain: Domain) -> None:
        self._domain = domain

    def to_json(self) -> Domain:
        """Return the condition as a domain."""
        return self._domain

    def __and__(self, other: Condition | BaseField) -> Condition:
        return _combine("&", self, other)

    def __or__(self, other: Condition | BaseField) -> Condition:
        return _combine("|", self, other)

    def __invert__(self) -> Condition:
        return Condition(["!", *self._domain])

    def __bool__(self) -> bool:
        raise TypeError("Combine conditions by &, | and ~, not by and, or, not")

    def __repr__(self) -> str:
        return f"Condition({self._domain!r})"


class BaseField:
    """A field in a condition.

    As a condition itself, it means that the field is set; `~F.email` that it is not.
    """

    def __init__(self, path: str) -> None:
        self._path = path

    def __eq__(self, value: object) -> Condition:  # type: ignore[override]
        return self._compare("=", value)

    def __ne__(self, value: object) -> Condition:  # type: ignore[override]
        return self._compare("!=", value)

    def __lt__(self, value: Any) -> Condition:
        return self._compare("<", value)

    def __le__(self, value: Any) -> Condition:
        return self._compare("<=", value)

    def __gt__(self, value: Any) -> Condition:
        return self._compare(">", value)

    def __ge__(self, value: Any) -> Condition:
        return self._compare(">=", value)

    __hash__ = None  # type: ignore[assignment]

    def in_(self, values: Iterable[Any]) -> Condition:
        return self._compare("in", _as_list(values))

    def not_in(self, values: Iterable[Any]) -> Condition:
        return self._compare("not in", _as_list(values))

    def like(self, text: str) -> Condition:
        """Contain a text, with the wildcards `%` and `_`."""
        return self._compare("like", text)

    def ilike(self, text: str) -> Condition:
        """Contain a text in upper or lower case, see `like`."""
        return self._compare("ilike", text)

    def not_like(self, text: str) -> Condition:
        return self._compare("not like", text)

    def not_ilike(self, text: str) -> Condition:
        return self._compare("not ilike", text)

    def ieq(self, text: str) -> Condition:
        """Be this text, in upper or lower case."""
        return self._compare("=ilike", _escape(text))

    def startswith(self, text: str) -> Condition:
        return self._compare("=like", f"{_escape(text)}%")

    def endswith(self, text: str) -> Condition:
        return self._compare("=like", f"%{_escape(text)}")

    def between(self, lowest: Any, highest: Any) -> Condition:
        """Be one of two values, or between them."""
        return self._compare(">=", lowest) & self._compare("<=", highest)

    def is_set(self) -> Condition:
        return self._compare("!=", False)

    def is_empty(self) -> Condition:
        return self._compare("=", False)

    def child_of(self, records: Any) -> Condition:
        """Be one of these records, or a descendant."""
        return self._compare("child_of", records)

    def parent_of(self, records: Any) -> Condition:
        """Be one of these records, or an ancestor."""
        return self._compare("parent_of", records)

    def any(self, condition: Condition | BaseField) -> Condition:
        """Have a related record that meets a condition."""
        return self._compare("any", as_condition(condition).to_json())

    def not_any(self, condition: Condition | BaseField) -> Condition:
        return self._compare("not any", as_condition(condition).to_json())

    def __and__(self, other: Condition | BaseField) -> Condition:
        return self.is_set() & other

    def __or__(self, other: Condition | BaseField) -> Condition:
        return self.is_set() | other

    def __invert__(self) -> Condition:
        return self.is_empty()

    def __bool__(self) -> bool:
        raise TypeError("Combine conditions by &, | and ~, not by and, or, not")

    def __repr__(self) -> str:
        return f"F[{self._path!r}]"

    def _compare(self, operator: str, value: Any) -> Condition:
        return Condition([[self._path, operator, False if value is None else value]])


class Field(BaseField):
    """A field, or a path over relations: `F.partner_id.country_id.code`.

    Fields that are called like a method are written as `F["like"]`.
    """

    def __getattr__(self, name: str) -> Field:
        if name.startswith("__"):
            raise AttributeError(name)
        return Field(f"{self._path}.{name}")

    def __getitem__(self, name: str) -> Field:
        return Field(f"{self._path}.{name}")


class Fields:
    """Gives fields by name: `F.name`, `F["partner_id.name"]`."""

    def __getattr__(self, name: str) -> Field:
        if name.startswith("__"):
            raise AttributeError(name)
        return Field(name)

    def __getitem__(self, path: str) -> Field:
        return Field(path)


F = Fields()


def as_condition(value: Condition | BaseField) -> Condition:
    """Return a condition as it is, and a field as the condition that it is set."""
    return value.is_set() if isinstance(value, BaseField) else value


def make_domain(
    conditions: Iterable[Condition | BaseField],
    domain: Condition | Domain | None = None,
) -> Domain:
    """Return a domain that all of the conditions, and the domain, have to meet."""
    parts = [as_condition(condition).to_json() for condition in conditions]
    if domain is not None:
        parts.append(domain.to_json() if isinstance(domain, Condition) else domain)
    return [term for part in parts for term in part]


def _combine(
    operator: str, left: Condition | BaseField, right: Condition | BaseField
) -> Condition:
    return Condition(
        [operator, *as_condition(left).to_json(), *as_condition(right).to_json()]
    )


def _as_list(values: Iterable[Any]) -> list[Any]:
    if isinstance(values, str):
        raise TypeError(f"A list of values is needed, not a text: {values!r}")
    return list(values)


def _escape(text: str) -> str:
    """Return a text without wildcards."""
    for character in ("\\", "%", "_"):
        text = text.replace(character, f"\\{character}")
    return text
