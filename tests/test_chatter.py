# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Messages, activities and followers of records."""

import base64

import pytest


@pytest.fixture
def lead(admin, unique):
    return admin.create("crm.lead", name=unique)


@pytest.fixture
def follower(admin, unique):
    return admin.create("res.partner", name=unique, email=f"{unique}@example.com")


def post(client, lead, status=201, headers=None, **body):
    path = f"/messages/crm.lead/{lead}"
    return client.succeed(status, "POST", path, body, headers=headers)


def messages(client, lead, **params):
    return client.get(f"/messages/crm.lead/{lead}", **params)


def test_a_message_is_posted_as_text(admin, lead):
    data = post(admin, lead, body="1 < 2\nsecond line")
    record = data["record"]
    assert data["model"] == "mail.message"
    assert "1 &lt; 2<br/>second line" in record["body"].replace("<br>", "<br/>")
    assert record["author_id"][1]
    assert record["subtype_id"][1] == "Discussions"
    assert not record["is_internal"]
    page = messages(admin, lead)
    assert page["records"][0] == record
    assert page["total_count"] == 2  # and that of the creation
    assert [page["model"], page["id"]] == ["crm.lead", lead]


def test_a_note_and_html(admin, lead):
    html = '<p onclick="x()">Bold: <b>1</b><script>x()</script></p>'
    record = post(admin, lead, body=html, html=True, internal=True)["record"]
    assert "<b>1</b>" in record["body"]
    assert "script" not in record["body"]
    assert "onclick" not in record["body"]
    assert record["is_internal"]
    assert record["subtype_id"][1] == "Note"


@pytest.mark.parametrize(
    "subtype", ["mail.mt_note", {"external_id": "mail.mt_note"}, {"name": "Note"}]
)
def test_the_subtype_is_named(admin, lead, subtype):
    record = post(admin, lead, body="x", subtype=subtype)["record"]
    assert record["subtype_id"][1] == "Note"
    again = post(admin, lead, body="x", subtype=record["subtype_id"][0])["record"]
    assert again["subtype_id"] == record["subtype_id"]


def test_attachments_of_a_message(admin, lead):
    content = base64.b64encode(b"text").decode()
    file = {"name": "a.txt", "datas": content, "res_model": "crm.lead", "res_id": lead}
    attachment = admin.succeed(201, "POST", "/attachments", file)["id"]
    record = post(admin, lead, attachment_ids=[attachment])["record"]
    assert record["attachment_ids"] == [
        {
            "id": attachment,
            "name": "a.txt",
            "mimetype": "text/plain",
            "file_size": 4,
        }
    ]


def test_pages_of_messages(admin, lead):
    for number in range(5):
        post(admin, lead, body=f"Message {number}")
    first = messages(admin, lead, limit=2)
    second = messages(admin, lead, limit=2, offset=2)
    texts = [row["body"] for row in first["records"] + second["records"]]
    assert texts == [f"<p>Message {number}</p>" for number in (4, 3, 2, 1)]
    assert first["total_count"] == 6
    assert messages(admin, lead, limit=0)["records"] == []


@pytest.mark.parametrize(
    "body, pointer, code",
    [
        ({"html": True}, "/body", "required"),
        ({"body": 7}, "/body", "wrong_type"),
        ({"body": "x", "html": 1}, "/html", "wrong_type"),
        ({"body": "x", "subject": []}, "/subject", "wrong_type"),
        ({"body": "x", "subtype": "mail.nope"}, "/subtype", "not_found"),
        ({"body": "x", "subtype": []}, "/subtype", "wrong_type"),
        ({"body": "x", "subtype": 999999}, "/subtype", "foreign_key"),
        (
            {"body": "x", "subtype": "mail.mt_note", "internal": True},
            "/subtype",
            "not_allowed",
        ),
        ({"body": "x", "attachment_ids": 7}, "/attachment_ids", "wrong_type"),
        ({"body": "x", "attachment_ids": ["a"]}, "/attachment_ids/0", "wrong_type"),
        ({"body": "x", "attachment_ids": [999999]}, "/attachment_ids/0", "foreign_key"),
    ],
)
def test_wrong_messages(admin, lead, body, pointer, code):
    before = messages(admin, lead)["total_count"]
    path = f"/messages/crm.lead/{lead}"
    error = admin.refuse(422, "VALIDATION_ERROR", "POST", path, body)
    [entry] = error["details"]
    assert (entry["pointer"], entry["code"]) == (pointer, code)
    assert messages(admin, lead)["total_count"] == before


def test_what_has_no_messages(admin):
    for path in ("/messages/res.country/1", "/activities/res.country/1"):
        error = admin.refuse(404, "NOT_FOUND", "GET", path)
        assert "res.country" in error["message"]
    admin.refuse(404, "RECORD_NOT_FOUND", "GET", "/messages/crm.lead/999999")
    admin.refuse(404, "MODEL_NOT_FOUND", "GET", "/messages/crm.leed/1")
    path = "/messages/crm.lead/1"
    admin.refuse(400, "INVALID_FIELDS", "POST", path, {"text": "x"})


def test_customers_see_no_notes(admin, portal, unique):
    partner = portal.get("/auth/me")["user"]["id"]
    partner = admin.read("res.users", partner, "partner_id")["partner_id"][0]
    order = admin.create("sale.order", partner_id=partner)
    admin.post("/call/sale.order/action_quotation_sent", {"ids": [order]})
    path = f"/messages/sale.order/{order}"
    admin.succeed(201, "POST", path, {"body": "Public"})
    admin.succeed(201, "POST", path, {"body": "Secret", "internal": True})
    texts = [row["body"] for row in portal.get(path)["records"]]
    assert "<p>Public</p>" in texts
    assert "<p>Secret</p>" not in texts
    assert "<p>Secret</p>" in [row["body"] for row in admin.get(path)["records"]]
    # Odoo's own rule: customers write in the portal only.
    portal.refuse(403, "ACCESS_DENIED", "POST", path, {"body": "Thanks"})
    portal.refuse(403, "ACCESS_DENIED", "GET", f"/followers/sale.order/{order}")


def test_activities(admin, lead):
    path = f"/activities/crm.lead/{lead}"
    body = {
        "activity_type_id": {"external_id": "mail.mail_activity_data_call"},
        "summary": "Call back",
        "date_deadline": "2030-01-02",
    }
    data = admin.succeed(201, "POST", path, body)
    assert data["record"]["summary"] == "Call back"
    assert data["record"]["state"] == "planned"
    assert data["record"]["activity_type_id"][1] == "Call"
    admin.succeed(
        201, "POST", path, {"summary": "First", "date_deadline": "2029-01-02"}
    )
    rows = admin.get(path)["records"]
    assert [row["summary"] for row in rows] == ["First", "Call back"]
    admin.post("/call/mail.activity/action_done", {"ids": [rows[0]["id"]]})
    assert admin.get(path)["total_count"] == 1
    admin.refuse(400, "INVALID_FIELDS", "POST", path, {"res_id": 7})
    admin.refuse(422, "VALIDATION_ERROR", "POST", path, {"date_deadline": "x"})


def test_followers(admin, lead, follower):
    path = f"/followers/crm.lead/{lead}"
    before = admin.get(path)["total_count"]
    data = admin.post(path, {"partner_ids": [follower]})
    [row] = [row for row in data["records"] if row["partner_id"][0] == follower]
    assert "Discussions" in [subtype["name"] for subtype in row["subtype_ids"]]
    note = {"external_id": "mail.mt_note"}
    data = admin.post(path, {"partner_ids": [follower], "subtype_ids": [note]})
    [row] = [row for row in data["records"] if row["partner_id"][0] == follower]
    assert [subtype["name"] for subtype in row["subtype_ids"]] == ["Note"]
    body = {"partner_ids": [{"name": "Nobody"}, 7]}
    admin.refuse(422, "VALIDATION_ERROR", "POST", path, body)
    admin.refuse(422, "VALIDATION_ERROR", "POST", path, {"subtype_ids": [1]})
    data = admin.succeed(200, "DELETE", path, {"partner_ids": [follower]})
    assert data["total_count"] == before


def test_a_dry_run_posts_nothing(admin, lead, follower):
    before = messages(admin, lead)["total_count"]
    dry = {"Prefer": "dry-run"}
    post(admin, lead, headers=dry, body="x")
    path = f"/followers/crm.lead/{lead}"
    count = admin.get(path)["total_count"]
    admin.succeed(200, "POST", path, {"partner_ids": [follower]}, headers=dry)
    assert messages(admin, lead)["total_count"] == before
    assert admin.get(path)["total_count"] == count


def test_restricted_keys(key_for, admin, lead):
    path = f"/messages/crm.lead/{lead}"
    reader = key_for(models={"crm.lead": ["read"]})
    assert reader.get(path)["total_count"]
    assert reader.get(f"/followers/crm.lead/{lead}")["total_count"] >= 0
    reader.refuse(403, "KEY_RESTRICTED", "POST", path, {"body": "x"})
    updater = key_for(models={"crm.lead": ["read", "update"]})
    updater.refuse(403, "KEY_RESTRICTED", "POST", path, {"body": "x"})
    poster = key_for(models={"crm.lead": ["update"], "mail.message": ["create"]})
    poster.refuse(403, "KEY_RESTRICTED", "GET", path)
    post(poster, lead, body="x")
    for kind, body in (
        ("activities", {"summary": "x"}),
        ("followers", {"partner_ids": [1]}),
    ):
        path = f"/{kind}/crm.lead/{lead}"
        updater.refuse(403, "KEY_RESTRICTED", "POST", path, body)


def test_steps_of_a_batch(admin, lead):
    steps = [
        {
            "method": "POST",
            "path": f"/messages/crm.lead/{lead}",
            "body": {"body": f"Step {number}"},
        }
        for number in range(2)
    ]
    steps.append({"method": "GET", "path": f"/messages/crm.lead/{lead}?limit=2"})
    results = admin.post("/batch", {"steps": steps})["results"]
    texts = [row["body"] for row in results[2]["data"]["records"]]
    assert texts == ["<p>Step 1</p>", "<p>Step 0</p>"]


def test_a_key_for_all_models_adds_and_removes_followers(
    admin, key_for, lead, follower
):
    """As every user may do, although only administrators may write the model."""
    operations = ["read", "create", "update", "delete"]
    key = key_for(models={"*": operations})
    path = f"/followers/crm.lead/{lead}"
    body = {"partner_ids": [follower]}
    page = key.succeed(200, "POST", path, body)
    assert follower in [row["partner_id"][0] for row in page["records"]]
    page = key.succeed(200, "DELETE", path, body)
    assert follower not in [row["partner_id"][0] for row in page["records"]]
    reader = key_for(models={"*": ["read", "update"]})
    reader.refuse(403, "KEY_RESTRICTED", "POST", path, body)
    # Changing the model itself is for administrators: it has followers of all records.
    row = page["records"][0]["id"]
    for method, address, values in (
        ("PUT", f"/update/mail.followers/{row}", {"partner_id": follower}),
        ("DELETE", f"/delete/mail.followers/{row}", None),
    ):
        key.refuse(403, "KEY_RESTRICTED", method, address, values)
