# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`Prefer: dry-run` on real business data: all is shown, nothing is kept."""

import backstage
import pytest

TABLES = ("sale_order", "sale_order_line", "res_partner", "res_users", "mail_message")
TABLES += ("mail_mail", "mail_tracking_value", "mail_followers", "ir_attachment")
TABLES += ("bus_bus", "account_move", "account_move_line", "mail_activity")


def rehearse(client, verb, path, body=None, **headers):
    headers = {"Prefer": "dry-run"} | headers
    return client.call(verb, path, body, headers=headers)


def rehearsal(client, *request):
    """Return the data of a dry run that works."""
    answer = rehearse(client, *request)
    assert answer.ok, answer.text
    assert answer.headers["Preference-Applied"] == "dry-run"
    assert answer.json()["message"].startswith("Dry run: ")
    assert answer.json()["data"]["dry_run"] is True
    assert "Location" not in answer.headers
    return answer.json()["data"]


@pytest.fixture(autouse=True)
def nothing_changes():
    """Whatever a test of this file tries, no table has a row more or less."""
    before = counts()
    yield
    assert counts() == before


def counts():
    parts = [f"(SELECT count(*) FROM {table})" for table in TABLES]
    [row] = backstage.query("SELECT " + ", ".join(parts))
    return dict(zip(TABLES, row, strict=True))


@pytest.fixture
def product(admin):
    return admin.get("/search/product.product", sale_ok="true", limit=1)["records"][0]


@pytest.fixture
def quotation(admin):
    found = admin.get("/search/sale.order", state="draft", limit=1, fields="name")
    return found["records"][0]


def test_an_order_that_would_be_made(admin, product, unique):
    line = {"product_id": product["id"], "product_uom_qty": 2, "price_unit": 50}
    body = {"partner_id": 1, "client_order_ref": unique, "order_line": [[0, 0, line]]}
    data = rehearsal(admin, "POST", "/create/sale.order", body)
    [change] = data["changes"]
    assert (change["model"], change["id"]) == ("sale.order", data["id"])
    assert change["before"] is None
    assert change["after"]["amount_untaxed"] == 100
    admin.refuse(404, "RECORD_NOT_FOUND", "GET", f"/search/sale.order/{data['id']}")
    assert admin.count("sale.order", client_order_ref=unique) == 0


def test_lines_change_what_is_computed(admin, quotation, product):
    line = {"product_id": product["id"], "product_uom_qty": 1, "price_unit": 77}
    path = f"/update/sale.order/{quotation['id']}"
    before = admin.read("sale.order", quotation["id"], "amount_untaxed,write_date")
    data = rehearsal(admin, "PUT", path, {"order_line": [[0, 0, line]]})
    [change] = data["changes"]
    old, new = (change[side]["amount_untaxed"] for side in ("before", "after"))
    assert old == before["amount_untaxed"]
    assert new == pytest.approx(old + 77)
    assert "partner_id" not in change["after"]
    fields = "amount_untaxed,write_date"
    assert admin.read("sale.order", quotation["id"], fields) == before


def test_a_stage_that_would_be_reached(demo):
    lead = demo.get("/search/crm.lead", limit=1, fields="stage_id,name")["records"][0]
    stages = demo.get("/search/crm.stage", limit=10)["records"]
    stage = next(row for row in stages if row["id"] != lead["stage_id"][0])
    path = f"/update/crm.lead/{lead['id']}"
    data = rehearsal(demo, "PATCH", path, {"stage_id": stage["id"]})
    [change] = data["changes"]
    assert change["before"]["stage_id"] == lead["stage_id"]
    assert change["after"]["stage_id"][0] == stage["id"]
    assert "name" not in change["after"]


def test_a_deletion_that_would_work(admin, quotation):
    data = rehearsal(admin, "DELETE", f"/delete/sale.order/{quotation['id']}")
    [change] = data["changes"]
    assert change["before"]["name"] == quotation["name"]
    assert change["after"] is None
    assert admin.read("sale.order", quotation["id"], "name")["id"] == quotation["id"]


def test_what_would_be_refused_is_refused(admin, quotation, product):
    invoice = admin.get("/search/account.move", state="posted", limit=1)["records"][0]
    order = f"/update/sale.order/{quotation['id']}"
    line = {"display_type": "line_section", "name": "X", "product_id": product["id"]}
    for verb, path, body in [
        # The database's own check.
        ("PUT", order, {"order_line": [[0, 0, line]]}),
        # Odoo's ValidationError, and its UserError.
        ("POST", "/create/res.company", {"name": "X", "parent_id": 999999}),
        ("DELETE", f"/delete/account.move/{invoice['id']}", None),
        # What is checked at the door.
        ("PUT", order, {"partner_id": "Azure"}),
        ("PUT", order, {"nope": 1}),
    ]:
        dry = rehearse(admin, verb, path, body)
        real = admin.call(verb, path, body)
        assert real.status_code in (400, 422), real.text
        assert dry.status_code == real.status_code
        assert dry.json()["error"]["code"] == real.json()["error"]["code"]


def test_rights_hold(demo, portal, quotation):
    for client in (demo, portal):
        answer = rehearse(client, "POST", "/create/res.groups", {"name": "X"})
        assert answer.status_code == 403
    path = f"/update/sale.order/{quotation['id']}"
    answer = rehearse(portal, "PUT", path, {"client_order_ref": "X"})
    assert answer.status_code in (403, 404)


def test_where_it_is_not_possible_nothing_is_done(admin, demo_id):
    for verb, path, body in [
        ("POST", f"/users/{demo_id}/api-key", None),
        ("POST", f"/users/{demo_id}/reset-password", None),
        ("PUT", f"/users/{demo_id}/password", {"new_password": "never set"}),
        ("POST", "/auth/login", {"username": "admin", "password": "admin"}),
    ]:
        answer = rehearse(admin, verb, path, body)
        assert answer.status_code == 400
        assert answer.json()["error"]["code"] == "INVALID_PARAMETER"


def test_strict_types_hold_for_the_changes(admin, quotation):
    path = f"/update/sale.order/{quotation['id']}"
    headers = {"Prefer": "types=strict, dry-run"}
    answer = admin.call("PUT", path, {"client_order_ref": "X"}, headers=headers)
    applied = answer.headers["Preference-Applied"]
    assert applied == "types=strict, dry-run"
    assert answer.json()["data"]["changes"][0]["after"]["client_order_ref"] == "X"
