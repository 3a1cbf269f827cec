# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A web shop that keeps its catalogue, customers and orders in Odoo.

The shop has names of its own for everything, and knows no id of the database. It can
run again at any time: what is there already is left alone.

Needs Python 3.10, requests, and the apps Sales and Invoicing:

    ODOO_URL=http://localhost:8069 ODOO_API_KEY=... python shop.py
"""

import os

from odoo_api import OdooApi

CUSTOMERS = 300
PRODUCTS = 200
ORDERS = 100
SIZES = ("S", "M", "L")


class Shop:
    """The shop, with one request for each kind of record.

    :param name: the prefix of its external ids
    """

    def __init__(self, api, name="shop"):
        self.api = api
        self.name = name
        self.requests = 0

    def id(self, *parts):
        """Return the external id of one of our records."""
        return ".".join((self.name, "_".join(map(str, parts))))

    def call(self, verb, path, body=None):
        self.requests += 1
        return self.api.call(verb, path, json=body, timeout=600)

    def send(self, model, records):
        """Create or update records by their external ids; return what happened."""
        path = f"/upsert/{model}?key=external_id"
        data = self.call("PUT", path, records)
        return {name: data[name] for name in ("created", "updated", "unchanged")}

    def customers(self):
        return self.send(
            "res.partner",
            [
                {
                    "external_id": self.id("customer", number),
                    "name": f"Customer {number}",
                    "email": f"customer{number}@example.com",
                    "country_id": {"code": "BE" if number % 2 else "FR"},
                    "category_id": [{"name": "Web shop", "create": True}],
                }
                for number in range(CUSTOMERS)
            ],
        )

    def products(self):
        """Send products; every tenth has a variant for each size."""
        return self.send("product.template", list(map(self.product, range(PRODUCTS))))

    def product(self, number):
        product = {
            "external_id": self.id("product", number),
            "name": f"Product {number}",
            "list_price": 10 + number,
            "invoice_policy": "order",
            "categ_id": {"name": "Web shop", "create": True},
        }
        if number % 10:
            return product | {"default_code": self.id("product", number)}
        attribute = {"name": "Size", "create": True}
        values = [
            {"name": size, "attribute_id": {"name": "Size"}, "create": True}
            for size in SIZES
        ]
        line = {"attribute_id": attribute, "value_ids": values}
        lines = {"match": ["attribute_id"], "records": [line]}
        return product | {"attribute_line_ids": {"upsert": lines}}

    def prices(self):
        """Send the price list of the shop."""
        items = [
            {
                "product_tmpl_id": {"external_id": self.id("product", number)},
                "applied_on": "1_product",
                "compute_price": "fixed",
                "fixed_price": 9 + number,
            }
            for number in range(PRODUCTS)
        ]
        prices = {
            "external_id": self.id("prices"),
            "name": "Web shop",
            "item_ids": {"upsert": {"match": ["product_tmpl_id"], "records": items}},
        }
        return self.send("product.pricelist", [prices])

    def orders(self):
        return self.send("sale.order", list(map(self.order, range(ORDERS))))

    def order(self, number):
        lines = [
            {
                "sequence": line,
                "product_id": {
                    "default_code": self.id("product", 10 * (number % 20) + line)
                },
                "product_uom_qty": line,
            }
            for line in (1, 2)
        ]
        upsert = {"match": ["sequence"], "records": lines, "delete_others": True}
        return {
            "external_id": self.id("order", number),
            "partner_id": {"external_id": self.id("customer", number)},
            "pricelist_id": {"external_id": self.id("prices")},
            "client_order_ref": f"Web {number}",
            "order_line": {"upsert": upsert},
        }

    def sell(self):
        """Confirm, invoice and pay the orders that are not; return their number."""
        drafts = f"external_id__startswith={self.name}.order&state=draft"
        found = self.call("GET", f"/search/sale.order?{drafts}&fields=id&limit=1000")
        orders = [row["id"] for row in found["records"]]
        if not orders:
            return 0
        self.call("POST", "/call/sale.order/action_confirm", {"ids": orders})
        wizard = {
            "context": {"active_model": "sale.order", "active_ids": orders},
            "values": {"advance_payment_method": "delivered"},
        }
        self.run_wizard("sale.advance.payment.inv", "create_invoices", wizard)
        ids = ",".join(map(str, orders))
        path = f"/search/sale.order?id__in={ids}&fields=invoice_ids&limit=1000"
        rows = self.call("GET", path)["records"]
        invoices = [invoice for row in rows for invoice in row["invoice_ids"]]
        self.call("POST", "/call/account.move/action_post", {"ids": invoices})
        payment = {
            "context": {"active_model": "account.move", "active_ids": invoices},
            "values": {"group_payment": False},
        }
        self.run_wizard("account.payment.register", "action_create_payments", payment)
        return len(orders)

    def run_wizard(self, model, method, body):
        """Create a wizard on some records, and press its button."""
        wizard = self.call("POST", f"/create/{model}", body)
        self.call("POST", f"/call/{model}/{method}", {"ids": [wizard["id"]]})

    def thank(self, number):
        """Write to the customer of an order, and remind ourselves to call."""
        order = f"sale.order/@{self.id('order', number)}"
        self.call("POST", f"/messages/{order}", {"body": "Thank you for your order!"})
        activity = {
            "activity_type_id": {"external_id": "mail.mail_activity_data_call"},
            "summary": "Is the customer satisfied?",
        }
        self.call("POST", f"/activities/{order}", activity)

    def paid(self):
        """Return how many of our orders are paid, and their total."""
        filters = f"external_id__startswith={self.name}.order&state=sale"
        path = f"/search/sale.order?{filters}&limit=1000"
        path += "&fields=amount_total,invoice_ids.payment_state"
        rows = self.call("GET", path)["records"]
        done = [row["amount_total"] for row in rows if is_paid(row["invoice_ids"])]
        return len(done), round(sum(done), 2)


def is_paid(invoices):
    states = {invoice["payment_state"] for invoice in invoices}
    return bool(states) and states <= {"paid", "in_payment"}


def main():
    api = OdooApi(
        os.environ.get("ODOO_URL", "http://localhost:8069"),
        api_key=os.environ.get("ODOO_API_KEY"),
    )
    if username := os.environ.get("ODOO_USERNAME"):
        api.log_in(username, os.environ["ODOO_PASSWORD"])
    shop = Shop(api, os.environ.get("SHOP", "shop"))
    for step in (shop.customers, shop.products, shop.prices, shop.orders):
        print(step.__name__.capitalize(), step())
    print("Sold", shop.sell())
    shop.thank(0)
    print("Paid", *shop.paid())
    print("Requests", shop.requests)


if __name__ == "__main__":
    main()
