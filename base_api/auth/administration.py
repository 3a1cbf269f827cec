# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Administrative operations: a restricted key allows them only on models it names.

Reading a system parameter, or writing a group, is enough to take over a database. So
neither `*` nor `read_only` covers such an operation. Two kinds are administrative:
those that the access rights of the database grant only to administrators, which
`_base_api_administrative` finds, and
those on the models below, whatever their access rights are.
"""

from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any

from odoo.api import Environment

OPERATIONS = ("read", "create", "update", "delete", "call")
EVERYTHING = frozenset(OPERATIONS)
CHANGES = EVERYTHING - {"read"}
# Operation -> the access right that it needs in Odoo. Calling a method needs none.
MODES = {"read": "read", "create": "create", "update": "write", "delete": "unlink"}

# Models whose content is a secret, a credential or code, or whose methods reach any
# other model, although users other than administrators have access to them. Kind ->
# pattern of the model name -> operations.
USERS, RIGHTS, SECRETS, CODE, ANY_RECORD = (
    "users",
    "rights",
    "secrets",
    "code",
    "records",
)
_LISTED = {
    USERS: {
        "res.users": CHANGES,
        "res.users.apikeys": CHANGES,
        "res.users.apikeys.*": EVERYTHING,
        "res.users.identitycheck": EVERYTHING,
        "api.key.*": EVERYTHING,
        "api.session": CHANGES,
        "auth.passkey.*": EVERYTHING,
        "auth_totp.*": EVERYTHING,
        "change.password.*": EVERYTHING,
        "portal.wizard*": EVERYTHING,
    },
    RIGHTS: {
        "ir.model.access": CHANGES,
        "ir.rule": CHANGES,
        "res.groups": CHANGES,
    },
    SECRETS: {
        "auth.oauth.provider": EVERYTHING,
        "certificate.*": EVERYTHING,
        "fetchmail.server": EVERYTHING,
        "ir.config_parameter": EVERYTHING,
        "ir.mail_server": EVERYTHING,
        "mail.mail": EVERYTHING,
        "payment.provider": EVERYTHING,
        "res.company.ldap": EVERYTHING,
    },
    CODE: {
        "base.automation": EVERYTHING,
        "ir.actions.server": EVERYTHING,
        "ir.asset": CHANGES,
        "ir.cron": CHANGES,
        "ir.model": CHANGES,
        "ir.model.fields": CHANGES,
        "ir.ui.view": CHANGES,
        "mail.template": CHANGES,
    },
    ANY_RECORD: {
        "base_import.import": CHANGES,
        "ir.default": CHANGES,
    },
}
# Models that render their own fields as templates, such as mail.template.
_RENDERS_TEMPLATES = "_unrestricted_rendering"


def is_administrative(env: Environment, operation: str, model_name: str) -> bool:
    """Tell whether an operation on a model is for administrators."""
    return operation in listed_operations(
        env, model_name
    ) or is_granted_to_administrators(env, operation, model_name)


def is_granted_to_administrators(
    env: Environment, operation: str, model_name: str
) -> bool:
    """Tell whether access rights grant an operation to no other users."""
    administrative = env["ir.model.access"]._base_api_administrative()
    return operation in administrative.get(model_name, EVERYTHING)


def listed_operations(env: Environment, model_name: str) -> frozenset[str]:
    """Return the operations that are administrative whatever the access rights are."""
    return _find(env.registry, model_name)[1]


def consequence(env: Environment, model_name: str) -> str | None:
    """Return the kind of a listed model (see above), or None."""
    return _find(env.registry, model_name)[0]


def listed_names(env: Environment) -> Any:
    """Return res.users, and the installed models on which even reading is listed."""
    return [
        name
        for name in env.registry.models
        if name == "res.users" or "read" in _find_by_name(name)[1]
    ]


def _find(registry: Any, model_name: str) -> tuple[Any, ...]:
    """Return the kind and the operations of a listed model."""
    kind, operations = _find_by_name(model_name)
    model = registry.models.get(model_name)
    if not kind and getattr(model, _RENDERS_TEMPLATES, False):
        return CODE, CHANGES
    return kind, operations


@lru_cache(maxsize=4096)
def _find_by_name(model_name: str) -> tuple[Any, ...]:
    for kind, patterns in _LISTED.items():
        for pattern, operations in patterns.items():
            if fnmatchcase(model_name, pattern):
                return kind, operations
    return None, frozenset()
