# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tests for administrators that ignore the restrictions of the API key.

The endpoints of this addon check the key themselves. Odoo's own code calls
`env.is_admin()` and `has_group()`, which return False for a restricted key that names
no administrative operation.
"""

from odoo.api import Environment
from odoo.models import BaseModel

from ..orm.access import is_in_group

ACCESS_RIGHTS, SETTINGS = "base.group_erp_manager", "base.group_system"
# Groups whose members Odoo trusts with everything, or with code in templates.
TRUSTED_GROUPS = frozenset((ACCESS_RIGHTS, SETTINGS, "mail.group_mail_template_editor"))

# Context key of a model whose administrator fields the API key may read. Callers cannot
# send it, see calling/calls.py.
FOR_FIELDS = "base_api_for_fields"


def manages_users(env: Environment) -> bool:
    """Tell whether the caller is in the group Access Rights, which Settings implies."""
    return env.su or is_member(env.user, ACCESS_RIGHTS)


def manages_settings(env: Environment) -> bool:
    """Tell whether the caller is in the group Settings."""
    return env.su or is_member(env.user, SETTINGS)


def is_member(user: BaseModel, group: str) -> bool:
    """Tell whether a user is in a group, given by its XML id."""
    # sudo: a user may not see the groups of another.
    return is_in_group(user.sudo(), group)
