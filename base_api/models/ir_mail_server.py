# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import Any

from odoo import models
from odoo.http import request

from ..protocol.preferences import current_preferences


class IrMailServer(models.Model):
    """Do not send mails in a dry run, not even those sent before the commit."""

    _inherit = "ir.mail_server"

    @classmethod
    def _disable_send(cls) -> Any:
        return super()._disable_send() or cls._base_api_is_dry_run()

    @classmethod
    def _base_api_is_dry_run(cls) -> bool:
        # A class method has no context, so the thread decides.
        return bool(
            request and request.env and current_preferences(request.env).dry_run
        )
