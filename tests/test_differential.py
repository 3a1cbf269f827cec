# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Users, models and operations: the API beside the ORM, and keys beside their user."""

import pytest
from differential import OPERATIONS, REQUESTS, Administration, is_covered
from orm_caller import Caller, Impossible, Orm, Refused

ALL = list(OPERATIONS)
KEYS = {
    "read_only": {"read_only": True},
    "everything": {"models": {"*": ALL}},
    "but_users": {"models": {"*": ALL, "res.users": ["read"]}},
    "parameters": {"models": {"*": ["read"], "ir.config_parameter": ["read"]}},
    "update_only": {"models": {"res.partner": ["update"]}},
}
# What the API refuses beyond the ORM, see docs/: keys and sessions have endpoints of
# their own.
OWN_MODELS = (
    "api.session",
    "api.idempotency",
    "api.upsert.key",
    "api.upsert.value",
    "res.users.apikeys",
)
# Fields that depend on who has read them before, or that reading others changes. Of
# those that are not stored, only whether they are shown is compared.
UNSTABLE = ("view_group_hierarchy", "write_date", "write_uid")
# What Odoo says of a new record that a rule does not allow.
RECORD_RULE = "top-secret records"
DRY_RUN = {"Prefer": "dry-run"}
OTHER_VERSION = {"If-Match": '"no-such-version"'}
FEW, MANY = 3, 300  # records of each model
# Of the models, besides those that more depends on; `make torture` has all of them.
SHARE = 4
ALWAYS = ("ir.config_parameter", "res.groups", "res.partner", "res.users", "sale.order")
# Their rights are those of the record that they are about, which is not sent here.
OF_OTHER_RECORDS = ("mail.message", "mail.activity", "ir.attachment")


@pytest.fixture(scope="module")
def callers(url, admin, demo, portal):
    clients = {"admin": admin, "demo": demo, "portal": portal}
    server = url.removesuffix("/api/v2")
    return {
        login: Caller(login, client, Orm(server, login))
        for login, client in clients.items()
    }


@pytest.fixture(scope="module")
def share():
    return SHARE


@pytest.fixture(scope="module")
def models(callers, share):
    """Some of the concrete models of the database."""
    domain = [("abstract", "=", False)]
    rows = callers["admin"].orm.find("ir.model", domain, ["model"], limit=None)
    names = sorted(row["model"] for row in rows if row["model"] not in OWN_MODELS)
    return sorted({*names[::share], *ALWAYS})


@pytest.fixture(scope="module")
def administration():
    return Administration()


def status(client, operation, model):
    """The status and the code of a request for an operation."""
    method, path, body = REQUESTS[operation]
    answer = client.call(method, path.format(model=model), body)
    error = answer.json().get("error") or {}
    return answer.status_code, error.get("code")


@pytest.mark.parametrize("name", KEYS)
def test_a_key_allows_what_it_covers(admin, key_for, models, administration, name):
    key, client = KEYS[name], key_for(**KEYS[name])
    wrong, counted = [], {True: 0, False: 0}
    for model in models:
        for operation in OPERATIONS:
            expected = is_covered(key, administration, operation, model)
            got = status(client, operation, model)
            allowed = got[1] != "KEY_RESTRICTED"
            counted[allowed] += 1
            # What the user may not do either is refused in Odoo's own words.
            if allowed != expected and got != status(admin, operation, model):
                wrong.append((operation, model, got))
            elif allowed and expected and got != status(admin, operation, model):
                wrong.append((operation, model, got))
    assert not wrong
    assert all(counted.values())


@pytest.mark.parametrize("login", ["admin", "demo", "portal"])
def test_a_user_reads_what_the_orm_gives(callers, models, share, login):
    caller, compared = callers[login], 0
    for model in models:
        try:
            # Some models leave hidden records out after the limit, the API before it.
            rows = caller.orm.find(model, [], ["id"], limit=MANY)
        except Impossible:
            continue
        data = caller.ask(model, fields="id", limit=FEW, order="id")
        assert (data and data["records"]) == (rows and rows[:FEW]), model
        compared += bool(rows)
    assert compared > 10 / share


@pytest.mark.parametrize("login", ["demo", "portal"])
def test_fields_of_a_record_are_those_of_the_orm(callers, models, login):
    caller, compared = callers[login], 0
    for model in models:
        for record_id in first_ids(caller.orm, model):
            answer = caller.client.call("GET", f"/search/{model}/{record_id}")
            if answer.status_code != 200:
                continue
            record = answer.json()["data"]["record"]
            known = fields_of(caller.orm, model)
            for field in known.keys() - set(UNSTABLE):
                shown = read_field(caller.orm, model, record_id, field)
                if field in record:
                    assert shown is not Refused, (model, record_id, field)
                    if known[field]["store"] and known[field]["type"] != "properties":
                        assert record[field] == shown, (model, record_id, field)
                    compared += 1
    assert compared > 100


@pytest.mark.parametrize("login", ["admin", "demo", "portal"])
def test_a_user_changes_what_the_orm_lets_them(callers, models, login):
    caller, counted = callers[login], {True: 0, False: 0}
    for model in models:
        name = text_field(caller.orm, model)
        if not name or model in OF_OTHER_RECORDS:
            continue
        # Rights come before what is missing, and before the version.
        requests = [("create", "POST", [], f"/create/{model}")]
        for record_id in first_ids(caller.orm, model):
            ids, path = [record_id], f"{model}/{record_id}"
            requests += [
                ("write", "PATCH", ids, f"/update/{path}"),
                ("unlink", "DELETE", ids, f"/delete/{path}"),
            ]
        for mode, method, ids, path in requests:
            may = caller.orm.call(model, "has_access", ids, mode)
            body = None if method == "DELETE" else {name: "x"}
            answer = caller.client.call(method, path, body, DRY_RUN | OTHER_VERSION)
            is_refused = answer.status_code == 403
            if mode == "create" and RECORD_RULE in answer.text:
                is_refused = False  # the right itself is there
            assert is_refused == (not may), (path, answer.text)
            counted[may] += 1
    assert all(counted.values())


def first_ids(orm, model):
    """The id of the first record that a user sees, in a list."""
    try:
        return [row["id"] for row in orm.find(model, [], ["id"], limit=1) or ()]
    except Impossible:
        return []


def fields_of(orm, model):
    """The fields that a record shows, by name."""
    fields = orm.call(model, "fields_get", [], ["type", "store"])
    hidden = ("binary", "one2many", "many2many", "reference")
    return {
        name: field for name, field in fields.items() if field["type"] not in hidden
    }


def text_field(orm, model):
    """A field that can be written, or None."""
    try:
        fields = orm.call(model, "fields_get", [], ["type", "readonly", "store"])
    except Refused:
        return None
    for name, field in fields.items():
        if field["type"] == "char" and field["store"] and not field["readonly"]:
            return name
    return None


def read_field(orm, model, record_id, field):
    try:
        rows = orm.call(model, "read", [record_id], [field])
    except Refused:
        return Refused
    return rows[0][field] if rows else Refused
