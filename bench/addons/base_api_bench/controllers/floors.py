# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json

from odoo import http

PARTNER_FIELDS = ["name", "email", "phone", "is_company", "city", "country_id"]

FLOOR = {"type": "http", "auth": "none", "save_session": False}


class FloorsController(http.Controller):
    """What no API on this server can be faster than, and what a naive one would do."""

    @http.route("/bench/smallest", methods=["GET"], readonly=True, **FLOOR)
    def smallest(self):
        """Answer without asking the database anything."""
        return http.request.make_json_response({"ok": True})

    @http.route("/bench/search_read", methods=["GET"], readonly=True, **FLOOR)
    def search_read(self, limit=10, offset=0):
        """Read partners as the administrator, without asking who calls."""
        partners = self.env["res.partner"].with_user(2)
        rows = partners.search_read(
            [], PARTNER_FIELDS, offset=int(offset), limit=int(limit), order="id"
        )
        return http.request.make_json_response(rows)

    @http.route("/bench/create/<model_name>", methods=["POST"], csrf=False, **FLOOR)
    def create(self, model_name):
        """Create records as the administrator, without asking who calls."""
        values = json.loads(http.request.httprequest.get_data())
        records = self.env[model_name].with_user(2).create(values)
        return http.request.make_json_response(records.ids)
