# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a caller may see and change: Odoo's own rights decide, here as everywhere."""

import pytest

SECRET_FIELDS = (
    ("res.users", "totp_secret"),
    ("res.users", "totp_last_counter"),
    ("api.session", "token_hash"),
    ("api.session", "user_fingerprint"),
)
HIDDEN_FROM_DEMO = (("hr.employee", "pin"), ("hr.employee", "ssnid"))


@pytest.mark.parametrize(("model", "field"), SECRET_FIELDS)
def test_nobody_reads_or_guesses_a_secret(admin, demo, model, field):
    for client in (admin, demo):
        path = f"/search/{model}"
        asked = [{"fields": field}, {"fields": f"id,{field}"}]
        asked += [{field: text} for text in ("", "0", "false", "x", "JBSWY3DPEHPK3PXP")]
        for params in asked:
            answer = client.call("GET", path, params=params)
            assert answer.status_code in (400, 403), (params, answer.text)
        names = {row["name"] for row in client.get(f"/fields/{model}")["fields"]}
        assert field not in names


def without_request_id(answer):
    """The text of an answer, without what differs in each one."""
    return answer.text.replace(answer.headers["X-Request-Id"], "")


def test_a_password_is_never_shown_or_found(admin, demo, demo_id):
    for client in (admin, demo):
        shown = client.call("GET", f"/search/res.users/{demo_id}?fields=password")
        if shown.status_code == 200:
            assert not shown.json()["data"]["record"]["password"]
        record = client.get(f"/search/res.users/{demo_id}")["record"]
        assert not record.get("password")
        answers = {
            without_request_id(
                client.call("GET", "/search/res.users", params={"password": text})
            )
            for text in ("demo", "admin", "nothing")
        }
        assert len(answers) == 1


@pytest.mark.parametrize(("model", "field"), HIDDEN_FROM_DEMO)
def test_a_hidden_field_is_no_oracle(admin, demo, unique, model, field):
    employee = admin.create(model, {"name": unique, field: "1234567"})
    assert admin.count(model, **{"id": employee, field: "1234567"}) == 1
    path = f"/search/{model}"
    answers = [
        demo.call("GET", path, params={"id": employee, field: text})
        for text in ("1234567", "7654321")
    ]
    assert {answer.status_code for answer in answers} <= {400, 403}
    assert without_request_id(answers[0]) == without_request_id(answers[1])
    answer = demo.call("GET", f"{path}/{employee}", params={"fields": field})
    assert answer.status_code in (400, 403, 404)


def test_records_of_another_company_do_not_exist(admin, demo, unique):
    company = admin.create("res.company", name=unique)
    model = "product.template"
    product = admin.create(model, name=unique, company_id=company)
    assert_does_not_exist(demo, model, product, unique)
    assert admin.read(model, product, "name")["name"] == unique


def test_records_that_a_rule_hides_do_not_exist(admin, demo, unique):
    lead = admin.create("crm.lead", name=unique, user_id=2)
    assert_does_not_exist(demo, "crm.lead", lead, unique)
    assert admin.read("crm.lead", lead, "name")["name"] == unique


def assert_does_not_exist(client, model, record_id, name):
    assert client.count(model, name=name) == 0
    assert client.count(model, id=record_id) == 0
    missing = 2**31 - 1
    for verb, action, body in (
        ("GET", "search", None),
        ("PUT", "update", {"name": "Mine"}),
        ("DELETE", "delete", None),
    ):
        messages = []
        for number in (record_id, missing):
            path = f"/{action}/{model}/{number}"
            error = client.refuse(404, "RECORD_NOT_FOUND", verb, path, body)
            messages.append(error["message"].replace(str(number), "n"))
        assert messages[0] == messages[1]


def test_records_may_be_visible_and_not_writable(demo, admin, unique):
    country = admin.create("res.country", name=unique, code="ZZ")
    try:
        path = f"/update/res.country/{country}"
        demo.refuse(403, "ACCESS_DENIED", "PUT", path, {"name": "Mine"})
        path = f"/delete/res.country/{country}"
        demo.refuse(403, "ACCESS_DENIED", "DELETE", path)
        assert demo.read("res.country", country, "name")["name"] == unique
    finally:
        admin.delete("res.country", country)


@pytest.mark.parametrize("path", ["/users/{}", "/update/res.users/{}"])
@pytest.mark.parametrize("field", ["group_ids", "groups_id", "company_ids", "login"])
def test_nobody_gives_themselves_rights(demo, demo_id, admin, path, field):
    before = admin.read("res.users", demo_id, "group_ids,company_ids,login")
    value = "root" if field == "login" else [[4, 4]]
    body = {"name": before["login"], field: value}
    answer = demo.call("PUT", path.format(demo_id), body)
    assert answer.status_code == 403
    after = admin.read("res.users", demo_id, "group_ids,company_ids,login")
    assert after == before


def test_nobody_makes_a_user_through_something_else(demo, admin, unique):
    users = admin.count("res.users")
    user = {"name": unique, "login": unique, "group_ids": [[6, 0, [4]]]}
    body = {"name": unique, "user_ids": [[0, 0, user]]}
    demo.refuse(403, "ACCESS_DENIED", "POST", "/create/res.partner", body)
    path = "/create/res.groups"
    demo.refuse(403, "ACCESS_DENIED", "POST", path, {"name": unique})
    assert admin.count("res.users") == users
    assert admin.count("res.partner", name=unique) == 0


def test_sessions_and_keys_are_made_by_nobody_directly(admin, demo, demo_id):
    session = {"user_id": 2, "token_hash": "x", "user_fingerprint": "x"}
    session["expiration_date"] = session["last_activity"] = "2099-01-01 00:00:00"
    key = {"name": "x", "user_id": 2, "scope": False}
    for client in (admin, demo):
        for model, body in (("api.session", session), ("res.users.apikeys", key)):
            answer = client.call("POST", f"/create/{model}", body)
            assert answer.status_code in (400, 403)
    [mine] = demo.get("/search/api.session", limit=1, user_id=demo_id)["records"]
    for client in (admin, demo):
        for body in ({"user_id": demo_id}, {"expiration_date": "2099-01-01 00:00:00"}):
            answer = client.call("PUT", f"/update/api.session/{mine['id']}", body)
            assert answer.status_code in (400, 403)


def test_users_see_and_end_their_own_sessions_only(new_user, demo, admin):
    user = new_user()
    session, other = user.log_in(), user.log_in()
    own = session.get("/search/api.session", fields="user_id")["records"]
    assert {row["user_id"][0] for row in own} == {user.id}
    assert len(own) == 2
    path = f"/delete/api.session/{own[0]['id']}"
    demo.refuse(404, "RECORD_NOT_FOUND", "DELETE", path)
    for row in own:
        admin.delete("api.session", row["id"])
    for client in (session, other):
        client.refuse(401, "INVALID_SESSION", "GET", "/auth/me")


def test_users_see_their_own_keys_only(new_user, admin, unique):
    user = new_user()
    user.with_key()
    session = user.log_in()
    keys = session.get("/search/res.users.apikeys", fields="user_id")["records"]
    assert [row["user_id"][0] for row in keys] == [user.id]
    for row in keys:
        answer = session.call("GET", f"/search/res.users.apikeys/{row['id']}")
        assert "key" not in answer.json()["data"]["record"]


def test_a_customer_sees_little_and_changes_less(portal, admin):
    me = portal.get("/auth/me")["user"]
    for model in ("crm.lead", "ir.config_parameter", "res.groups", "hr.employee"):
        portal.refuse(403, "ACCESS_DENIED", "GET", f"/search/{model}")
    for path in ("/create/crm.lead", "/create/res.users", "/create/product.template"):
        portal.refuse(403, "ACCESS_DENIED", "POST", path, {"name": "Mine"})
    path = f"/users/{me['id']}/api-key"
    portal.refuse(403, "ACCESS_DENIED", "POST", path)
    partners = portal.count("res.partner")
    assert partners < admin.count("res.partner")
    answer = portal.call("GET", "/users", params={"limit": 1000})
    if answer.status_code == 200:
        assert [user["id"] for user in answer.json()["data"]["users"]] == [me["id"]]
    for user_id in (2, 1):
        answer = portal.call("GET", f"/users/{user_id}")
        assert answer.status_code in (403, 404)


def test_a_customer_sees_their_own_user(portal):
    me = portal.get("/auth/me")["user"]
    user = portal.get(f"/users/{me['id']}")["user"]
    assert (user["id"], user["login"]) == (me["id"], "portal")


def test_an_employee_changes_nothing_of_the_system(demo):
    for model, body in (
        ("ir.config_parameter", {"key": "x", "value": "x"}),
        ("ir.actions.server", {"name": "x", "state": "code", "code": "1"}),
        ("ir.cron", {"name": "x", "code": "1"}),
        ("ir.model.access", {"name": "x"}),
        ("ir.rule", {"name": "x", "domain_force": "[]"}),
        ("ir.ui.view", {"name": "x", "type": "qweb", "arch": "<t/>"}),
        ("ir.model.fields", {"name": "x_x", "ttype": "char"}),
        ("res.company", {"name": "x"}),
    ):
        answer = demo.call("POST", f"/create/{model}", body)
        assert answer.status_code == 403, model


def test_order_tells_customers_nothing_of_internal_notes(admin, portal):
    me = portal.get("/auth/me")["user"]["id"]
    partner = admin.read("res.users", me, "partner_id")["partner_id"][0]
    replies = []
    for text in ("b", "a", "c"):
        note = post(admin, partner, body=text, subtype_xmlid="mail.mt_note")
        portal.refuse(404, "RECORD_NOT_FOUND", "GET", f"/search/mail.message/{note}")
        replies.append(
            post(admin, partner, parent_id=note, subtype_xmlid="mail.mt_comment")
        )
    ids = ",".join(map(str, replies))
    for order in ("parent_id.body", "parent_id.body desc"):
        found = portal.get("/search/mail.message", id__in=ids, order=order)
        assert [row["id"] for row in found["records"]] == replies, order
    order = "parent_id.body"
    found = admin.get("/search/mail.message", id__in=ids, order=order)["records"]
    assert [row["id"] for row in found] == [replies[1], replies[0], replies[2]]


def post(client, partner, **message):
    message = {"body": "x", "message_type": "comment"} | message
    path = "/call/res.partner/message_post"
    return client.post(path, {"ids": [partner], "kwargs": message})["result"][0]


def test_groups_tell_nothing_of_private_events(admin, demo, unique):
    moment = {"start": "2031-01-01 10:00:00", "stop": "2031-01-01 11:00:00"}
    event = admin.create("calendar.event", moment, name=unique, privacy="private")
    assert demo.read("calendar.event", event, "name")["name"] == "Busy"
    for model, path in (("event", "name"), ("attendee", "event_id.name")):
        name = "id" if model == "event" else "event_id"
        params = {name: event, "groupby": path}
        answer = demo.call("GET", f"/aggregate/calendar.{model}", params=params)
        assert unique not in answer.text
