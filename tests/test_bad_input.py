# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Paths, parameters, values and headers that somebody sends to see what happens."""

import http.client
from urllib.parse import quote, urlsplit

import pytest
from client import Client

INJECTIONS = (
    "'",
    '"',
    "1'; DROP TABLE res_partner; --",
    "1 OR 1=1",
    "x') OR ('1'='1",
    "%",
    "\\",
    "_",
    "%s",
    "%(name)s",
    "{0.__class__}",
    "[('id', '!=', 0)]",
    "['|', ['id', '=', 1], ['id', '!=', 1]]",
    "(SELECT password FROM res_users LIMIT 1)",
    "${7*7}",
    "{{7*7}}",
    "<script>alert(1)</script>",
    "../../../etc/passwd",
    "\r\nSet-Cookie: a=b",
    "\x00",
    "\ud800".encode("utf-8", "surrogatepass"),
    b"\xff\xfe",
    "true",
    "null",
    "🦄",
    "x" * 5000,
)
# Their own search refuses to give all of their records.
UNLISTED = ("account.code.mapping", "account.root")
MODELS_WITHOUT_RECORDS = (
    "ir.http",
    "base",
    "_unknown",
    "ir.qweb",
    "mail.thread",
    "image.mixin",
    "res.users.apikeys.show",
    "__class__",
    "env",
    "res.partner,1",
)


def names(text):
    return ascii(text[:16])


@pytest.mark.parametrize("text", INJECTIONS, ids=names)
def test_nothing_gets_through_a_path(admin, text):
    word = quote(text, safe="")
    for verb, path in (
        ("GET", f"/search/{word}"),
        ("GET", f"/search/{word}/1"),
        ("GET", f"/search/res.partner/{word}"),
        ("GET", f"/fields/{word}"),
        ("GET", f"/users/{word}"),
        ("POST", f"/create/{word}"),
        ("PUT", f"/update/res.partner/{word}"),
        ("DELETE", f"/delete/{word}/1"),
        ("DELETE", f"/delete/res.partner/{word}"),
        ("POST", f"/users/{word}/api-key"),
    ):
        sent = {"name": "x"} if verb == "PUT" or "create" in path else None
        answer = admin.call(verb, path, sent)
        assert answer.status_code in (404, 405)


@pytest.mark.parametrize("text", INJECTIONS, ids=names)
def test_nothing_gets_through_a_parameter(admin, text):
    path = "/search/res.partner"
    everything = admin.count("res.partner")
    for name in ("limit", "offset", "fields", "id", "country_id", "is_company", "type"):
        answer = admin.call("GET", path, params={name: text})
        assert answer.status_code == 400 or name == "is_company"
    for name in ("name", "email", "comment"):
        answer = admin.call("GET", path, params={name: text, "limit": 0})
        if answer.status_code == 200:
            assert answer.json()["data"]["total_count"] == 0
    word = quote(text, safe="")
    for query in (word, f"{word}=1", f"name={word}&&=&a=b=c", f"limit=1&{word}"):
        assert admin.call("GET", path, params=query).status_code in (200, 400)
    for other in ("/users", "/models"):
        assert admin.call("GET", other, params={"search": text}).status_code in (
            200,
            400,
        )
    assert admin.count("res.partner") == everything


@pytest.mark.parametrize("text", ["%", "_", "\\", "%%", "a%b"])
def test_a_search_takes_its_text_as_it_is(admin, unique, text):
    """A text filter is no pattern: it must not find more than it says."""
    partner = admin.create("res.partner", name=f"{unique}{text}x")
    admin.create("res.partner", name=f"{unique}abx")
    found = admin.get("/search/res.partner", name=f"{unique}{text}x")["records"]
    assert [record["id"] for record in found] == [partner]
    assert admin.count("res.partner", name=f"{unique}{text}") == 0


@pytest.mark.parametrize(
    "name",
    [
        "user_id..login",
        "child_ids.",
        "parent_id.user_ids.nope",
        "name ilike",
        "id__gt__",
        "id__sql",
        "name[]",
        "|",
        "&",
        "domain",
        "context",
        "__class__",
        "_name",
        "id;",
    ],
)
def test_a_filter_is_a_path_an_operator_and_nothing_cleverer(admin, name):
    path = "/search/res.partner"
    admin.refuse(400, "INVALID_FILTER", "GET", path, params={name: "1"})
    admin.refuse(400, "INVALID_FIELDS", "GET", path, params={"fields": name})
    body = {"name": "x", name: "1"}
    admin.refuse(400, "INVALID_FIELDS", "POST", "/create/res.partner", body)


def test_nobody_filters_on_a_password(admin):
    for name in ("password", "new_password", "partner_id.user_ids.password"):
        path = "/search/res.users"
        admin.refuse(400, "INVALID_FILTER", "GET", path, params={name: "x"})


@pytest.mark.parametrize("model", MODELS_WITHOUT_RECORDS)
def test_models_without_records_are_not_found(admin, demo, model):
    for client in (admin, demo):
        for path in (f"/search/{model}", f"/search/{model}/1", f"/fields/{model}"):
            client.refuse(404, "MODEL_NOT_FOUND", "GET", path)
        path = f"/create/{model}"
        client.refuse(404, "MODEL_NOT_FOUND", "POST", path, {"name": "x"})


def test_every_model_can_be_listed_counted_and_described(admin):
    """Whatever is installed: no model makes the server fail."""
    for row in admin.get("/models")["models"]:
        model = row["model"]
        answer = admin.call("GET", f"/search/{model}", params={"limit": 2})
        assert answer.status_code == (422 if model in UNLISTED else 200), model
        answer = admin.call("GET", f"/fields/{model}")
        assert answer.status_code == 200, model


def test_one_record_of_every_model_can_be_read(admin):
    read = 0
    for row in admin.get("/models")["models"]:
        answer = admin.call("GET", f"/search/{row['model']}", params={"limit": 1})
        data = answer.json().get("data") or {"records": []}
        for record in data["records"]:
            path = f"/search/{row['model']}/{record['id']}"
            answer = admin.call("GET", path)
            assert answer.status_code == 200, (path, answer.text)
            read += 1
    assert read > 100


@pytest.mark.parametrize("number", [2**31 - 1, 2**31, 2**63, 2**64, 10**30, -1, 0])
def test_numbers_beyond_every_column(admin, unique, number):
    for path in (f"/search/res.partner/{number}", f"/users/{number}"):
        assert admin.call("GET", path).status_code == 404
    for name in ("id", "color", "parent_id", "child_ids", "offset", "partner_latitude"):
        answer = admin.call("GET", "/search/res.partner", params={name: number})
        assert answer.status_code in (200, 400)
    for name in ("color", "parent_id", "partner_latitude"):
        body = {"name": unique, name: number}
        answer = admin.call("POST", "/create/res.partner", body)
        assert answer.status_code in ((404, 422) if name == "parent_id" else (201, 422))
    for commands in ([number], [[6, 0, [number]]], [[4, number]], [[1, number, {}]]):
        body = {"name": unique, "category_id": commands}
        answer = admin.call("POST", "/create/res.partner", body)
        assert answer.status_code in (404, 422)


@pytest.mark.parametrize(
    ("model", "field"),
    [
        ("crm.lead", "expected_revenue"),
        ("res.partner", "partner_latitude"),
        ("product.template", "weight"),
    ],
)
@pytest.mark.parametrize("number", [1e300, -1e308, 1e-320])
def test_numbers_at_the_end_of_all_numbers(admin, unique, model, field, number):
    body = {"name": unique, field: number}
    answer = admin.call("POST", f"/create/{model}", body)
    assert answer.status_code in (201, 422)


@pytest.mark.parametrize("value", ["text", "", 1, 1.5, True, [1], ["text"], [[]]])
def test_properties_are_an_object_or_a_list_of_objects(admin, unique, value):
    body = {"name": unique, "lead_properties": value}
    for verb, path in (("POST", "/create/crm.lead"), ("PUT", "/update/crm.lead/5")):
        error = admin.refuse(422, "VALIDATION_ERROR", verb, path, body)
        assert "lead_properties" in error["message"]
    assert admin.count("crm.lead", name=unique) == 0


def raw_request(url, headers, verb="GET", path="/auth/me", body=None):
    """Send headers exactly as they are listed."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
    connection.putrequest(verb, parts.path + path)
    for name, value in headers:
        connection.putheader(name, value)
    connection.endheaders(body)
    answer = connection.getresponse()
    return answer.status, answer.read()


def test_a_header_sent_twice_is_no_way_in(url, admin, demo):
    mine, other = demo.headers["api_key"], admin.headers["api_key"]
    for pair in ((mine, other), (other, mine)):
        status, text = raw_request(url, [("api-key", key) for key in pair])
        assert status == 401
        assert other.encode() not in text
    status, _text = raw_request(url, [("api-key", ""), ("session-token", "")])
    assert status == 401


@pytest.mark.parametrize(
    "value",
    ["Bearer", "Bearer ", "Basic YWRtaW46YWRtaW4=", "Bearer a b", "x" * 5000, ""],
)
def test_an_authorization_of_another_kind_is_no_way_in(url, value):
    client = Client(url, Authorization=value)
    assert client.call("GET", "/auth/me").status_code == 401


def test_secrets_in_the_address_are_not_looked_at(anyone, admin, admin_session):
    key, token = admin.headers["api_key"], admin_session.headers["session_token"]
    for name in (
        "api-key",
        "api_key",
        "session-token",
        "session_token",
        "access_token",
    ):
        for secret in (key, token):
            params = {name: secret}
            anyone.refuse(401, "MISSING_API_KEY", "GET", "/auth/me", params=params)
    body = {"api_key": key, "session_token": token, "name": "x"}
    anyone.refuse(401, "MISSING_API_KEY", "POST", "/create/res.partner", body)
