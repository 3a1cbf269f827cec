# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Attachments of records."""

from typing import Any

from odoo.api import Environment
from odoo.models import BaseModel

from ..auth.api_key import can_use
from ..errors import InvalidFields
from ..errors.hints import hint
from ..lookup import get_model, get_records
from ..reading.serializers import serialize
from .representation import as_sent
from .values import parse_values

ACCEPTED = (
    "name",
    "datas",
    "mimetype",
    "res_model",
    "res_id",
    "description",
    "public",
)
SHOWN = ("id", "name", "mimetype", "file_size", "checksum", "res_model", "res_id")


def parse_attachment(
    env: Environment, body: dict[str, Any], pointer: str = ""
) -> dict[str, Any]:
    """Return the values of a new attachment.

    :param body: an object with `name`, `datas` and other members of `ACCEPTED`
    :raise InvalidFields: another field, or no file
    """
    for name in body:
        if name not in ACCEPTED:
            raise InvalidFields(
                f"'{name[:80]}' cannot be sent here{hint(name, ACCEPTED)}"
            )
    values = parse_values(env["ir.attachment"], body, pointer)
    if not (values.get("name") and values.get("datas")):
        raise InvalidFields("Send a file that has a name and is not empty")
    if bool(values.get("res_model")) != bool(values.get("res_id")):
        raise InvalidFields("Send res_model and res_id, or neither of them")
    return values


def describe(
    attachments: BaseModel, bodies: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return new attachments as JSON; only the sent values if the key may not read
    them.

    :param bodies: as in `parse_attachment`
    """
    if can_use(attachments.env, "read", attachments._name):
        return serialize(attachments, {name: name for name in SHOWN})
    rows = []
    for attachment, body in zip(attachments, bodies, strict=True):
        sent = {name: body[name] for name in SHOWN if name in body}
        rows.append({"id": attachment.id} | as_sent(attachment.browse(), sent))
    return rows


def check_owners(env: Environment, values_list: list[dict[str, Any]]) -> None:
    """Check that the records of new attachments exist.

    Odoo checks whether the caller may write them (`ir.attachment.create`).

    :param values_list: from `parse_attachment`
    :raise RecordNotFound: one does not exist, or the caller may not see it
    """
    ids: dict[Any, Any] = {}
    for values in values_list:
        if values.get("res_model"):
            ids.setdefault(values["res_model"], {})[values["res_id"]] = True
    for model_name, owner_ids in ids.items():
        get_records(get_model(env, model_name), list(owner_ids))
