# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What clients of the first version of this API send, request by request."""

import pytest
from client import Client

USER_KEYS = ["id", "name", "login", "email"]
RECORDS_KEYS = ["records", "count", "model", "fields", "total_count"]
RECORD_KEYS = ["record", "model", "id", "fields_returned", "total_fields_available"]
CREATED_KEYS = ["id", "record", "model"]
API_USER = {
    "name": "API User",
    "login": "apiuser",
    "email": "apiuser@company.com",
    "password": "secure_password",
    "active": True,
    "groups_id": [[6, 0, [1, 9]]],
}
JOHN = {
    "name": "John Smith",
    "login": "jsmith",
    "email": "john.smith@company.com",
    "active": True,
    "groups_id": [[6, 0, [1]]],
}
CUSTOMER = {
    "name": "Acme Corporation",
    "email": "contact@acme.com",
    "phone": "+1-555-0123",
    "is_company": True,
    "customer_rank": 1,
    "street": "123 Business Ave",
    "city": "Business City",
    "zip": "12345",
}
PRODUCT = {
    "name": "API Product",
    "list_price": 99.99,
    "default_code": "API001",
    "sale_ok": True,
    "purchase_ok": True,
    "type": "consu",
}
LINE = {"product_id": 23, "product_uom_qty": 2, "price_unit": 295.00}
ORDER = {"partner_id": 15, "order_line": [[0, 0, LINE]]}
EMPLOYEE = {
    "name": "Jane Doe",
    "work_email": "jane.doe@company.com",
    "department_id": 1,
    "job_id": 1,
}
LEAD = {
    "name": "API Generated Lead",
    "partner_name": "Potential Customer",
    "email_from": "potential@customer.com",
    "phone": "+1-555-0199",
    "expected_revenue": 5000.00,
}
MESSAGE_FIELDS = ["subject", "body", "author_id", "create_date", "message_type"]


@pytest.fixture
def free_logins(admin):
    """Remove the users made here afterwards: their logins are fixed."""
    yield
    for login in (API_USER["login"], JOHN["login"]):
        for user in admin.get("/search/res.users", login=login)["records"]:
            admin.delete("res.users", user["id"])


def test_every_request_works(anyone, url, free_logins):
    session = sign_in_and_refresh(anyone, url)
    key = make_a_key(session, url)
    look_at_oneself(anyone, session, key)
    make_users(key)
    deactivate_a_user(key)
    walk_the_table_of_users(session, key)
    manage_customers(session, key)
    manage_the_catalog(key)
    manage_orders_employees_and_leads(key)
    get_records_by_id(session, key)
    read_messages(session)
    meet_errors(session)
    for client in (session, key):
        client.get("/fields/res.partner")
    assert session.post("/auth/logout") is None
    session.refuse(401, "INVALID_SESSION", "GET", "/auth/me")
    key.get("/auth/me")


def sign_in_and_refresh(anyone, url):
    body = {"username": "admin", "password": "admin"}
    data = anyone.post("/auth/login", body)
    assert list(data) == ["session_token", "expires_at", "user"]
    assert list(data["user"]) == [*USER_KEYS, "groups"]
    assert data["user"]["id"] == 2
    assert len(data["session_token"]) == 48
    old = Client(url, session_token=data["session_token"])
    assert old.get("/auth/me")["user"]["login"] == "admin"
    assert old.get("/users")["count"]
    fresh = old.post("/auth/refresh")
    assert list(fresh) == ["session_token", "expires_at", "user"]
    assert list(fresh["user"]) == USER_KEYS
    return Client(url, session_token=fresh["session_token"])


def make_a_key(session, url):
    data = session.post("/users/2/api-key")
    assert len(data["api_key"]) == 48
    # These clients say what they would send, also where they send nothing.
    headers = {"api-key": data["api_key"], "Content-Type": "application/json"}
    return Client(url, **headers)


def look_at_oneself(anyone, session, key):
    assert anyone.get("/test")["version"] == "2.0"
    assert key.get("/auth/test")["authenticated"] is True
    info = key.get("/user/info")
    assert list(info) == ["user", "api_version", "database"]
    for client in (session, key):
        assert list(client.get("/auth/me")["user"])[:4] == USER_KEYS


def make_users(key):
    for body, groups in ((API_USER, {1, 9}), (JOHN, {1})):
        data = key.succeed(201, "POST", "/create/res.users", body)
        assert list(data) == CREATED_KEYS
        assert data["record"]["login"] == body["login"]
        assert set(data["record"]["groups_id"]) == groups
    found = key.get("/search/res.users", limit=10)
    # And next_cursor, where there are more.
    assert list(found)[: len(RECORDS_KEYS)] == RECORDS_KEYS
    assert key.get("/search/res.users", limit=1, offset=0)["count"] == 1


def deactivate_a_user(key):
    """A request that names no user cannot work. Two others do."""
    before = key.count("res.users")
    body = {"active": False}
    error = key.refuse(422, "VALIDATION_ERROR", "POST", "/create/res.users", body)
    assert error["message"]
    assert key.count("res.users") == before
    [john] = key.get("/search/res.users", login="jsmith")["records"]
    key.put(f"/users/{john['id']}", {"active": False})
    assert key.count("res.users", login="jsmith", active="false") == 1
    key.put(f"/update/res.users/{john['id']}", {"active": True})
    assert key.count("res.users", login="jsmith") == 1


def walk_the_table_of_users(session, key):
    [user] = key.get("/search/res.users", login="apiuser")["records"]
    path = f"/users/{user['id']}"
    for client in (session, key):
        assert list(client.get("/users"))[:3] == ["users", "count", "total_count"]
        assert client.get(path)["user"]["login"] == "apiuser"
        assert client.put(path, {"phone": "+1-555-0100"})["updated_fields"] == ["phone"]
        client.put(f"{path}/password", {"new_password": "another_password"})
        assert client.post(f"{path}/reset-password")["temporary_password"]
        assert len(client.post(f"{path}/api-key")["api_key"]) == 48
        assert client.get("/groups")["total_groups"] > 10


def manage_customers(session, key):
    assert session.get("/search/res.partner", limit=5)["count"] == 5
    partners = key.get("/partners", limit=5, customers_only="true")
    assert list(partners) == ["partners", "count", "total_count"]
    created = session.succeed(201, "POST", "/create/res.partner", CUSTOMER)
    assert list(created) == CREATED_KEYS
    assert {name: created["record"][name] for name in CUSTOMER} == CUSTOMER
    assert session.get("/search/res.partner", limit=10)["count"] == 10
    data = session.get("/search/res.partner/15")
    assert list(data) == RECORD_KEYS
    assert len(data["record"]) == len(data["fields_returned"]) > 50
    assert data["fields_returned"][0] == "id"
    data = session.get("/search/res.partner/15", fields="name,email,phone,city")
    assert list(data["record"]) == ["id", "name", "email", "phone", "city"]


def manage_the_catalog(key):
    products = key.get("/products", limit=10, sale_ok="true")
    assert list(products) == ["products", "count", "total_count"]
    data = key.succeed(201, "POST", "/create/product.template", PRODUCT)
    assert {name: data["record"][name] for name in PRODUCT} == PRODUCT
    assert key.get("/search/product.category", limit=5)["count"]


def manage_orders_employees_and_leads(key):
    for model in ("sale.order", "hr.employee", "crm.lead"):
        assert key.get(f"/search/{model}", limit=5)["count"] == 5
    order = key.succeed(201, "POST", "/create/sale.order", ORDER)["record"]
    assert order["partner_id"][0] == 15
    [line] = order["order_line"]
    fields = "product_id,product_uom_qty,price_unit,order_id"
    line = key.read("sale.order.line", line, fields)
    assert line["product_id"][0] == 23
    assert (line["product_uom_qty"], line["price_unit"]) == (2, 295)
    jane = key.succeed(201, "POST", "/create/hr.employee", EMPLOYEE)["record"]
    assert (jane["department_id"][0], jane["job_id"][0]) == (1, 1)
    lead = key.succeed(201, "POST", "/create/crm.lead", LEAD)["record"]
    assert lead["expected_revenue"] == 5000
    assert key.get("/search/ir.model", limit=20)["count"] == 20


def get_records_by_id(session, key):
    assert list(key.get("/search/product.template/23")) == RECORD_KEYS
    assert session.get("/search/res.users/2")["record"]["login"] == "admin"
    record = session.read("res.partner", 15, "name,email,phone,city,country_id")
    assert list(record) == ["id", "name", "email", "phone", "city", "country_id"]
    country_id, country = record["country_id"]
    assert isinstance(country_id, int)
    assert isinstance(country, str)
    record = key.read("product.template", 23, "name,list_price,default_code,sale_ok")
    assert list(record) == ["id", "name", "list_price", "default_code", "sale_ok"]
    record = session.read("res.users", 2, "name,login,email,groups_id")
    assert list(record) == [*USER_KEYS, "groups_id"]
    assert all(isinstance(group, int) for group in record["groups_id"])


def read_messages(session):
    message_ids = session.read("crm.lead", 5, "name,message_ids")["message_ids"]
    fields = [*MESSAGE_FIELDS, "email_from"]
    path = f"/search/mail.message/{message_ids[0]}"
    data = session.get(path, fields=",".join(fields))
    assert data["fields_returned"] == list(data["record"]) == ["id", *fields]
    fields = ["id", *MESSAGE_FIELDS]
    names = {"res_model": "crm.lead", "res_id": 5, "fields": ",".join(fields)}
    data = session.get("/search/mail.message", **names)
    assert data["fields"] == fields
    assert {message["id"] for message in data["records"]} == set(message_ids)
    assert all(list(message) == fields for message in data["records"])


def meet_errors(session):
    path = "/search/res.partner/99999"
    error = session.refuse(404, "RECORD_NOT_FOUND", "GET", path)
    assert error["message"] == "Record with ID 99999 not found in res.partner"
    path = "/search/invalid.model/1"
    error = session.refuse(404, "MODEL_NOT_FOUND", "GET", path)
    assert error["message"] == "Model 'invalid.model' not found"


def test_the_version_before_is_gone(anyone, admin, url):
    old = url.replace("/api/v2", "/api/v1")
    for path in ("", "/test", "/auth/login", "/search/res.partner"):
        Client(old).refuse(404, "NOT_FOUND", "GET", path)
        Client(old).refuse(404, "NOT_FOUND", "POST", path, {"username": "admin"})
        Client(old, **admin.headers).refuse(404, "NOT_FOUND", "GET", path)
