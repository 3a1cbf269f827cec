# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a key for some models does to, and is told of, the models of other apps."""

import pytest

WRITING = ["create", "update"]


@pytest.fixture
def team(admin, unique):
    """A sales team whose leads have one property."""
    definition = [{"name": "size", "type": "char", "string": "Size"}]
    return admin.create("crm.team", name=unique, lead_properties_definition=definition)


def definition_of(admin, team):
    row = admin.read("crm.team", team, "lead_properties_definition")
    return [item["name"] for item in row["lead_properties_definition"]]


@pytest.mark.parametrize("flag", ["definition_changed", "definition_deleted"])
def test_no_lead_redefines_the_properties_of_a_team(
    admin, demo, demo_id, key_for, team, unique, flag
):
    lead = admin.create("crm.lead", name=unique, team_id=team, user_id=demo_id)
    item = {"name": "size", "type": "char", "value": "XL"}
    extra = {"name": "extra", "type": "char", flag: True}
    body = {"lead_properties": [item, extra]}
    new = body | {"name": unique, "team_id": team}
    key = key_for(models={"crm.lead": WRITING})
    for verb, path, sent in (
        ("PATCH", f"/update/crm.lead/{lead}", body),
        ("PUT", f"/update/crm.lead/{lead}", body),
        ("PATCH", "/update/crm.lead", {"ids": [lead], "values": body}),
        ("POST", "/create/crm.lead", new),
        ("POST", "/create/crm.lead", [new]),
    ):
        error = key.refuse(403, "KEY_RESTRICTED", verb, path, sent)
        assert "crm.team" in error["message"]
        # Nor does a seller, whose key is not restricted: the ORM asks for the right.
        demo.refuse(403, "ACCESS_DENIED", verb, path, sent)
    assert definition_of(admin, team) == ["size"]
    key.succeed(200, "PATCH", f"/update/crm.lead/{lead}", {"lead_properties": [item]})
    key = key_for(models={"crm.lead": ["update"], "crm.team": ["update"]})
    key.succeed(200, "PATCH", f"/update/crm.lead/{lead}", body)
    changed = ["size", "extra"] if flag == "definition_changed" else ["size"]
    assert definition_of(admin, team) == changed


def test_keys_of_shops_and_sales_go_on_writing_their_fields(admin, key_for, unique):
    """What an app keeps in step by itself is not refused, nor are parts of a record."""
    customer = admin.create("res.partner", name=unique, email="old@example.com")
    for model, new, change in (
        (
            "crm.lead",
            {"partner_id": customer, "email_from": "lead@example.com", "phone": "1"},
            {"email_from": "other@example.com", "phone": "2", "expected_revenue": 5},
        ),
        ("res.partner", {"is_company": True}, {"company_type": "person"}),
        ("product.template", {"barcode": unique}, {"standard_price": 5, "weight": 2}),
        ("product.product", {"list_price": 5}, {"is_favorite": True, "lst_price": 6}),
        ("hr.employee", {"work_phone": "1"}, {"tz": "Europe/Brussels", "color": 3}),
    ):
        key = key_for(models={model: [*WRITING, "read"]})
        record = key.create(model, new | {"name": unique})
        path = f"/update/{model}/{record}"
        key.succeed(200, "PATCH", path, change | {"name": f"{unique} 2"})


@pytest.mark.parametrize(
    ("model", "values", "other"),
    [
        ("crm.lead", {"activity_summary": "x"}, "mail.activity"),
        ("res.partner.bank", {"bank_bic": "x"}, "res.bank"),
        ("calendar.event", {"current_status": "declined"}, "calendar.attendee"),
        ("account.journal", {"alias_name": "x"}, "mail.alias"),
        ("account.journal", {"bank_acc_number": "x"}, "res.partner.bank"),
        ("res.users", {"private_phone": "x"}, "hr.employee"),
        ("res.config.settings", {"invoice_terms": "x"}, "res.company"),
        ("product.product", {"product_tmpl_id": 1}, "product.template"),
        ("crm.team", {"alias_id": 1}, "mail.alias"),
        ("hr.employee", {"resource_id": 1}, "resource.resource"),
    ],
)
def test_values_that_are_written_on_another_model(key_for, model, values, other):
    key = key_for(models={model: WRITING})
    body = {"name": "x"} | values
    error = key.refuse(403, "KEY_RESTRICTED", "POST", f"/create/{model}", body)
    assert f"update on {other}" in error["message"]


def test_no_activity_is_taken_off_a_record_of_another_model(admin, key_for, unique):
    lead = admin.create("crm.lead", name=unique)
    partner = admin.create("res.partner", name=unique)
    [model] = admin.get("/search/ir.model", model="res.partner")["records"]
    values = {"res_model_id": model["id"], "res_id": partner, "summary": unique}
    activity = admin.create("mail.activity", values)
    models = {"crm.lead": ["update"], "mail.activity": ["update", "delete"]}
    key = key_for(models=models)
    for lines in ({"add": [activity]}, [[4, activity]], [activity]):
        error = key.refuse(
            403,
            "KEY_RESTRICTED",
            "PATCH",
            f"/update/crm.lead/{lead}",
            {"activity_ids": lines},
        )
        assert "update on res.partner" in error["message"]
    row = admin.read("mail.activity", activity, "res_model,res_id")
    assert (row["res_model"], row["res_id"]) == ("res.partner", partner)


def test_ordinary_keys_see_the_names_of_what_they_lead_to(admin, key_for, sales):
    order = sales.orders[0]
    pair = [sales.belgian, f"{sales.word}, Brussels"]
    for verbs in (["read"], ["read", "create"]):
        key = key_for(models={"sale.order": verbs})
        assert key.read("sale.order", order, "partner_id")["partner_id"] == pair
        filters = {"partner_id": sales.belgian, "fields": "partner_id"}
        rows = key.get("/search/sale.order", **filters)["records"]
        assert [row["partner_id"] for row in rows] == [pair, pair]
        [group] = key.get(
            "/aggregate/sale.order", groupby="partner_id", partner_id=sales.belgian
        )["groups"]
        assert group["partner_id"] == pair
        for params in (
            {"groupby": "partner_id.country_id"},
            {"groupby": "tag_ids"},
            {"partner_id.name": "x"},
            {"domain": '[["partner_id","=","x"]]'},
        ):
            key.refuse(
                403, "KEY_RESTRICTED", "GET", "/aggregate/sale.order", params=params
            )
    body = {"partner_id": sales.belgian}
    record = key.succeed(201, "POST", "/create/sale.order", body)["record"]
    assert record["partner_id"] == pair


def test_a_key_that_may_only_write_reads_nothing(admin, key_for, sales, unique):
    order = sales.orders[1]
    key = key_for(models={"sale.order": WRITING, "sale.order.line": ["create"]})
    lines = {"create": [{"product_id": sales.lamp}]}
    body = {"partner_id": sales.french, "order_line": lines, "note": unique}
    shown = {"partner_id": [sales.french, False], "note": unique}
    for verb, path, status in (
        ("PATCH", f"/update/sale.order/{order}", 200),
        ("POST", "/create/sale.order", 201),
    ):
        answer = key.call(verb, path, body)
        assert answer.status_code == status, answer.text
        data = answer.json()["data"]
        assert data["record"] == {"id": data["id"]} | shown
        assert sales.word not in answer.text
    headers = {"Prefer": "types=strict, dry-run"}
    answer = key.call("PATCH", f"/update/sale.order/{order}", body, headers)
    data = answer.json()["data"]
    assert data["record"]["partner_id"] == {"id": sales.french, "display_name": None}
    assert data["changes"] == []


def test_models_are_those_of_the_key(key_for):
    key = key_for(models={"sale.order": ["read"], "crm.lead": ["create"]})
    assert [row["model"] for row in key.get("/models")["models"]] == ["sale.order"]
    assert key.get("/models", search="lead")["count"] == 0
