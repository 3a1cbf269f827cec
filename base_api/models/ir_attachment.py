# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import Any

from odoo import api, models
from odoo.models import BaseModel

from ..auth.api_key import limits_administrator
from ..errors import KeyAccessError
from ..orm.assets import is_saving_bundle

_SERVED = frozenset(("datas", "db_datas", "mimetype", "raw", "type", "url"))


class IrAttachment(models.Model):
    """Attachments that Odoo serves publicly under a URL, such as scripts.

    Odoo allows administrators, and code that runs with `sudo()`, to change them.
    """

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> BaseModel:
        attachments = super().create(vals_list)
        if any("url" in vals for vals in vals_list):
            attachments._base_api_check_served()
        return attachments

    def write(self, vals: dict[str, Any]) -> bool:
        is_served = vals.keys() & _SERVED
        if is_served:
            self._base_api_check_served()
        result = super().write(vals)
        if is_served:
            self._base_api_check_served()
        return result

    def _base_api_check_served(self) -> None:
        """Refuse attachments with a URL to keys that name no administrative operation.

        :raise KeyAccessError: one of these files is served under a URL
        """
        if not limits_administrator(self.env) or is_saving_bundle():
            return
        # sudo: the caller may not see the attachment.
        if any(file.type == "binary" and file.url for file in self.sudo()):
            raise KeyAccessError(
                "This API key does not allow files that Odoo serves to everybody under "
                "a URL: send the file without url"
            )
