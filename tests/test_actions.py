# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What can be done with a record, as its form and its menus offer it."""

import pytest


@pytest.fixture
def order(admin, unique):
    product = {"external_id": f"shop.{unique}", "name": unique, "create": True}
    lines = {"create": [{"product_id": product, "product_uom_qty": 1}]}
    return admin.create("sale.order", partner_id=1, order_line=lines)


def actions(client, path):
    data = client.get(f"/actions/{path}")
    assert data["count"] == len(data["actions"])
    return {row["name"]: row for row in data["actions"]}


def test_buttons_apply_to_the_state_of_a_record(admin, order):
    path = f"sale.order/{order}"
    found = actions(admin, path)
    confirm = found["action_confirm"]
    assert (confirm["label"], confirm["type"]) == ("Confirm", "method")
    assert confirm["applies"] is True
    assert found["action_draft"]["applies"] is False
    admin.post("/call/sale.order/action_confirm", {"ids": [order]})
    found = actions(admin, path)
    assert found["action_confirm"]["applies"] is False
    assert found["action_cancel"]["applies"] is True


def test_a_wizard_is_created_and_called_as_it_is_described(admin, order):
    admin.post("/call/sale.order/action_confirm", {"ids": [order]})
    [invoice] = [
        row
        for row in admin.get(f"/actions/sale.order/{order}")["actions"]
        if row.get("target_model") == "sale.advance.payment.inv"
        and row["label"] == "Create Invoice"
    ]
    assert invoice["applies"] is True
    assert invoice["type"] == "action"
    assert invoice["context"]["active_ids"] == [order]
    assert "create_invoices" in [method["name"] for method in invoice["methods"]]
    body = {
        "context": invoice["context"],
        "values": {"advance_payment_method": "delivered"},
    }
    wizard = admin.create(invoice["target_model"], body)
    path = f"/call/{invoice['target_model']}/create_invoices"
    admin.post(path, {"ids": [wizard]})
    assert admin.read("sale.order", order, "invoice_ids")["invoice_ids"]


def test_actions_of_a_model(admin):
    found = actions(admin, "sale.order")
    assert "applies" not in found["action_confirm"]
    report = found["sale.report_saleorder"]
    assert report["type"] == "report"
    kinds = {row["type"] for row in found.values()}
    assert {"method", "report"} <= kinds


def test_what_a_user_may_not_do_is_not_listed(admin, portal):
    assert "action_confirm" in actions(admin, "sale.order")
    portal.refuse(403, "ACCESS_DENIED", "GET", "/actions/res.users.log")
    portal.refuse(404, "RECORD_NOT_FOUND", "GET", "/actions/sale.order/999999")


def test_a_key_sees_what_it_may_call(key_for, order):
    reader = key_for(models={"sale.order": ["read"]})
    found = actions(reader, f"sale.order/{order}")
    assert {row["type"] for row in found.values()} == {"report"}
    caller = key_for(models={"sale.order": ["read", "call"]})
    found = actions(caller, f"sale.order/{order}")
    assert "action_confirm" in found
    assert not [row for row in found.values() if "target_model" in row]
    wizard = "sale.advance.payment.inv"
    caller = key_for(models={"sale.order": ["read"], wizard: ["create", "call"]})
    found = actions(caller, f"sale.order/{order}")
    assert wizard in [row.get("target_model") for row in found.values()]
    nobody = key_for(models={"res.partner": ["read"]})
    nobody.refuse(403, "KEY_RESTRICTED", "GET", f"/actions/sale.order/{order}")


def test_every_model_with_records_has_actions(admin, demo):
    for client in (admin, demo):
        for row in client.get("/models")["models"]:
            answer = client.call("GET", f"/actions/{row['model']}")
            assert answer.status_code == 200, (row, answer.text)
            path = f"/search/{row['model']}"
            answer = client.call("GET", path, params={"limit": 1, "fields": "id"})
            for record in (answer.json().get("data") or {"records": []})["records"]:
                path = f"/actions/{row['model']}/{record['id']}"
                answer = client.call("GET", path)
                assert answer.status_code == 200, (path, answer.text)
