# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..auth.signed_key import hides_administrator

_CONTENT = frozenset(("datas", "db_datas", "mimetype", "raw"))


class IrAttachment(models.Model):
    """Files that Odoo serves to everybody under a URL, such as scripts.

    Odoo checks who creates one, and who changes its URL.
    """

    _inherit = "ir.attachment"

    def write(self, vals):
        if vals.keys() & _CONTENT and hides_administrator(self.env, self.env.uid):
            self._check_serving_attachments()
        return super().write(vals)
