# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections.abc import Iterator

from odoo import api, models
from odoo.fields import Domain

from ..auth.administration import listed_names
from ..auth.api_key import current_restrictions, limits_administrator
from ..observing.server_timing import measured
from ..orm.scope import bound_scope

_MESSAGES, _MAILS = "mail.message", "mail.mail"


class IrRule(models.Model):
    """Messages about users, which may contain a link that sets a password.

    A restricted key sees them only if it names mails, which contain the same links.
    """

    _inherit = "ir.rule"

    @api.model
    def _compute_domain(self, model_name: str, mode: str = "read") -> Domain:
        with measured(bound_scope(self.env.cr), "rules"):
            domain = super()._compute_domain(model_name, mode)
        if model_name == _MESSAGES and self._base_api_hides_messages():
            domain &= Domain("model", "not in", listed_names(self.env))
            # Messages without a record, such as mails with a link, are hidden, too.
            domain &= Domain("model", "!=", False) | Domain(
                "message_type", "!=", "user_notification"
            )
        return domain

    def _compute_domain_context_values(self) -> Iterator[bool]:
        # Odoo caches domains by these values, including that of mail.mail, which
        # contains the domain of its message.
        yield from super()._compute_domain_context_values()
        is_limited = current_restrictions(self.env).limits_operations
        yield is_limited and self._base_api_hides_messages()
        # A rule may ask has_group().
        yield is_limited and limits_administrator(self.env)

    def _base_api_hides_messages(self) -> bool:
        restrictions = current_restrictions(self.env)
        return (
            not self.env.su
            and restrictions.limits_operations
            and not restrictions.names("read", _MAILS)
        )
