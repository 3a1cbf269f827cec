# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The bodies of the user endpoints."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command, Domain

from .casting import to_integer
from .errors import (
    AdminFieldAccessDenied,
    InvalidFields,
    InvalidParameter,
    MissingOldPassword,
    MissingPassword,
    NoValidFields,
)
from .hints import hint
from .values import parse_values

SELF_FIELDS = ("name", "email", "phone", "signature", "lang", "tz")
ADMIN_FIELDS = (
    "login",
    "active",
    "groups_id",
    "group_ids",
    "group_names",
    "company_id",
    "company_ids",
)
KEY_OPTIONS = ("name", "expires_in_days")
DEFAULT_KEY_NAME = "API key"
MAX_KEY_DAYS = 36500


def parse_user_values(user, body):
    """Return the values to write on ``user``.

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
        raise InvalidFields(
            "Cannot be changed here: "
            + ", ".join(f"'{name}'{hint(name, known)}" for name in unknown)
        )
    admin_fields = [name for name in body if name in ADMIN_FIELDS]
    if admin_fields and not user.env.is_admin():
        raise AdminFieldAccessDenied(
            "Only an administrator may change " + ", ".join(admin_fields)
        )
    if "group_names" in body and body.keys() & {"groups_id", "group_ids"}:
        raise InvalidFields("group_names and group_ids say the same: send one")
    values = dict(body)
    group_names = values.pop("group_names", None)
    values = parse_values(user.browse(), values)
    if group_names is not None:
        values["group_ids"] = [Command.set(_find_groups(user.env, group_names).ids)]
    return values


def _find_groups(env, names):
    """Return the groups of full names (``Sales / Administrator``) or XML ids."""
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise InvalidParameter("group_names must be a list of full names or XML ids")
    groups = env["res.groups"]
    return groups.union(*(_find_group(groups, name) for name in names))


def _find_group(groups, name):
    found = groups.search(Domain("full_name", "=", name))
    # Odoo's search on full_name also finds by the name of the privilege alone.
    found = found.filtered(lambda group: group.full_name == name)
    if not found and "." in name:
        record = groups.env.ref(name, raise_if_not_found=False)
        if record and record._name == groups._name:
            found = record
    if len(found) != 1:
        problem = "Ambiguous" if found else "Unknown"
        raise InvalidParameter(f"{problem} group in group_names: '{name}'")
    return found


def parse_passwords(body, needs_old):
    """Return the old password, possibly empty, and the new one."""
    old_password, new_password = body.get("old_password"), body.get("new_password")
    if not isinstance(new_password, str) or not new_password.strip():
        raise MissingPassword()
    if needs_old and not (isinstance(old_password, str) and old_password):
        raise MissingOldPassword()
    return old_password, new_password


def parse_key_options(env, body):
    """Return the name and the expiration date (naive UTC, or nothing) of a new key.

    Without ``expires_in_days`` a key lives as long as the caller's groups allow, for
    administrators without end.
    """
    unknown = [name for name in body if name not in KEY_OPTIONS]
    if unknown:
        raise InvalidFields(
            "Unknown options: "
            + ", ".join(f"'{name}'{hint(name, KEY_OPTIONS)}" for name in unknown)
        )
    name = body.get("name") or DEFAULT_KEY_NAME
    if not isinstance(name, str):
        raise InvalidParameter("name must be text")
    days = body.get("expires_in_days")
    if days is None:
        days = env["res.users.apikeys"]._longest_duration()
    else:
        try:
            days = to_integer(days, 1, MAX_KEY_DAYS)
        except ValueError as exc:
            raise InvalidParameter(f"expires_in_days must be {exc}") from exc
    return name, days and fields.Datetime.now() + timedelta(days=days)
