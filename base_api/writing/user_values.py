# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The bodies of the user endpoints."""

from typing import Any

from odoo.api import Environment
from odoo.fields import Command, Domain
from odoo.models import BaseModel

from ..auth.administrators import manages_users
from ..errors import (
    AdminFieldAccessDenied,
    InvalidFields,
    InvalidParameter,
    NoValidFields,
)
from ..errors.auth import MissingOldPassword, MissingPassword
from ..errors.details import NOT_WRITABLE, detail, join
from ..errors.hints import quote_unknown
from .values import parse_values

SELF_FIELDS = ("name", "email", "phone", "signature", "lang", "tz")
# A restricted key may change these fields of its own user, but not the address for
# password resets.
OWN_FIELDS = set(SELF_FIELDS) - {"email"}
ADMIN_FIELDS = (
    "login",
    "active",
    "groups_id",
    "group_ids",
    "group_names",
    "company_id",
    "company_ids",
)


def parse_user_values(user: BaseModel, body: dict[str, Any]) -> dict[str, Any]:
    """Return the values to write on `user`.

    :raise NoValidFields: none of the fields can be changed here
    :raise InvalidFields: some cannot
    :raise AdminFieldAccessDenied: some only by an administrator
    """
    known = (*SELF_FIELDS, *ADMIN_FIELDS)
    unknown = [name for name in body if name not in known]
    if len(unknown) == len(body):
        raise NoValidFields(
            "None of these can be changed here, only " + ", ".join(known)
        )
    if unknown:
        names = quote_unknown(unknown, known)
        message = "Cannot be changed here: "
        raise InvalidFields(
            message + ", ".join(names.values()),
            [
                detail(name, message + text, NOT_WRITABLE, join("", name))
                for name, text in names.items()
            ],
        )
    admin_fields = [name for name in body if name in ADMIN_FIELDS]
    if admin_fields and not manages_users(user.env):
        raise AdminFieldAccessDenied(
            "Only an administrator may change " + ", ".join(admin_fields)
        )
    if "group_names" in body and body.keys() & {"groups_id", "group_ids"}:
        raise InvalidFields("Send either group_names or group_ids")
    values = dict(body)
    group_names = values.pop("group_names", None)
    values = parse_values(user, values)
    if group_names is not None:
        values["group_ids"] = [Command.set(_find_groups(user.env, group_names).ids)]
    return values


def _find_groups(env: Environment, names: str | list[Any]) -> BaseModel:
    """Return the groups of full names (`Sales / Administrator`) or XML ids."""
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise InvalidParameter("group_names must be a list of full names or XML ids")
    groups = env["res.groups"]
    return groups.union(*(_find_group(groups, name) for name in names))


def _find_group(groups: BaseModel, name: str) -> BaseModel:
    found = groups.search(Domain("full_name", "=", name))
    # Odoo's search on full_name also matches the name of the privilege alone.
    found = found.filtered(lambda group: group.full_name == name)
    if not found and "." in name:
        record = groups.env.ref(name, raise_if_not_found=False)
        if record and record._name == groups._name:
            found = record
    if len(found) != 1:
        problem = "Ambiguous" if found else "Unknown"
        raise InvalidParameter(f"{problem} group in group_names: '{name}'")
    return found


def parse_passwords(body: dict[str, Any], needs_old: bool) -> tuple[Any, ...]:
    """Return the old password, possibly empty, and the new one.

    :param needs_old: whether the old one must be sent
    :raise MissingPassword: the new one is missing
    :raise MissingOldPassword: the old one is not a string, or is needed and missing
    """
    old_password, new_password = body.get("old_password"), body.get("new_password")
    if not isinstance(new_password, str) or not new_password.strip():
        raise MissingPassword()
    if not isinstance(old_password, str | None):
        raise MissingOldPassword("old_password must be a string")
    if needs_old and not old_password:
        raise MissingOldPassword()
    return old_password, new_password
