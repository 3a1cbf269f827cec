# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Compare what the API lets callers do with what the ORM lets them do."""

import json

DRY_RUN = {"Prefer": "dry-run"}
OTHER_VERSION = {"If-Match": '"no-such-version"'}
# What Odoo says of a new record that a record rule does not allow.
RECORD_RULE = "top-secret records"
# Decided differences: what the API refuses beyond the ORM, or answers otherwise.
OWN_MODELS = {
    "api.session": "sessions have endpoints of their own",
    "api.idempotency": "no caller reads or writes claims",
    "api.upsert.key": "no caller reads or writes them",
    "api.upsert.value": "no caller reads or writes them",
    "res.users.apikeys": "keys have endpoints of their own",
}
OF_OTHER_RECORDS = {
    "mail.message": "its rights are those of the record that it is about",
    "mail.activity": "its rights are those of the record that it is about",
    "ir.attachment": "its rights are those of the record that it belongs to",
}
FIELDS_OF_OTHERS = {
    "hr.employee": "colleagues find employees, whose fields are those of another model",
}
# Old names of fields, which the addon answers too (`aliases.py`).
OLD_NAMES = {"res.users": ("groups_id",), "mail.message": ("res_model",)}
# What restricted keys do not reach, see SECURITY.md: they count fewer records.
BEYOND_KEYS = {
    "mail.message": "messages about users",
    "ir.attachment": "files that Odoo serves to everybody under a URL",
    "mail.template": "templates about users",
}
# Fields that depend on what was read or written before.
UNSTABLE = ("view_group_hierarchy", "write_date", "write_uid", "login_date")


def differences(caller, model):
    """Yield what the API answers otherwise than the ORM, in words."""
    facts = caller.facts[model]
    if facts.get("impossible") or model in OWN_MODELS:
        return
    yield from reads(caller, model, facts)
    for record_id in facts["records"]:
        yield from fields(caller, model, facts, record_id)
    if model not in OF_OTHER_RECORDS:
        yield from writes(caller, model, facts)


def reads(caller, model, facts):
    """Lists, counts, groups and exports show the same records, or are refused."""
    if caller.key and model in BEYOND_KEYS:
        yield from fewer(caller, model, facts)
        return
    few = 3
    ids = facts["ids"] if caller.covers("read", model) else None
    expected = None if ids is None else ids[:few]
    query = {"fields": "id", "limit": few, "order": "id"}
    for answer, found in (
        ask(caller, "GET", f"/search/{model}", ids_of_list, params=query),
        ask(
            caller, "POST", f"/search/{model}", ids_of_list, query | {"fields": ["id"]}
        ),
        ask(caller, "GET", f"/export/{model}", ids_of_export, params=query),
    ):
        if found != expected:
            yield f"{describe(answer)}: {found}, the ORM: {expected}"
    expected = None if ids is None else facts["count"]
    for answer, found in (
        ask(caller, "GET", f"/count/{model}", lambda data: data["count"]),
        ask(
            caller,
            "GET",
            f"/search/{model}",
            lambda data: data["total_count"],
            params={"limit": 0, "count": "exact"},
        ),
    ):
        if found != expected:
            yield f"{describe(answer)}: {found}, the ORM: {expected}"
    expected = facts["groups"] if caller.covers("read", model) else None
    answer, found = ask(caller, "GET", f"/aggregate/{model}", count_of_groups)
    if found != expected:
        yield f"{describe(answer)}: {found}, the ORM: {expected}"
    if model not in FIELDS_OF_OTHERS:
        expected = caller.may("read", "read", model)
        answer = caller.client.call("GET", f"/fields/{model}")
        if (answer.status_code == 200) != expected:
            yield f"{describe(answer)}, the ORM: {expected}"


def fewer(caller, model, facts):
    """A key finds at most the records of its user, or is refused."""
    answer, found = ask(caller, "GET", f"/count/{model}", lambda data: data["count"])
    is_allowed = caller.covers("read", model) and facts["ids"] is not None
    if (found is not None) != is_allowed or (found or 0) > facts["count"]:
        yield f"{describe(answer)}: {found}, the ORM: {is_allowed}"


def ask(caller, method, path, find, body=None, params=None):
    """Return an answer, and what `find` finds in its data; None if it is refused."""
    if "/export/" in path:
        answer = caller.client.export(path, **params)
        data = answer.text
    else:
        answer = caller.client.call(method, path, body, params=params)
        data = answer.json().get("data")
    if answer.status_code == 403:
        return answer, None
    assert answer.status_code == 200, (path, answer.text)
    return answer, find(data)


def ids_of_list(data):
    return [row["id"] for row in data["records"]]


def ids_of_export(text):
    return [json.loads(line)["id"] for line in text.splitlines()]


def count_of_groups(data):
    [group] = data["groups"]
    return group["count"]


def fields(caller, model, facts, record_id):
    """A record shows the fields that the ORM gives, with the same values."""
    answer = caller.client.call("GET", f"/search/{model}/{record_id}")
    if not caller.covers("read", model):
        if answer.status_code != 403:
            yield f"{describe(answer)}, the key does not allow read"
        return
    if answer.status_code != 200:
        yield f"{describe(answer)}, the ORM: readable"
        return
    known = facts["records"][record_id]["values"]
    for name, value in answer.json()["data"]["record"].items():
        if name in UNSTABLE or name in OLD_NAMES.get(model, ()):
            continue
        if name not in known:
            yield f"{describe(answer)}: {name} is shown, the ORM refuses it"
        elif known[name] and known[name] != [value]:
            yield f"{describe(answer)}: {name} is {value!r}, the ORM: {known[name]}"


def writes(caller, model, facts):
    """What the ORM lets a user write is refused for no lack of rights, and else it is.

    Rights come before what is missing, and before the version.
    """
    body = {facts["text_field"]: "x"} if facts["text_field"] else None
    if not body:
        return
    may = caller.may("create", "create", model)
    answer = caller.client.call("POST", f"/create/{model}", body, DRY_RUN)
    refused = answer.status_code == 403 and RECORD_RULE not in answer.text
    if refused == may:
        yield f"{describe(answer)}, the ORM: {may}"
    for record_id, record in facts["records"].items():
        for operation, mode, method, sent in (
            ("update", "write", "PATCH", body),
            ("delete", "unlink", "DELETE", None),
        ):
            path = f"/{operation}/{model}/{record_id}"
            may = caller.covers(operation, model) and record[mode]
            answer = caller.client.call(method, path, sent, DRY_RUN | OTHER_VERSION)
            if (answer.status_code == 403) == may:
                yield f"{describe(answer)}, the ORM: {may}"


def describe(answer):
    request = answer.request
    path = request.url.partition("/api/v2")[2]
    error = ""
    if answer.status_code >= 400:
        error = answer.json()["error"]["message"][:200]
    return f"{request.method} {path}: {answer.status_code} {error}"
