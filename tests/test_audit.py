# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The audit trail of a live server: every route, concurrency, the commands."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import backstage
import requests
from command_line import fail, run

ROWS = "SELECT http_method, route, status FROM api_audit WHERE request_id = %s"


def send(client, method, path, body=None, **headers):
    """Send a request with an id of its own; return the answer and its rows."""
    request_id = f"audit-{uuid.uuid4().hex}"
    sent = {name.replace("_", "-"): value for name, value in client.headers.items()}
    sent |= {"X-Request-Id": request_id} | headers
    options = {"headers": sent, "timeout": 60}
    if body is not None:
        options["json"] = body
    answer = requests.request(method, client.url + path, **options)
    return answer, backstage.query(ROWS, request_id)


def writing_routes():
    from odoo.addons.base_api.protocol.addresses import path_template
    from odoo.addons.base_api.tests.declared import declared_rules

    return {
        (method, path_template(path))
        for path, routing in declared_rules()
        if not routing["readonly"] and not routing["has_steps"]
        for method in routing["methods"]
    }


def web_session(client):
    """Return the cookie and the CSRF token of a web session, as headers and a body."""
    root = client.url.removesuffix("/api/v2")
    database = backstage.variable("BASE_API_DATABASE")
    params = {"db": database, "login": "admin", "password": "admin"}
    answer = requests.post(f"{root}/web/session/authenticate", json={"params": params})
    headers = {
        "Cookie": f"session_id={answer.cookies['session_id']}",
        "Sec-Fetch-Site": "same-origin",
        "Origin": root,
    }
    answer = requests.get(f"{client.url}/auth/web-session", headers=headers)
    return headers, {"csrf_token": answer.json()["data"]["csrf_token"]}


def test_every_writing_route_leaves_a_row(admin, anyone, new_user, unique):
    user = new_user()
    own, session = user.with_key(), user.log_in()
    lead = admin.create("crm.lead", name=unique)
    partner = admin.create("res.partner", name=unique)
    order = admin.create("sale.order", partner_id=partner)
    tag = "res.partner.category"
    keys = f"/users/{user.id}/api-keys"

    def new_key():
        data = session.post(f"/users/{user.id}/api-key", {"name": "Another"})
        return data["id"]

    def session_id():
        user.log_in()
        return own.get("/auth/sessions")["sessions"][-1]["id"]

    def new_tag():
        return admin.create(tag, name=uuid.uuid4().hex)

    cookie, csrf = web_session(anyone)
    login = {"username": user.login, "password": user.password}
    new = f"{unique}@example.com"
    cases = (
        (anyone, "POST", "/auth/login", "/auth/login", login),
        (user.log_in(), "POST", "/auth/refresh", "/auth/refresh", None),
        (user.log_in(), "POST", "/auth/logout", "/auth/logout", None),
        (anyone, "POST", "/auth/web-session", "/auth/web-session", csrf),
        (admin, "POST", "/create/{model_name}", f"/create/{tag}", {"name": unique}),
        (
            *(admin, "POST", "/create/res.users", "/create/res.users"),
            {"name": new, "login": new},
        ),
        *(
            (
                *(admin, method, "/update/{model_name}/{record_id}"),
                *(f"/update/res.partner/{partner}", {"ref": method}),
            )
            for method in ("PUT", "PATCH")
        ),
        (
            *(admin, "PATCH", "/update/{model_name}", "/update/res.partner"),
            {"ids": [partner], "values": {"ref": "x"}},
        ),
        (admin, "DELETE", "/delete/{model_name}/{record_id}", tag, new_tag),
        (
            *(admin, "DELETE", "/delete/{model_name}", f"/delete/{tag}"),
            {"ids": [new_tag()]},
        ),
        (
            *(admin, "PUT", "/upsert/{model_name}", f"/upsert/{tag}?key=name"),
            {"name": f"{unique} 2"},
        ),
        (
            *(admin, "POST", "/call/{model_name}/{method_name}"),
            *("/call/res.partner/action_archive", {"ids": [partner]}),
        ),
        (
            *(admin, "POST", "/attachments", "/attachments"),
            {"name": "a.txt", "datas": "aGk="},
        ),
        (
            *(admin, "POST", "/messages/{model_name}/{record_id}"),
            *(f"/messages/crm.lead/{lead}", {"body": "Hello", "internal": True}),
        ),
        (
            *(admin, "POST", "/activities/{model_name}/{record_id}"),
            *(f"/activities/crm.lead/{lead}", {"summary": "Call"}),
        ),
        *(
            (
                *(admin, method, "/followers/{model_name}/{record_id}"),
                *(f"/followers/crm.lead/{lead}", {"partner_ids": [partner]}),
            )
            for method in ("POST", "DELETE")
        ),
        (
            *(admin, "GET", "/report/{report_name}/{ids}"),
            *(f"/report/sale.report_saleorder/{order}", None),
        ),
        (own, "PUT", "/users/{user_id}", f"/users/{user.id}", {"phone": "1"}),
        (own, "POST", "/users/{user_id}/api-key", f"/users/{user.id}/api-key", {}),
        (session, "PATCH", keys_route(), f"{keys}/{new_key()}", {"name": "Other"}),
        (session, "POST", f"{keys_route()}/roll", f"{keys}/{new_key()}/roll", {}),
        (session, "DELETE", keys_route(), f"{keys}/{new_key()}", None),
        (user.log_in(), "DELETE", "/auth/sessions", "/auth/sessions", None),
        (own, "DELETE", "/auth/sessions/{session_id}", "", session_id),
        (
            *(admin, "PUT", "/users/{user_id}/password"),
            *(f"/users/{user.id}/password", {"new_password": f"New {unique}"}),
        ),
        (
            *(admin, "POST", "/users/{user_id}/reset-password"),
            *(f"/users/{user.id}/reset-password", None),
        ),
    )
    assert {(method, route) for _client, method, route, *_rest in cases} == (
        writing_routes()
    )
    for client, method, route, path, body in cases:
        if body is session_id:
            path, body = f"/auth/sessions/{session_id()}", None
        elif body is new_tag:
            path, body = f"/delete/{tag}/{new_tag()}", None
        more = cookie if path == "/auth/web-session" else {}
        answer, rows = send(client, method, path, body, **more)
        assert rows == [(method, route, answer.status_code)], answer.text
        is_report = route.startswith("/report")  # which needs a program of its own
        assert answer.ok or is_report, f"{route}: {answer.text}"


def keys_route():
    return "/users/{user_id}/api-keys/{key_id}"


def test_many_writers_do_not_conflict(admin, unique):
    before = backstage.log().count("could not serialize")

    def create(number):
        path, body = "/create/res.partner", {"name": f"{unique} {number}"}
        return send(admin, "POST", path, body)

    with ThreadPoolExecutor(20) as pool:
        done = list(pool.map(create, range(60)))
    assert [answer.status_code for answer, _rows in done] == [201] * 60
    assert all(len(rows) == 1 for _answer, rows in done)
    assert backstage.log().count("could not serialize") == before


def test_the_commands(admin, unique):
    """Rows that are committed late are sealed, too, and changed ones are found."""
    add = "INSERT INTO api_audit_entry (route, address) VALUES ('/late', %s)"
    late = backstage.connect(autocommit=False)
    with late.cursor() as cr:
        cr.execute(add, [unique])
    admin.create("res.partner", name=unique)
    audit("seal")
    late.commit()
    late.close()
    audit("seal")
    text = audit("verify")
    assert "none of them changed" in text
    query = "SELECT seal_number FROM api_audit_entry WHERE address = %s"
    [[number]] = backstage.query(query, unique)
    change = "UPDATE api_audit_entry SET route = %s WHERE seal_number = %s"
    backstage.query(change, "/changed", number)
    try:
        assert "was changed" in fail(8, "audit", "verify")
    finally:
        backstage.query(change, "/late", number)
    assert "none of them changed" in audit("verify")
    assert "No user" in fail(5, "audit", "erase", "--login", unique)


def audit(*words):
    return run("audit", *words)
