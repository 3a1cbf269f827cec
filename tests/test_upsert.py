# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Records that a client knows by a key of its own, on real business data."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from client import Client

KEYS = 5
CALLERS = 10


def upsert(client, model, key, body, status=200):
    return client.succeed(status, "PUT", f"/upsert/{model}?key={key}", body)


def statuses(client, model, key, body):
    results = upsert(client, model, key, body)["results"]
    return [result["status"] for result in results]


def test_products_by_their_code(admin, unique):
    rows = [
        {"default_code": f"{unique}-{n}", "name": f"Product {n}", "list_price": n / 3}
        for n in range(20)
    ]
    assert statuses(admin, "product.product", "default_code", rows) == ["created"] * 20
    # Prices are stored with two digits: sending 1/3 again changes nothing.
    again = statuses(admin, "product.product", "default_code", rows)
    assert again == ["unchanged"] * 20
    rows[3]["list_price"] = 99
    rows.append({"default_code": f"{unique}-new", "name": "New"})
    data = upsert(admin, "product.product", "default_code", rows)
    assert (data["created"], data["updated"], data["unchanged"]) == (1, 1, 19)
    assert data["results"][3]["record"]["list_price"] == 99


def test_order_by_the_reference_of_the_customer(admin, unique):
    partner = upsert(admin, "res.partner", "ref", {"ref": unique, "name": "x"}, 201)
    body = {
        "client_order_ref": unique,
        "partner_id": [partner["id"], "x"],
        "order_line": {"create": [{"name": "A note", "display_type": "line_note"}]},
    }
    key = "partner_id,client_order_ref"
    order = upsert(admin, "sale.order", key, body, 201)
    assert len(order["record"]["order_line"]) == 1
    again = upsert(admin, "sale.order", key, {**body, "order_line": {}})
    assert (again["id"], again["status"]) == (order["id"], "unchanged")
    again = upsert(admin, "sale.order", key, body)
    assert (again["id"], again["status"]) == (order["id"], "updated")
    assert len(again["record"]["order_line"]) == 2


def test_dry_run_tells_what_would_be(admin, unique):
    upsert(admin, "crm.lead", "name", {"name": unique}, 201)
    body = [{"name": unique, "phone": "1"}, {"name": f"{unique}-new"}]
    data = admin.succeed(
        200, "PUT", "/upsert/crm.lead?key=name", body, headers={"Prefer": "dry-run"}
    )
    assert [result["status"] for result in data["results"]] == ["updated", "created"]
    assert sorted(bool(change["before"]) for change in data["changes"]) == [False, True]
    assert statuses(admin, "crm.lead", "name", body) == ["updated", "created"]


def test_unchanged_records_do_not_count(admin, unique):
    body = [{"name": unique}, {"name": f"{unique}-2"}]
    upsert(admin, "crm.lead", "name", body[:1])
    sent = ("PUT", "/upsert/crm.lead?key=name", body)
    admin.refuse(
        409, "MAX_AFFECTED_EXCEEDED", *sent, headers={"Prefer": "max-affected=0"}
    )
    assert admin.count("crm.lead", name=f"{unique}-2") == 0
    admin.succeed(200, *sent, headers={"Prefer": "max-affected=1"})


def test_unchanged_record_keeps_its_write_date(admin, unique):
    body = {"name": unique, "expected_revenue": 10.005, "date_deadline": "2030-01-02"}
    lead = upsert(admin, "crm.lead", "name", body, 201)["id"]
    before = admin.read("crm.lead", lead, "write_date")
    assert upsert(admin, "crm.lead", "name", body)["status"] == "unchanged"
    assert admin.read("crm.lead", lead, "write_date") == before


def test_employee_by_external_id(admin, unique):
    body = {"external_id": f"payroll.{unique}", "name": "Ada", "work_phone": "1"}
    employee = upsert(admin, "hr.employee", "external_id", body, 201)
    assert "external_id" not in employee["record"]
    [row] = admin.get(
        "/search/ir.model.data", name=unique, fields="module,model,res_id"
    )["records"]
    assert (row["module"], row["model"]) == ("payroll", "hr.employee")
    assert row["res_id"] == employee["id"]
    body["work_phone"] = "2"
    again = upsert(admin, "hr.employee", "external_id", body)
    assert (again["id"], again["status"]) == (employee["id"], "updated")
    path = "/upsert/hr.department?key=external_id"
    admin.refuse(409, "EXTERNAL_ID_TAKEN", "PUT", path, body)


def test_external_ids_of_employees_without_rights_on_them(demo, unique):
    body = {"external_id": unique, "name": unique}
    lead = upsert(demo, "crm.lead", "external_id", body, 201)
    assert upsert(demo, "crm.lead", "external_id", body)["id"] == lead["id"]
    for name, model in [
        ("base.user_admin", "res.partner"),
        ("base.user_admin", "res.users"),
        (f"sale.{unique}", "crm.lead"),
    ]:
        answer = demo.call(
            "PUT",
            f"/upsert/{model}?key=external_id",
            {"external_id": name, "name": "Mine"},
        )
        assert answer.status_code in (403, 409, 422), answer.text
    assert demo.read("res.users", 2, "name")["name"] != "Mine"


def test_records_of_others_are_not_overwritten(admin, new_user, unique):
    """A salesperson who sees only their own leads makes one of their own."""
    [group] = admin.get("/search/ir.model.data", name="group_sale_salesman")["records"]
    group = admin.read("ir.model.data", group["id"], "res_id")["res_id"]
    seller = new_user(group_ids=[[6, 0, [1, group]]]).with_key()
    lead = admin.create("crm.lead", name=unique, user_id=2)
    data = upsert(seller, "crm.lead", "name", {"name": unique, "phone": "1"}, 201)
    assert data["id"] != lead
    assert admin.read("crm.lead", lead, "phone")["phone"] is False
    path = "/upsert/crm.lead?key=name"
    body = {"name": unique, "phone": "2"}
    error = admin.refuse(409, "AMBIGUOUS_KEY", "PUT", path, body)
    assert str(lead) in error["message"]


@pytest.mark.parametrize(
    ("key", "body", "status", "code"),
    [
        ("", {"name": "x"}, 400, "INVALID_PARAMETER"),
        ("nme", {"name": "x"}, 400, "INVALID_PARAMETER"),
        ("user_id.name", {"name": "x"}, 400, "INVALID_PARAMETER"),
        ("probability", {"probability": 1}, 400, "INVALID_PARAMETER"),
        ("tag_ids", {"tag_ids": [1]}, 400, "INVALID_PARAMETER"),
        ("name", {"phone": "x"}, 422, "VALIDATION_ERROR"),
        ("name", {"name": {"en_US": "x"}}, 422, "VALIDATION_ERROR"),
        ("name", [{"name": "x"}, {"name": "x"}], 422, "VALIDATION_ERROR"),
        ("name", [], 400, "NO_DATA"),
        ("name", [{}], 400, "NO_DATA"),
        ("name", [[]], 400, "INVALID_JSON"),
        ("name", [{"name": str(n)} for n in range(1001)], 413, "PAYLOAD_TOO_LARGE"),
        ("external_id", {"external_id": "a.\u2003b"}, 422, "VALIDATION_ERROR"),
        ("external_id", {"external_id": {}}, 422, "VALIDATION_ERROR"),
    ],
)
def test_bad_upserts(demo, key, body, status, code):
    if key == "external_id":
        body = body | {"name": "never"}
    demo.refuse(status, code, "PUT", f"/upsert/crm.lead?key={key}", body)


def test_key_of_portal_users_is_their_own(portal, unique):
    body = {"name": unique}
    portal.refuse(403, "ACCESS_DENIED", "PUT", "/upsert/crm.lead?key=name", body)


@pytest.mark.parametrize("key", ["ref", "external_id"])
def test_ten_at_once_make_one_record_of_each_key(url, admin, unique, key):
    names = [f"{unique}-{n}" for n in range(KEYS)]

    def call(number):
        # In different orders, as different clients would have it.
        order = names if number % 2 else names[::-1]
        body = [{key: name, "name": f"Once {name}"} for name in order]
        client = Client(url, **admin.headers)
        return upsert(client, "res.partner", key, body)["created"]

    with ThreadPoolExecutor(CALLERS) as pool:
        created = list(pool.map(call, range(CALLERS)))
    assert sum(created) == KEYS
    for name in names:
        assert admin.count("res.partner", name=f"Once {name}") == 1
