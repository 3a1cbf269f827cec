# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What apps trip over, because of a value that was sent, is the client's mistake."""

import pytest

UNPARSABLE = ("http://[", "http://[::1", "https://]")


def places(client, path, body, method="POST"):
    error = client.refuse(422, "VALIDATION_ERROR", method, path, body)
    return [entry["pointer"] for entry in error["details"]]


@pytest.fixture(scope="module")
def lead(admin):
    return admin.create("crm.lead", name="Mistakes")


@pytest.mark.parametrize("address", UNPARSABLE)
@pytest.mark.parametrize("model", ["res.partner", "crm.lead"])
def test_address_that_is_none(admin, model, address):
    body = {"name": "x", "website": address}
    answer = admin.call("POST", f"/create/{model}", body)
    assert answer.status_code in (201, 422)
    if answer.status_code == 422:
        [entry] = answer.json()["error"]["details"]
        assert entry["pointer"] == "/website"


def test_address_in_a_line_and_in_an_update(admin):
    line = {"name": "y", "website": UNPARSABLE[0]}
    body = {"name": "x", "child_ids": {"create": [{"name": "z"}, line]}}
    found = places(admin, "/create/res.partner", body)
    assert found == ["/child_ids/create/1/website"]
    partner = admin.create("res.partner", name="x")
    path = f"/update/res.partner/{partner}"
    assert places(admin, path, {"website": UNPARSABLE[0]}, "PUT") == ["/website"]


@pytest.mark.parametrize(
    ("method", "name", "value"),
    [
        ("message_post", "body", {"a": 1}),
        ("message_post", "body", ["x"]),
        ("message_post", "attachments", [1]),
        ("message_post", "attachments", 5),
        ("message_post", "attachments", [["a"]]),
        ("message_post", "partner_ids", 5),
        ("message_post", "partner_ids", [{}]),
        ("message_post", "attachment_ids", {"x": 1}),
        ("message_post", "subtype_xmlid", 5),
        ("message_post", "subtype_xmlid", "x"),
        ("message_post", "message_type", []),
        ("message_post", "email_from", {}),
        ("message_post", "parent_id", "x"),
        ("message_subscribe", "partner_ids", 5),
        ("message_subscribe", "partner_ids", ["x"]),
        ("message_subscribe", "partner_ids", [[1]]),
        ("message_subscribe", "partner_ids", {"a": 1}),
        ("message_subscribe", "subtype_ids", 5),
        ("activity_schedule", "act_type_xmlid", 5),
        ("activity_schedule", "date_deadline", "x"),
        ("activity_schedule", "date_deadline", 5),
        ("activity_schedule", "user_id", "x"),
        ("convert_opportunity", "partner", 5),
        ("message_get_followers", "limit", ["x"]),
        ("has_access", "operation", True),
        ("has_access", "operation", []),
        ("copy", "default", 5),
        ("copy", "default", {"nope": 1}),
        ("read", "fields", 5),
        ("read", "load", 5),
        ("web_read", "specification", 5),
        ("web_read", "specification", {"name": 5}),
        ("web_save", "vals", 5),
        ("onchange", "values", 5),
        ("export_data", "fields_to_export", 5),
    ],
)
def test_wrong_argument(admin, lead, method, name, value):
    body = {"ids": [lead], "kwargs": {name: value}}
    answer = admin.call("POST", f"/call/crm.lead/{method}", body)
    assert answer.status_code < 500, answer.text


@pytest.mark.parametrize("login", [["x"], {"a": "x"}, "nobody-has-this-login"])
def test_error_without_a_class_of_its_own(admin, login):
    body = {"kwargs": {"login": login}}
    admin.refuse(
        422, "VALIDATION_ERROR", "POST", "/call/res.users/reset_password", body
    )


def test_wizard_without_the_records_it_is_about(admin):
    path = "/create/account.move.send.wizard"
    error = admin.refuse(422, "VALIDATION_ERROR", "POST", path, {"lang": "en_US"})
    assert "'active_ids' in the context" in error["message"]


def test_wizard_that_looks_for_a_field(admin):
    path = "/create/account.setup.bank.manual.config"
    assert places(admin, path, {"bank_bic": "GEBABEBB"}) == ["/acc_number"]
