# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.http import Controller

from odoo.addons.base_api.api import (
    Answer,
    ApiError,
    Body,
    JsonAnswer,
    OperationController,
    Parameter,
    api_route,
)

PRICE = JsonAnswer(
    "DemoPrice",
    {
        "type": "object",
        "properties": {"price": {"type": "number"}, "quantity": {"type": "integer"}},
        "required": ["price", "quantity"],
        "additionalProperties": False,
    },
)


def to_quantity(text, env):
    if not text.isdecimal() or not 1 <= int(text) <= 100:
        raise ValueError("a whole number from 1 to 100")
    return int(text)


QUANTITY = Parameter(
    "quantity",
    to_quantity,
    1,
    "Number of pieces",
    {"type": "integer", "minimum": 1, "maximum": 100},
)
RENAMING = Body({"type": "object", "properties": {"name": {"type": "string"}}})


class NotForSale(ApiError):
    error_code = "DEMO_NOT_FOR_SALE"


class DemoController(OperationController, Controller):
    @api_route(
        "/demo/price/<product_id>",
        methods=["GET"],
        answer=PRICE,
        errors=(NotForSale,),
        parameters=(QUANTITY,),
        model="product.product",
        batch=True,
    )
    def read_price(self, product_id, quantity):
        """Return the price of some pieces of a product."""
        product = self.env["product.product"].browse(int(product_id))
        if not product.sale_ok:
            raise NotForSale("This product is not for sale")
        price = product.list_price * quantity
        return Answer({"price": price, "quantity": quantity}, "Price found")

    @api_route(
        "/demo/price/<product_id>",
        methods=["PATCH"],
        answer=PRICE,
        body=RENAMING,
        model="product.product",
        preferences=("dry-run",),
    )
    def rename_product(self, product_id, body):
        """Rename a product, and return its price."""
        product = self.env["product.product"].browse(int(product_id))
        product.name = body["name"]
        return Answer({"price": product.list_price, "quantity": 1}, "Renamed")
