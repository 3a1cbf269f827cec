# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lists of ids in a body that may contain references."""

from typing import Any

from odoo.models import BaseModel

from ..errors import InvalidValue
from ..errors.details import FieldReporter, join
from ..writing.values import parse_values
from .matches import find_all
from .reference import CREATE, is_reference, parse_reference
from .resolving import resolve_reference


def replace_references(
    model: BaseModel, field: str, values: list[Any], pointers: list[str]
) -> list[Any]:
    """Return a list in which ids replace the references to records of a model.

    :param field: the name of the member, for errors
    :param pointers: of the values in the body
    :raise InvalidValue: a reference that is not valid, or not to one existing record
    """
    if not any(map(is_reference, values)):
        return values
    details: list[dict[str, Any]] = []
    places = [FieldReporter(field, pointer, details) for pointer in pointers]
    wanted = []
    for value, place in zip(values, places, strict=True):
        if is_reference(value):
            _check(value, place)
            wanted.append(value)
    if not details:
        find_all(model, map(parse_reference, wanted), parse_values)
        values = [
            resolve_reference(model, value, place, parse_values)
            if is_reference(value)
            else value
            for value, place in zip(values, places, strict=True)
        ]
    if details:
        raise InvalidValue(details[0]["message"], details)
    return values


def replace_in_list(model: BaseModel, name: str, values: Any) -> Any:
    """Return the member of a body with a list of ids; other values are unchanged."""
    if not isinstance(values, list):
        return values
    pointers = [join(f"/{name}", position) for position in range(len(values))]
    return replace_references(model, name, values, pointers)


def _check(value: dict[str, Any], place: FieldReporter) -> None:
    try:
        reference = parse_reference(value)
    except ValueError as exc:
        place.report(exc)
    else:
        if reference.values is not None:
            place.report(f'the reference of an existing record, without "{CREATE}"')
