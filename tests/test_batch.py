# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Several requests in one transaction, on orders and invoices."""

from concurrent.futures import ThreadPoolExecutor

import backstage
import pytest
from client import Client

CUSTOMER = 15
PRODUCT = 36  # can be invoiced when it is ordered
CONFIRM = {
    "id": "confirm",
    "method": "POST",
    "path": "/call/sale.order/action_confirm",
    "body": {"ids": [{"$ref": "order.id"}]},
}
INVOICE = [
    {
        "id": "wizard",
        "method": "POST",
        "path": "/create/sale.advance.payment.inv",
        "body": {
            "advance_payment_method": "delivered",
            "sale_order_ids": [{"$ref": "order.id"}],
        },
    },
    {
        "id": "invoice",
        "method": "POST",
        "path": "/call/sale.advance.payment.inv/create_invoices",
        "body": {"ids": [{"$ref": "wizard.id"}]},
    },
    {
        "id": "post",
        "method": "POST",
        "path": "/call/account.move/action_post",
        "body": {"ids": [{"$ref": "invoice.result.res_id"}]},
    },
    {
        "id": "posted",
        "method": "GET",
        "path": "/search/account.move/{invoice.result.res_id}"
        "?fields=state,amount_untaxed,invoice_origin",
    },
]


def new_order(reference, **more):
    lines = [
        [0, 0, {"product_id": PRODUCT, "product_uom_qty": 2, "price_unit": 50}],
        [0, 0, {"product_id": PRODUCT, "product_uom_qty": 1, "price_unit": 7}],
    ]
    values = {
        "partner_id": CUSTOMER,
        "order_line": lines,
        "client_order_ref": reference,
    }
    return {
        "id": "order",
        "method": "POST",
        "path": "/create/sale.order",
        "body": values | more,
    }


def run(client, *steps):
    """Run a batch that must work; return the data of its steps by name."""
    data = client.post("/batch", {"steps": list(steps)})
    assert data["count"] == len(data["results"]) == len(steps)
    return {
        result["id"] or position: result["data"]
        for position, result in enumerate(data["results"])
    }


def refuse(client, status, code, *steps, **options):
    error = client.refuse(
        status, code, "POST", "/batch", {"steps": list(steps)}, **options
    )
    return error.get("step", {}).get("index"), error


def orders(reference):
    return backstage.query(
        "SELECT id FROM sale_order WHERE client_order_ref = %s", reference
    )


def test_from_order_to_invoice(admin, unique):
    read = {
        "method": "GET",
        "path": "/search/sale.order?client_order_ref={order.record.client_order_ref}"
        "&fields=state,invoice_ids",
    }
    data = run(admin, new_order(unique), CONFIRM, *INVOICE, read)
    invoice = data["posted"]["record"]
    assert invoice["state"] == "posted"
    assert invoice["amount_untaxed"] == 107
    assert invoice["invoice_origin"] == data["order"]["record"]["name"]
    [order] = data[6]["records"]
    assert order["state"] == "sale"
    assert order["invoice_ids"] == [invoice["id"]]


def test_what_fails_last_leaves_nothing(admin, unique):
    last = {"method": "PATCH", "path": "/update/account.move/{post.ids.0}"}
    last["body"] = {"invoice_date": "yesterday"}
    steps = [new_order(unique), CONFIRM, *INVOICE, last]
    index, error = refuse(admin, 422, "VALIDATION_ERROR", *steps)
    assert index == 6
    assert error["step"] == {
        "index": 6,
        "id": None,
        "method": "PATCH",
        "path": "/update/account.move/{post.ids.0}",
    }
    assert error["details"][0]["pointer"] == "/steps/6/body/invoice_date"
    assert not orders(unique)


def test_business_errors_name_their_step(admin, unique):
    again = CONFIRM | {"id": "again"}
    index, error = refuse(
        admin, 422, "VALIDATION_ERROR", new_order(unique), CONFIRM, again
    )
    assert index == 2
    assert error["step"]["id"] == "again"
    assert not orders(unique)


def test_a_line_of_an_earlier_step(demo, unique):
    data = run(
        demo,
        new_order(unique),
        {
            "method": "PATCH",
            "path": "/update/sale.order.line/{order.record.order_line.1}",
            "body": {"product_uom_qty": 5},
        },
        {
            "method": "DELETE",
            "path": "/delete/sale.order.line/{order.record.order_line.0}",
        },
        {
            "method": "GET",
            "path": "/search/sale.order/{order.id}?fields=order_line",
        },
    )
    assert data[3]["record"]["order_line"] == [data[1]["id"]]


def test_rights_hold_in_each_step(demo, portal, new_user, unique):
    steps = [new_order(unique), CONFIRM, *INVOICE]
    index, error = refuse(demo, 403, "ACCESS_DENIED", *steps)
    assert (index, error["step"]["id"]) == (4, "post")
    assert refuse(portal, 403, "ACCESS_DENIED", new_order(unique))[0] == 0
    nobody = new_user().with_key()
    read = {"method": "GET", "path": "/search/res.partner?limit=1"}
    assert refuse(nobody, 403, "ACCESS_DENIED", read, new_order(unique))[0] == 1
    assert not orders(unique)


def test_restrictions_hold_in_each_step(key_for, unique):
    key = key_for(
        models={"sale.order": ["create", "read"], "sale.order.line": ["create"]}
    )
    run(key, new_order(unique))
    assert refuse(key, 403, "KEY_RESTRICTED", new_order(unique), CONFIRM)[0] == 1
    assert len(orders(unique)) == 1
    reader = key_for(read_only=True)
    read = {"method": "GET", "path": "/search/sale.order?limit=1"}
    run(reader, read)
    for step in (
        new_order(unique),
        {"method": "PATCH", "path": "/update/sale.order/1", "body": {"note": "x"}},
        {"method": "DELETE", "path": "/delete/sale.order/1"},
        {"method": "POST", "path": "/call/sale.order/action_confirm"},
    ):
        assert refuse(reader, 403, "KEY_RESTRICTED", read, step)[0] == 1


def test_a_constraint_is_of_the_step_that_broke_it(admin, unique):
    first = {"method": "POST", "path": "/create/res.lang"}
    first["body"] = {"name": unique, "code": unique, "url_code": unique}
    index, error = refuse(
        admin, 422, "VALIDATION_ERROR", first, first, new_order(unique)
    )
    assert index == 1
    assert not orders(unique)


def test_reads_with_what_was_written(admin, unique):
    domain = '[["client_order_ref","=","{order.record.client_order_ref}"]]'
    data = run(
        admin,
        new_order(unique),
        {"method": "GET", "path": f"/search/sale.order?domain={domain}"},
        {
            "method": "GET",
            "path": "/aggregate/sale.order.line?order_id={order.id}&groupby=product_id"
            "&measures=product_uom_qty:sum",
        },
    )
    assert data[1]["total_count"] == 1
    assert data[2]["groups"][0]["product_uom_qty:sum"] == 3


def test_a_lost_race_leaves_nothing(admin, unique):
    partner = admin.create("res.partner", name=unique)
    path = f"/search/res.partner/{partner}?fields=name"
    tag = admin.call("GET", path).headers["ETag"]
    write = {
        "method": "PATCH",
        "path": f"/update/res.partner/{partner}",
        "headers": {"If-Match": tag},
        "body": {"city": "Ghent"},
    }
    run(admin, write)
    index, _error = refuse(admin, 412, "PRECONDITION_FAILED", new_order(unique), write)
    assert index == 1
    assert not orders(unique)
    [read] = admin.post("/batch", {"steps": [{"method": "GET", "path": path}]})[
        "results"
    ]
    run(admin, write | {"headers": {"If-Match": read["headers"]["ETag"]}})


def test_a_hundred_steps(admin, unique):
    step = {"method": "POST", "path": "/create/res.partner", "body": {"name": unique}}
    run(admin, *[step] * 100)
    assert admin.count("res.partner", name=unique) == 100
    refuse(admin, 413, "PAYLOAD_TOO_LARGE", *[step] * 101)


def test_at_once(admin, url, unique):
    """Batches that change the same record wait, are run again, or say so."""
    partner = admin.create("res.partner", name=unique)

    def run_one(number):
        steps = [
            {
                "method": "PATCH",
                "path": f"/update/res.partner/{partner}",
                "body": {"city": f"City {number}"},
            },
            {
                "method": "POST",
                "path": "/create/res.partner",
                "body": {"name": f"{unique} {number}", "parent_id": partner},
            },
        ]
        client = Client(url, **admin.headers)
        return client.call("POST", "/batch", {"steps": steps}).status_code

    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(run_one, range(4)))
    assert set(statuses) <= {200, 409}
    assert admin.count("res.partner", parent_id=partner) == statuses.count(200)


@pytest.mark.parametrize(
    "steps",
    [None, {}, [], "x", [None], [[]], [{"method": "GET"}], [{"path": "/search/x"}]],
)
def test_bad_steps(admin, steps):
    admin.refuse(400, "INVALID_STEP", "POST", "/batch", {"steps": steps})


@pytest.mark.parametrize(
    "path",
    ["/search/{order.model", "/search/}{", "/search/{{order.model}}", "/%", "/?", "/#"],
)
def test_odd_paths(admin, unique, path):
    steps = [new_order(unique), {"method": "GET", "path": path}]
    answer = admin.call("POST", "/batch", {"steps": steps})
    assert answer.status_code in (400, 404)
    assert not orders(unique)
