# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""OpenAPI documents of a running server, as files for the client generators."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import console
import paths

FOLDER = paths.STATE / "openapi"
# A large database in one document; the walks of the clients use the first ones.
MODELS = (
    "res.partner",
    "sale.order",
    "crm.lead",
    "account.account",
    "account.journal",
    "account.move",
    "account.move.line",
    "account.payment",
    "account.payment.term",
    "account.tax",
    "calendar.event",
    "crm.stage",
    "crm.team",
    "hr.department",
    "hr.employee",
    "ir.attachment",
    "mail.activity",
    "mail.message",
    "product.category",
    "product.pricelist",
    "product.product",
    "product.template",
    "res.company",
    "res.country",
    "res.currency",
    "res.partner.bank",
    "res.users",
    "sale.order.line",
    "sale.order.template",
    "uom.uom",
)
FEW = 3


@dataclass(frozen=True)
class Description:
    """An OpenAPI document in a file."""

    name: str
    file: Path

    @cached_property
    def operations(self):
        """The ids of its operations."""
        document = json.loads(self.file.read_text())
        return {
            operation["operationId"]
            for methods in document["paths"].values()
            for operation in methods.values()
        }


def fetch(client, name, models=()):
    """Save the document of a caller.

    :param client: of the caller, see `api.Client`
    :param models: those with paths and schemas of their own
    """
    FOLDER.mkdir(exist_ok=True)
    query = {"models": ",".join(models)} if models else None
    file = FOLDER / f"{name}.json"
    file.write_bytes(client.send("GET", "/openapi.json", query=query))
    console.say(f"{name}: {file.stat().st_size / 1e6:.2f} MB")
    return Description(name, file)
