# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Writes that are sent more than once, on real business data."""

import socket
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import backstage
import pytest
from client import Client

THREADS = 20


def send(client, key, verb, path, body=None, **headers):
    headers = {"Idempotency-Key": key} | headers
    return Client(client.url, **client.headers).call(verb, path, body, headers=headers)


def replayed(answer):
    return answer.headers.get("Idempotency-Replayed") == "true"


@pytest.fixture
def order(admin, unique):
    """The body of a quotation with two lines."""
    product = admin.get("/search/product.product", sale_ok="true", limit=1)["records"]
    line = {"product_id": product[0]["id"], "product_uom_qty": 2}
    partner = admin.create("res.partner", name=unique)
    lines = [[0, 0, line], [0, 0, line | {"product_uom_qty": 3}]]
    return {"partner_id": partner, "client_order_ref": unique, "order_line": lines}


def test_an_order_is_made_once(admin, order, unique):
    first = send(admin, unique, "POST", "/create/sale.order", order)
    assert first.status_code == 201
    assert not replayed(first)
    again = send(admin, unique, "POST", "/create/sale.order", order)
    assert replayed(again)
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["Location"] == first.headers["Location"]
    assert admin.count("sale.order", client_order_ref=unique) == 1
    other = order | {"client_order_ref": "other"}
    answer = send(admin, unique, "POST", "/create/sale.order", other)
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "IDEMPOTENCY_KEY_REUSED"


def test_of_many_at_once_one_writes(admin, unique):
    def create(_number):
        return send(admin, unique, "POST", "/create/res.partner", {"name": unique})

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(create, range(THREADS)))
    assert {answer.status_code for answer in answers} <= {201, 409}
    done = [answer for answer in answers if answer.status_code == 201]
    assert len({answer.content for answer in done}) == 1
    assert sum(not replayed(answer) for answer in done) == 1
    assert admin.count("res.partner", name=unique) == 1


def test_real_conflicts_are_tried_again(admin, unique):
    partner = admin.create("res.partner", name=unique, color=0)
    path = f"/update/res.partner/{partner}"

    def update(number):
        while True:
            answer = send(admin, f"{unique}{number}", "PUT", path, {"color": number})
            if answer.status_code != 409:
                return answer

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(update, range(1, 9)))
    assert {answer.status_code for answer in answers} == {200}
    colors = [answer.json()["data"]["record"]["color"] for answer in answers]
    assert colors == list(range(1, 9))
    assert admin.read("res.partner", partner, "color")["color"] in colors
    again = update(1)
    assert replayed(again) and again.content == answers[0].content


def test_who_hangs_up_asks_again(admin, unique):
    body = b'{"name": "%s"}' % unique.encode()
    address = urlsplit(admin.url)
    lines = [f"POST {address.path}/create/res.partner HTTP/1.1"]
    lines += [f"Host: {address.netloc}", f"api-key: {admin.headers['api_key']}"]
    lines += [f"Idempotency-Key: {unique}", "Content-Type: application/json"]
    lines += [f"Content-Length: {len(body)}", "", ""]
    with socket.create_connection((address.hostname, address.port)) as line:
        line.sendall("\r\n".join(lines).encode() + body)
    client = Client(admin.url, **admin.headers)
    headers = {"Idempotency-Key": unique, "Content-Type": "application/json"}
    answer = client.call("POST", "/create/res.partner", headers=headers, data=body)
    assert answer.status_code == 201
    rows = backstage.query("SELECT id FROM res_partner WHERE name = %s", unique)
    assert rows == [(answer.json()["data"]["id"],)]


def test_secrets_are_given_once(admin, new_user, unique):
    user = new_user()
    path = f"/users/{user.id}/reset-password"
    first = send(admin, unique, "POST", path)
    password = first.json()["data"]["temporary_password"]
    again = send(admin, unique, "POST", path)
    assert again.status_code == 409
    assert again.json()["error"]["code"] == "ANSWER_NOT_KEPT"
    assert admin.log_in(user.login, password).get("/auth/me")
    kept = "SELECT count(*) FROM api_idempotency k WHERE row_to_json(k)::text LIKE %s"
    assert backstage.query(kept, f"%{password}%") == [(0,)]


def test_a_rolled_key_goes_on(new_user, url, unique):
    user = new_user()
    session = user.log_in()
    path = f"/users/{user.id}/api-key"
    old = Client(url, api_key=session.post(path)["api_key"])
    first = send(old, unique, "PUT", f"/users/{user.id}", {"name": unique})
    assert first.status_code == 200
    [key] = session.get(f"/users/{user.id}/api-keys")["api_keys"]
    rolled = session.post(f"/users/{user.id}/api-keys/{key['id']}/roll")["api_key"]
    new = Client(url, api_key=rolled)
    again = send(new, unique, "PUT", f"/users/{user.id}", {"name": unique})
    assert replayed(again) and again.content == first.content


def test_rights_are_those_of_the_request(admin, demo, unique):
    body = {"name": unique}
    mine = send(admin, unique, "POST", "/create/res.partner", body)
    theirs = send(demo, unique, "POST", "/create/res.partner", body)
    assert mine.json()["data"]["id"] != theirs.json()["data"]["id"]
    refused = send(demo, f"{unique}2", "POST", "/create/res.groups", body)
    assert refused.status_code == 403
    for client in (admin, demo):
        client.refuse(403, "ACCESS_DENIED", "GET", "/search/api.idempotency")
        path = "/create/api.idempotency"
        client.refuse(403, "ACCESS_DENIED", "POST", path, {"user_id": 2})


@pytest.mark.parametrize("key", ["", "two words", "x" * 256, "\u00e9", "\x7f", "a\tb"])
def test_bad_keys_are_refused(admin, key):
    headers = {"Idempotency-Key": key.encode("latin-1")}
    body = {"name": "Never"}
    path = "/create/res.partner"
    admin.refuse(400, "INVALID_PARAMETER", "POST", path, body, headers=headers)


def test_without_a_key_nothing_is_stored(admin, unique):
    count = "SELECT count(*) FROM api_idempotency"
    before = backstage.query(count)
    admin.create("res.partner", name=unique)
    headers = {"Idempotency-Key": unique}
    assert admin.call("GET", "/search/res.partner", headers=headers).ok
    assert backstage.query(count) == before
