# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..auth.signed_key import current_restrictions
from ..errors import KeyAccessError


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        if "email" in vals:
            self._base_api_check_email(vals["email"])
        return super().write(vals)

    def _base_api_check_email(self, email):
        """Refuse to redirect the mails of a user with a key that is not for users.

        Odoo mails the link that sets a new password there: who chooses the address
        becomes the user.

        :raise KeyAccessError: a user other than portal and public ones has this contact
        """
        restrictions = current_restrictions(self.env)
        if restrictions.allows("update", "res.users", administrative=True):
            return
        # sudo: whoever sees a contact may not see its user.
        contacts = self.sudo().with_context(active_test=False)
        for contact in contacts:
            if contact.email != email and any(
                user._is_internal() for user in contact.user_ids
            ):
                raise KeyAccessError(
                    "This API key does not allow a change of the email of a user, to "
                    'which password resets are sent. To allow it, list "res.users": '
                    '["update"] in the models of a key'
                )
