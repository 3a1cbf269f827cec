# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who is an administrator, whatever the API key of the request allows.

For the endpoints of this addon, which check the key by themselves. Odoo's own code asks
`env.is_admin()` and `has_group()`, which say no for a key that names no
administrative operation (`has_group`).
"""

from odoo.api import Environment
from odoo.models import BaseModel

from ..orm.access import is_in_group

ACCESS_RIGHTS, SETTINGS = "base.group_erp_manager", "base.group_system"
# Groups whose members Odoo's code trusts with everything, or with code in templates.
TRUSTED_GROUPS = frozenset((ACCESS_RIGHTS, SETTINGS, "mail.group_mail_template_editor"))

# In the context of a model whose fields of administrators the key opens. No caller can
# send such a name, see calling/calls.py.
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
