# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What changed after the last record that was seen."""

import re

STRICT = {"Prefer": "types=strict"}
LOGGED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


def changed_after(client, moment, **filters):
    params = {"write_date__gt": moment, "order": "write_date", "fields": "write_date"}
    path = "/search/res.partner"
    params |= filters
    page = client.succeed(200, "GET", path, headers=STRICT, params=params)
    return page["records"]


def test_nothing_is_lost_and_nothing_comes_twice(admin, unique):
    seen, last = [], "2000-01-01T00:00:00.000000Z"
    ids = []
    for number in range(5):
        # Several within one second.
        ids += [admin.create("res.partner", name=f"{unique} {number}")]
        rows = changed_after(admin, last, name__startswith=unique)
        seen += [row["id"] for row in rows]
        last = rows[-1]["write_date"]
        assert LOGGED.fullmatch(last)
        assert changed_after(admin, last, name__startswith=unique) == []
    assert seen == ids


def test_what_was_read_is_accepted_as_a_value(admin, unique):
    partner = admin.create("res.partner", name=unique)
    [row] = changed_after(admin, "2000-01-01T00:00:00.5Z", name=unique)
    moment = row["write_date"]
    order = admin.create("sale.order", partner_id=partner, date_order=moment)
    found = admin.read("sale.order", order, "date_order")["date_order"]
    assert found == moment[:19].replace("T", " ")
    path = f"/search/sale.order/{order}"
    params = {"fields": "date_order"}
    read = admin.succeed(200, "GET", path, headers=STRICT, params=params)["record"]
    assert read["date_order"] == f"{moment[:19]}Z"
    admin.put(f"/update/sale.order/{order}", {"date_order": read["date_order"]})


def test_exports(admin, unique):
    admin.create("res.partner", name=unique)
    client_headers = admin.headers
    answer = admin.http.get(
        f"{admin.url}/export/res.partner",
        headers={k.replace("_", "-"): v for k, v in client_headers.items()} | STRICT,
        params={"name": unique, "fields": "write_date"},
        timeout=60,
    )
    assert LOGGED.fullmatch(answer.json()["write_date"])


def test_stamps_of_products_are_computed(admin):
    """`product.product` computes it: from the product and its template."""
    params = {"fields": "write_date", "limit": "1", "order": "write_date desc"}
    path = "/search/product.product"
    page = admin.succeed(200, "GET", path, headers=STRICT, params=params)
    [row] = page["records"]
    assert LOGGED.fullmatch(row["write_date"])
    params["write_date__gte"] = row["write_date"]
    page = admin.succeed(200, "GET", path, headers=STRICT, params=params)
    assert page["records"][0] == row
