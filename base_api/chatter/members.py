# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The members of bodies about messages and followers."""

from typing import Any, NoReturn

from odoo.models import BaseModel

from ..casting import to_id
from ..errors import InvalidFields, InvalidValue
from ..errors.details import FOREIGN_KEY, REQUIRED, WRONG_TYPE, join, member_detail
from ..errors.hints import hint
from ..lookup import find_records
from ..referencing.ids import replace_in_list


def check_members(body: dict[str, Any], known: tuple[str, ...]) -> None:
    """Refuse a body with other members.

    :raise InvalidFields: naming the first one
    """
    for name in body:
        if name not in known:
            raise InvalidFields(f"Unknown member '{name[:80]}'{hint(name, known)}")


def parse_ids(
    model: BaseModel, name: str, body: dict[str, Any], required: bool = False
) -> BaseModel:
    """Return the records in a list of ids or references, which the caller may see.

    :param name: of the member of the body
    :raise InvalidValue: no list of ids of such records
    """
    values = body.get(name)
    if required and not values:
        refuse(name, "a list of ids", REQUIRED)
    if values is None:
        return model
    values = replace_in_list(model, name, values)
    if not isinstance(values, list):
        refuse(name, "a list of ids", WRONG_TYPE)
    ids = []
    for position, value in enumerate(values):
        try:
            ids.append(to_id(value))
        except ValueError as exc:
            refuse(join(name, position), str(exc), WRONG_TYPE)
    found = find_records(model, ids)
    for position, record_id in enumerate(ids):
        if record_id not in found._ids:
            expected = f"a record of {model._name} that exists"
            refuse(join(name, position), expected, FOREIGN_KEY)
    return found


def refuse(place: str, expected: str, code: str) -> NoReturn:
    """Raise the error of a member.

    :param place: its name, or the path to a part of it
    :param expected: what completes the phrase "expected ..."
    """
    message = f"{place}: expected {expected}"
    raise InvalidValue(message, [member_detail(f"/{place}", message, code)])
