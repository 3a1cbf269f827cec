# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sale orders to search and group."""

DAY = "2026-02-28"
LATE = f"{DAY} 23:30:00"  # already March in Brussels


class Sales:
    def __init__(self, admin):
        self.word = f"q{admin.create('res.partner', name='Word'):09}"
        belgium = admin.get("/search/res.country", code="BE")["records"][0]["id"]
        france = admin.get("/search/res.country", code="FR")["records"][0]["id"]
        self.belgian = admin.create(
            "res.partner", name=f"{self.word}, Brussels", country_id=belgium
        )
        self.french = admin.create(
            "res.partner", name=f"{self.word} 100%_", country_id=france
        )
        self.desk = self.product(admin, "DESK", 100)
        self.lamp = self.product(admin, "LAMP", 7)
        self.orders = [
            self.order(admin, self.belgian, [self.desk, self.lamp], LATE),
            self.order(admin, self.belgian, [self.lamp], "2026-03-15 12:00:00"),
            self.order(admin, self.french, [self.desk], "2026-03-31 21:59:59"),
        ]

    def product(self, admin, code, price):
        return admin.create(
            "product.product",
            name=f"{code} {self.word}",
            default_code=f"{self.word}-{code}",
            list_price=price,
            taxes_id=[],
        )

    def order(self, admin, partner, products, moment):
        lines = [[0, 0, {"product_id": product}] for product in products]
        return admin.create(
            "sale.order",
            partner_id=partner,
            client_order_ref=self.word,
            date_order=moment,
            order_line=lines,
        )

    def find(self, client, **filters):
        """Return the numbers of the orders that are found, from 0."""
        filters.setdefault("client_order_ref", self.word)
        rows = client.get("/search/sale.order", fields="id", **filters)["records"]
        return [self.orders.index(row["id"]) for row in rows]

    def groups(self, client, headers=None, **params):
        params.setdefault("client_order_ref", self.word)
        path = "/aggregate/sale.order"
        data = client.succeed(200, "GET", path, params=params, headers=headers)
        return data["groups"]
