# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from __future__ import annotations

from typing import Any

from odoo import api, models

from ..auth.restrictions import ANY_MODEL, Restrictions

_READ = ["read"]
_ADD = ["read", "create"]
_EDIT = ["read", "create", "update"]
_LINES = ["read", "create", "update", "delete"]
_WORK = ["read", "create", "update", "call"]
# Where a record is: for addresses.
_PLACES = {"res.country": _READ, "res.country.state": _READ, "res.lang": _READ}
_CHATTER = {
    "mail.message": _ADD,
    "mail.activity": _WORK,
    "mail.activity.type": _READ,
    "mail.followers": _LINES,
    "ir.attachment": _ADD,
}


class ApiKeyPreset(models.AbstractModel):
    """Restrictions of API keys for common tasks.

    An addon adds its own: it inherits the model and extends `_get_all`.
    """

    _name = "api.key.preset"
    _description = "API Key Preset"

    @api.model
    def _get_all(self) -> list[dict[str, Any]]:
        """Return the presets.

        :return: objects with `name`, `label`, `description`, `read_only`, `models` (as
            in the body of a request) and `needs`, a model of the app it is for
        """
        return [
            {
                "name": "reporting",
                "label": self.env._("Reporting"),
                "description": self.env._("Read everything that the user may read."),
                "needs": "res.partner",
                "read_only": True,
                "models": {ANY_MODEL: _READ},
            },
            {
                "name": "contacts",
                "label": self.env._("Contacts"),
                "description": self.env._("Read, create and update contacts."),
                "needs": "res.partner",
                "read_only": False,
                "models": {
                    "res.partner": _EDIT,
                    "res.partner.category": _ADD,
                    **_PLACES,
                },
            },
            {
                "name": "catalogue",
                "label": self.env._("Catalogue"),
                "description": self.env._(
                    "Maintain products, variants, price lists and their images."
                ),
                "needs": "product.template",
                "read_only": False,
                "models": {
                    "product.template": _EDIT,
                    "product.product": _EDIT,
                    "product.category": _ADD,
                    "product.tag": _ADD,
                    "product.attribute": _ADD,
                    "product.attribute.value": _ADD,
                    "product.template.attribute.line": _LINES,
                    "product.template.attribute.value": _READ,
                    "product.pricelist": _EDIT,
                    "product.pricelist.item": _LINES,
                    "uom.uom": _READ,
                    "res.currency": _READ,
                    "ir.attachment": _ADD,
                },
            },
            {
                "name": "shop",
                "label": self.env._("Web Shop"),
                "description": self.env._(
                    "Read products; create customers and orders, confirm and invoice "
                    "them."
                ),
                "needs": "sale.order",
                "read_only": False,
                "models": {
                    "res.partner": _EDIT,
                    "res.partner.category": _ADD,
                    **_PLACES,
                    "product.template": _READ,
                    "product.product": _READ,
                    "product.category": _READ,
                    "product.template.attribute.value": _READ,
                    "product.pricelist": _READ,
                    "product.pricelist.item": _READ,
                    "uom.uom": _READ,
                    "res.currency": _READ,
                    "account.tax": _READ,
                    "sale.order": _WORK,
                    "sale.order.line": _LINES,
                    "sale.advance.payment.inv": ["create", "call"],
                    "account.move": ["read", "call"],
                    "account.move.line": _READ,
                    **_CHATTER,
                },
            },
            {
                "name": "crm",
                "label": self.env._("Leads"),
                "description": self.env._("Create and follow up leads."),
                "needs": "crm.lead",
                "read_only": False,
                "models": {
                    "crm.lead": _WORK,
                    "crm.stage": _READ,
                    "crm.team": _READ,
                    "crm.tag": _ADD,
                    "res.partner": _EDIT,
                    **_PLACES,
                    **_CHATTER,
                },
            },
            {
                "name": "accounting_reader",
                "label": self.env._("Accounting, Read-Only"),
                "description": self.env._("Read journal entries, accounts and taxes."),
                "needs": "account.move",
                "read_only": True,
                "models": dict.fromkeys(
                    (
                        "account.account",
                        "account.journal",
                        "account.move",
                        "account.move.line",
                        "account.payment",
                        "account.payment.term",
                        "account.tax",
                        "res.company",
                        "res.currency",
                        "res.partner",
                    ),
                    _READ,
                ),
            },
            {
                "name": "stock_reader",
                "label": self.env._("Stock, Read-Only"),
                "description": self.env._("Read quantities, transfers and locations."),
                "needs": "stock.quant",
                "read_only": True,
                "models": dict.fromkeys(
                    (
                        "product.product",
                        "product.template",
                        "stock.location",
                        "stock.lot",
                        "stock.move",
                        "stock.move.line",
                        "stock.picking",
                        "stock.quant",
                        "stock.warehouse",
                        "uom.uom",
                    ),
                    _READ,
                ),
            },
        ]

    @api.model
    def _get_available(self) -> list[dict[str, Any]]:
        """Return the presets for the installed apps, with the models that exist."""
        return [
            {
                **preset,
                "models": {
                    name: operations
                    for name, operations in preset["models"].items()
                    if name == ANY_MODEL or name in self.env
                },
            }
            for preset in self._get_all()
            if preset["needs"] in self.env
        ]

    @api.model
    def _get_restrictions(self, name: str) -> Restrictions | None:
        """Return the restrictions of a preset, or None if there is no such preset."""
        for preset in self._get_available():
            if preset["name"] == name:
                return Restrictions.from_json(preset)
        return None
