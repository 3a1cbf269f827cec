# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a record shows, and what it does not, compared with each field read alone."""

import pytest

# Of models out of reach they are shown by name only.
NOT_COMPARED = ("binary", "one2many", "many2many")
# Once one user has read it, Odoo's cache of the worker shows it to all.
CACHED = "view_group_hierarchy"


@pytest.fixture
def hr_officer(admin, new_user):
    user = new_user()
    body = {"group_names": ["base.group_user", "hr.group_hr_user"]}
    admin.succeed(200, "PUT", f"/users/{user.id}", body)
    return user.with_key()


def records(client):
    """A record of each model that the caller may read, in full."""
    for model in client.get("/models")["models"]:
        path = f"/search/{model['model']}"
        answer = client.call("GET", path, params={"limit": 1, "fields": "id"})
        rows = answer.json()["data"]["records"] if answer.ok else []
        for row in rows:
            answer = client.call("GET", f"{path}/{row['id']}")
            if answer.ok:
                yield answer.json()["data"]


def computed_fields(client, model):
    """The names of the fields that are no columns."""
    answer = client.call("GET", f"/fields/{model}")
    fields = answer.json()["data"]["fields"] if answer.ok else []
    return [
        field["name"]
        for field in fields
        if not field["store"]
        and field["type"] not in NOT_COMPARED
        and field["name"] != CACHED
    ]


@pytest.mark.parametrize("who", ["demo", "portal", "hr_officer"])
def test_absent_is_what_cannot_be_read_alone(who, request):
    client = request.getfixturevalue(who)
    compared = 0
    for data in records(client):
        names = computed_fields(client, data["model"])
        if all(name in data["record"] for name in names):
            continue
        path = f"/search/{data['model']}/{data['id']}"
        for name in names:
            alone = client.call("GET", path, params={"fields": name})
            assert alone.ok == (name in data["record"]), (path, name, alone.text)
            compared += 1
    assert compared


def test_siblings_of_a_refused_field_are_absent(admin, demo):
    """The method that computes both assigns one before it reaches the employee."""
    siblings = {"employee_salary_amount", "employee_salary_amount_is_percentage"}
    accounts = demo.get("/search/res.partner.bank")["records"]
    assert accounts
    for account in accounts:
        path = f"/search/res.partner.bank/{account['id']}"
        assert siblings <= set(admin.get(path)["record"])
        assert not siblings & set(demo.get(path)["record"])
