# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Users and their API keys as JSON.

What is shown of a user depends on the caller. The secret of a key is never shown.
"""

from typing import Any

from odoo.api import Environment
from odoo.models import BaseModel

from ..orm.access import is_internal
from ..orm.scope import bound_scope
from .administrators import ACCESS_RIGHTS, SETTINGS, is_member
from .api_key import can_use, current_key
from .audited_reads import to_flag

SHOWN_ONCE = "Store it now: it is not shown again"


def iso(moment: Any) -> str | bool:
    """Return a datetime in ISO 8601 and UTC; false if there is none."""
    return moment.isoformat(timespec="seconds") if moment else False


def company_pair(user: BaseModel) -> list[Any] | bool:
    company = user.company_id
    return [company.id, company.display_name] if company else False


def account(user: BaseModel) -> dict[str, Any]:
    """Return `{id, name, login, email}`."""
    return {
        "id": user.id,
        "name": user.name,
        "login": user.login,
        "email": user.email,
    }


def account_with_groups(user: BaseModel) -> dict[str, Any]:
    """Return `{id, name, login, email, groups}`, with the names of the groups."""
    return account(user) | {"groups": [group["name"] for group in group_list(user)]}


def session_data(
    session: BaseModel, token: str, user: dict[str, Any]
) -> dict[str, Any]:
    """Return a new session of the API with its token.

    :param user: as JSON
    """
    return {
        "session_token": token,
        "expires_at": iso(session.expiration_date),
        "user": user,
    }


def own_profile(user: BaseModel) -> dict[str, Any]:
    """Return the basic profile of the caller."""
    return account(user) | {"active": user.active, "company_id": company_pair(user)}


def group_list(user: BaseModel) -> list[dict[str, Any]]:
    """Return the groups of a user, including implied ones: `[{id, name}]`."""
    groups = user.all_group_ids.sorted("id")
    return [{"id": group.id, "name": group.name} for group in groups]


def permissions(user: BaseModel) -> dict[str, Any]:
    """Return the main permissions of a user, as Odoo defines them."""
    return {
        "is_admin": is_member(user, SETTINGS),
        "is_user": is_internal(user),
        "can_manage_users": is_member(user, ACCESS_RIGHTS),
    }


def summary(user: BaseModel, for_admin: bool) -> dict[str, Any]:
    """Return a user in a list.

    :param for_admin: whether to add what administrators see, where the API key may read
        it
    """
    data = account(user) | {"active": user.active, "create_date": iso(user.create_date)}
    if for_admin:
        if can_use(user.env, "read", "res.groups"):
            data["groups"] = [group["name"] for group in group_list(user)]
        data["company_id"] = user.company_id.display_name
        data["login_date"] = iso(user.login_date)
    return data


def profile(user: BaseModel, for_self: bool, for_admin: bool) -> dict[str, Any]:
    """Return a user in full.

    :param for_admin: see `summary`
    """
    data = {
        "id": user.id,
        "name": user.name,
        "email": user.email,
        "active": user.active,
        "create_date": iso(user.create_date),
    }
    if for_self or for_admin:
        data |= {
            name: user[name] for name in ("login", "phone", "lang", "tz", "signature")
        }
        data["company_id"] = company_pair(user)
    if for_admin:
        if can_use(user.env, "read", "res.groups"):
            data["groups"] = [
                {"id": group.id, "name": group.name, "full_name": group.full_name}
                for group in user.all_group_ids.sorted("id")
            ]
        if can_use(user.env, "read", "res.company"):
            data["company_ids"] = [
                {"id": company.id, "name": company.name} for company in user.company_ids
            ]
        data["login_date"] = iso(user.login_date)
    return data


def describe_caller(env: Environment) -> dict[str, Any]:
    """Return what the credential of a request may do, and what is left of its limits.

    :return: `key` with an API key; `limits` with a session
    """
    scope: Any = bound_scope(env.cr)
    limits = scope.admission.to_json() if scope.admission else []
    key = current_key(env)
    if not key:
        return {"limits": limits}
    caller = {
        "id": key.id,
        "name": key.name,
        "restrictions": {"external_id_prefix": None} | key.restrictions.to_json(),
        "expires_at": iso(key.expiration_date),
        "limits": limits,
    }
    return {"key": caller}


def describe_key(key: BaseModel) -> dict[str, Any]:
    """Return an API key as JSON: everything but the secret."""
    learning = key._base_api_learning()
    restrictions = key._base_api_restrictions()
    return {
        "id": key.id,
        "name": key.name,
        "prefix": key.prefix,
        "scope": key.scope,
        "created_at": iso(key.create_date),
        "expires_at": iso(key.expiration_date),
        "last_used_at": iso(key.last_use_date),
        "last_used_from": key.last_use_address,
        "strict_types": key.strict_types,
        "administrative": key.is_administrative,
        "metrics": bool(key.metrics),
        "audit_reads": to_flag(key.audit_reads),
        "learn_until": iso(learning.until) if learning else None,
        "suggested": learning.suggestion(restrictions) if learning else None,
        "external_id_prefix": None,
        "limits": key.limits or None,
    } | key._base_api_restrictions_in_force().to_json()
