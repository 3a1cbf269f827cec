# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from odoo import http
from odoo.fields import Domain
from odoo.models import BaseModel

from ..envelope import Answer, counted
from ..errors import ModelNotFound
from ..lookup import get_model
from ..operations import read_schemas
from ..operations.route import api_route
from ..operations.runner import OperationController
from ..protocol.parameters import LIMIT, OFFSET, boolean
from ..reading.pages import Slice, search_page
from ..searching.keyset import Search
from ..searching.order import parse_order

if TYPE_CHECKING:
    from ..reading.pages import Page


CUSTOMERS_ONLY = boolean("customers_only", True, "Only partners who are customers")
PARTNER_FIELDS = (
    "id",
    "name",
    "email",
    "phone",
    "is_company",
    "customer_rank",
    "city",
)
SALE_OK = boolean("sale_ok", True, "Only products that can be sold; false: all")


class CatalogController(OperationController, http.Controller):
    @api_route(
        "/partners",
        methods=["GET"],
        answer=read_schemas.PARTNER_LIST,
        auth="key",
        session_endpoint="/search/res.partner",
        model="res.partner",
        parameters=(LIMIT, OFFSET, CUSTOMERS_ONLY),
        preferences=("types",),
    )
    def list_partners(self, limit: int, offset: int, customers_only: bool) -> Answer:
        """Return partners by name.

        The Invoicing app knows which partners are customers (`customer_rank`). Without
        it, all partners are returned, with rank 0.
        """
        model = get_model(self.env, "res.partner")
        ranked = "customer_rank" in model._fields
        columns = [name for name in PARTNER_FIELDS if name in model._fields]
        columns.append("country_id")
        domain = Domain.TRUE
        if ranked and customers_only:
            domain = Domain("customer_rank", ">", 0)
        page = self._page(model, domain, columns, limit, offset)
        partners = [
            {name: row.get(name, 0) for name in PARTNER_FIELDS}
            | {"country": name_of(row["country_id"])}
            for row in page.rows
        ]
        return self._answer("partners", partners, page)

    @api_route(
        "/products",
        methods=["GET"],
        answer=read_schemas.PRODUCT_LIST,
        errors=(ModelNotFound,),
        auth="key",
        session_endpoint="/search/product.template",
        model="product.template",
        parameters=(LIMIT, OFFSET, SALE_OK),
        preferences=("types",),
    )
    def list_products(self, limit: int, offset: int, sale_ok: bool) -> Any:
        """Return products by name."""
        model = get_model(self.env, "product.template")
        columns = ["id", "name", "default_code", "list_price", "sale_ok", "categ_id"]
        domain = Domain("sale_ok", "=", True) if sale_ok else Domain.TRUE
        page = self._page(model, domain, columns, limit, offset)
        for row in page.rows:
            row["category"] = name_of(row.pop("categ_id"))
        return self._answer("products", page.rows, page)

    def _page(
        self,
        model: BaseModel,
        domain: Domain,
        columns: list[str],
        limit: int,
        offset: int,
    ) -> Page:
        names = {name: name for name in columns}
        search = Search(model, domain, parse_order(model, "name"))
        return search_page(search, names, Slice(limit, offset))

    def _answer(self, name: str, rows: list[dict[str, Any]], page: Page) -> Answer:
        data = {name: rows, "count": len(rows), "total_count": page.total_count}
        return Answer(data, f"Found {counted(len(rows), name.removesuffix('s'))}")


def name_of(value: Any) -> str | bool | None:
    """Return the name in a many2one (`[id, name]` or an object), or its empty value."""
    if isinstance(value, dict):
        return value["display_name"]
    return value and value[1]
