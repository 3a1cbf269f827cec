# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The endpoints of another addon, tests/addons/base_api_demo."""

import pytest

PATH = "/demo/price"


@pytest.fixture
def product(admin, unique):
    return admin.create("product.product", name=unique, list_price=20)


def send(client, method, path, body=None, **headers):
    sent = {name.replace("_", "-"): value for name, value in client.headers.items()}
    return client.http.request(
        method, client.url + path, json=body, headers=sent | headers, timeout=60
    )


def test_answers_in_the_envelope(demo, product):
    answer = send(demo, "GET", f"{PATH}/{product}?quantity=3")
    assert answer.status_code == 200, answer.text
    assert answer.json() == {
        "success": True,
        "data": {"price": 60.0, "quantity": 3},
        "message": "Price found",
    }


def test_signs_in(anyone, product):
    answer = send(anyone, "GET", f"{PATH}/{product}")
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "MISSING_API_KEY"


def test_checks_its_parameters(demo, product):
    answer = send(demo, "GET", f"{PATH}/{product}?quantity=101")
    assert answer.status_code == 400
    assert answer.json()["error"] == {
        "code": "INVALID_PARAMETER",
        "message": "quantity=101 is not allowed, expected a whole number from 1 to 100",
        "request_id": answer.headers["X-Request-Id"],
    }
    answer = send(demo, "GET", f"{PATH}/{product}?quantit=1")
    assert "did you mean" in answer.json()["error"]["message"].lower()


def test_errors_of_its_own(admin, demo, product):
    admin.put(f"/update/product.product/{product}", {"sale_ok": False})
    answer = send(demo, "GET", f"{PATH}/{product}")
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "DEMO_NOT_FOR_SALE"


def test_restricted_keys(key_for, product):
    for_partners = key_for(models={"res.partner": ["read"]})
    answer = send(for_partners, "GET", f"{PATH}/{product}")
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "KEY_RESTRICTED"
    for_products = key_for(models={"product.product": ["read"]})
    assert send(for_products, "GET", f"{PATH}/{product}").status_code == 200
    renaming = send(for_products, "PATCH", f"{PATH}/{product}", {"name": "No"})
    assert renaming.status_code == 403


def test_dry_run(admin, product, unique):
    body = {"name": "Another name"}
    answer = send(admin, "PATCH", f"{PATH}/{product}", body, Prefer="dry-run")
    assert answer.json()["data"]["dry_run"] is True
    assert admin.read("product.product", product, "name")["name"] == unique
    assert send(admin, "PATCH", f"{PATH}/{product}", body).status_code == 200
    assert admin.read("product.product", product, "name")["name"] == "Another name"


def test_is_a_step_of_a_batch(admin, product):
    steps = [{"method": "GET", "path": f"{PATH}/{product}"}]
    answer = send(admin, "POST", "/batch", {"steps": steps})
    [result] = answer.json()["data"]["results"]
    assert result["data"] == {"price": 20.0, "quantity": 1}
