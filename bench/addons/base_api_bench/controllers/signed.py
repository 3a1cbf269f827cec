# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http

from odoo.addons.base_api.controllers.route import api_route
from odoo.addons.base_api.envelope import Answer


class SignedController(http.Controller):
    """The same answer with and without signing in: the difference is what it costs.

    Both ask the database something, as every request for data does, so that both have
    a transaction.
    """

    @api_route("/bench/open", methods=["GET"], auth="none")
    def open(self):
        self.env.cr.execute("SELECT 1")
        return Answer({})

    @api_route("/bench/signed", methods=["GET"])
    def signed(self):
        self.env.cr.execute("SELECT 1")
        return Answer({})
