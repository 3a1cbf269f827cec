# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import Any

from odoo import models
from odoo.models import BaseModel

from ..auth.administration import USERS, consequence
from ..auth.api_key import current_restrictions
from ..auth.restrictions import how_to_allow
from ..errors import KeyAccessError
from ..orm.guards import guard_method


class ResPartner(models.Model):
    """Protect the password resets of users: their address and their content."""

    _inherit = "res.partner"

    def _register_hook(self) -> Any:
        result = super()._register_hook()
        registry = self.env.registry
        # Any template can render the token of a link that sets a password.
        guard_method(registry[self._name], "_generate_signup_token", _check_signup)
        if "mail.render.mixin" in registry:
            mixin = registry["mail.render.mixin"]
            guard_method(mixin, "_render_template", _check_rendering)
        return result

    def write(self, vals: dict[str, Any]) -> bool:
        if "email" in vals:
            changed = self.filtered(lambda contact: contact.email != vals["email"])
            changed._base_api_check_users("changes the email")
        return super().write(vals)

    def _base_api_check_users(self, action: str, are_internal: bool = True) -> None:
        """Refuse to let a key take over a user that it may not change.

        :param action: what the request does, for the message
        :param are_internal: whether it is refused for internal users only
        :raise KeyAccessError: a user has one of these contacts
        """
        restrictions = current_restrictions(self.env)
        if restrictions.allows("update", "res.users", administrative=True):
            return
        # sudo: the caller may not see the user of the contact.
        contacts = self.sudo().with_context(active_test=False)
        if any(user._is_internal() or not are_internal for user in contacts.user_ids):
            raise KeyAccessError(
                f"This request {action} of a user, which can set a new password. The "
                "API key does not allow it" + how_to_allow("update", "res.users"),
                refused=(("update", "res.users"),),
            )


def _check_signup(contacts: Any, *_args: Any, **_kwargs: Any) -> None:
    contacts._base_api_check_users("makes a sign-up link", are_internal=False)


def _check_rendering(
    mixin: Any, _source: Any, model: BaseModel, *_args: Any, **_kwargs: Any
) -> None:
    """Refuse templates about users, which contain links and codes for logging in."""
    restrictions = current_restrictions(mixin.env)
    if consequence(mixin.env, model) == USERS and not restrictions.allows(
        "update", "res.users", administrative=True
    ):
        raise KeyAccessError(
            f"This request uses a template for {model}, which may hold what signs a "
            "user in. The API key does not allow it"
            + how_to_allow("update", "res.users"),
            refused=(("update", "res.users"),),
        )
