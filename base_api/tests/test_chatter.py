# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import ApiCase


@tagged("post_install", "-at_install")
class TestChatterWithoutMail(ApiCase):
    def test_without_the_app_there_is_no_chatter(self):
        if "mail.thread" in self.env:
            self.skipTest("The app mail is installed")
        partner = self.env["res.partner"].create({"name": "Azure"})
        for kind in ("messages", "activities", "followers"):
            response = self.get(f"/{kind}/res.partner/{partner.id}", self.admin)
            error = self.assertApiError(response, 404, "NOT_FOUND")
            self.assertIn("mail is not installed", error["message"])
