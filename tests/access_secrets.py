# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Compare the answers about a record that is hidden with those about none at all."""

import re

MISSING = 2_000_000_011
UNCOMPARED = ("Date", "X-Request-Id", "Content-Length")
REQUEST_ID = re.compile(r'"request_id": ?"[^"]*"')
DRY_RUN = {"Prefer": "dry-run"}
VERSION = {"If-Match": '"x"'}
# Requests about a record: method, path, body, headers. ID stands for the id, MODEL for
# the model, FIELD for a field that can be written.
ID = "ID"
RECORD = (
    ("GET", "/search/MODEL/ID", None, {}),
    ("GET", "/search/MODEL/ID?fields=display_name", None, {}),
    ("GET", "/search/MODEL/ID", None, {"If-None-Match": '"x"'}),
    ("GET", "/actions/MODEL/ID", None, {}),
    ("GET", "/binary/MODEL/ID/image_128", None, {}),
    ("PUT", "/update/MODEL/ID", {"FIELD": "x"}, DRY_RUN),
    ("PATCH", "/update/MODEL/ID", {"FIELD": "x"}, {}),
    ("PATCH", "/update/MODEL/ID", {"FIELD": "x"}, VERSION),
    ("DELETE", "/delete/MODEL/ID", None, {}),
    ("DELETE", "/delete/MODEL/ID", None, VERSION),
    ("DELETE", "/delete/MODEL/ID", None, DRY_RUN),
    ("GET", "/messages/MODEL/ID", None, {}),
    ("POST", "/messages/MODEL/ID", {"body": "x"}, {}),
    ("GET", "/activities/MODEL/ID", None, {}),
    ("POST", "/activities/MODEL/ID", {"summary": "x"}, {}),
    ("GET", "/followers/MODEL/ID", None, {}),
    ("POST", "/followers/MODEL/ID", {"partner_ids": [1]}, {}),
    ("DELETE", "/followers/MODEL/ID", {"partner_ids": [1]}, {}),
)
# Requests about many, that name the record.
LISTS = (
    ("GET", "/search/MODEL?id=ID", None, {}),
    ("GET", "/search/MODEL?id__in=ID&order=display_name", None, {}),
    ("POST", "/search/MODEL", {"domain": [["id", "=", ID]]}, {}),
    ("GET", "/count/MODEL?id=ID", None, {}),
    ("GET", "/aggregate/MODEL?id=ID", None, {}),
    ("GET", "/aggregate/MODEL?id=ID&groupby=create_date:month", None, {}),
    ("GET", "/export/MODEL?id=ID", None, {}),
    ("PATCH", "/update/MODEL", {"ids": [ID], "values": {"FIELD": "x"}}, {}),
    ("PATCH", "/update/MODEL", [{"id": ID, "FIELD": "x"}], DRY_RUN),
    ("PATCH", "/update/MODEL?atomic=false", [{"id": ID, "FIELD": "x"}], {}),
    ("DELETE", "/delete/MODEL?ids=ID", None, {}),
    ("DELETE", "/delete/MODEL?atomic=false", {"ids": [ID]}, {}),
    ("POST", "/call/MODEL/read", {"ids": [ID]}, {}),
    ("POST", "/call/MODEL/copy?atomic=false", {"ids": [ID]}, {}),
    (
        "POST",
        "/attachments",
        {"name": "x", "datas": "YQ==", "res_model": "MODEL", "res_id": ID},
        {},
    ),
    ("POST", "/batch", {"steps": [{"method": "GET", "path": "/search/MODEL/ID"}]}, {}),
    (
        "POST",
        "/batch",
        {"steps": [{"method": "DELETE", "path": "/delete/MODEL/ID"}]},
        {},
    ),
)
# Of users, which are records of `res.users`.
USERS = (
    ("GET", "/users/ID", None, {}),
    ("PUT", "/users/ID", {"name": "x"}, {}),
    ("PUT", "/users/ID/password", {"new_password": "a long password"}, {}),
    ("POST", "/users/ID/reset-password", None, {}),
    ("POST", "/users/ID/api-key", {}, {}),
    ("GET", "/users/ID/api-keys", None, {}),
    ("PATCH", "/users/ID/api-keys/1", {"name": "x"}, {}),
    ("DELETE", "/users/ID/api-keys/1", None, {}),
    ("POST", "/users/ID/api-keys/1/roll", {}, {}),
    ("GET", "/auth/sessions?user_id=ID", None, {}),
)


SESSIONS = (("DELETE", "/auth/sessions/ID", None, {}),)
REPORTS = (("GET", "/report/sale.report_saleorder/ID", None, {}),)
OF_MODELS = {"res.users": USERS, "api.session": SESSIONS, "sale.order": REPORTS}
# Routes that name a record and are not compared here.
ELSEWHERE = {
    "/upsert/<model_name>": "SECURITY.md says what an upsert tells",
    "/users/<user_id>/api-keys/<key_id>": "compared with the user in the path",
}


def requests_about(model, all_of_them):
    """The requests about a record of a model.

    :param all_of_them: False for a sample, which is enough for a caller who may not
        read the model at all
    """
    general = RECORD + LISTS
    return (general if all_of_them else general[::6]) + OF_MODELS.get(model, ())


def differences(caller, model):
    """Yield requests that tell a hidden record from a missing one, in words."""
    facts = caller.facts[model]
    field = facts.get("text_field") or "name"
    requests = requests_about(model, facts.get("ids") is not None)
    for record_id in facts.get("hidden", ())[:1]:
        yield from told_apart(caller, model, record_id, field, requests)


def told_apart(caller, model, record_id, field, requests):
    for method, path, body, headers in requests:
        hidden, missing = (
            send(caller.client, method, path, body, headers, model, found, field)
            for found in (record_id, MISSING)
        )
        if hidden != missing:
            yield f"{method} {path} {model} {record_id}: {hidden} and {missing}"


def send(client, method, path, body, headers, model, record_id, field):
    """Send one of the requests; return all that the answer tells."""

    def fill(value):
        if value == ID:
            return record_id
        if isinstance(value, dict):
            return {fill(name): fill(item) for name, item in value.items()}
        if isinstance(value, list):
            return [fill(item) for item in value]
        if isinstance(value, str):
            text = value.replace("MODEL", model).replace("FIELD", field)
            return text.replace("/ID", f"/{record_id}").replace("=ID", f"={record_id}")
        return value

    if "/export/" in path:
        answer = client.export(fill(path))
    else:
        answer = client.call(method, fill(path), fill(body), headers)
    text = REQUEST_ID.sub("", answer.text)
    text = re.sub(rf"\b{record_id}\b", "ID", text)
    shown = {
        name: value for name, value in answer.headers.items() if name not in UNCOMPARED
    }
    return answer.status_code, text, shown
