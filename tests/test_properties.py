# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Properties of leads, which their team defines."""

import pytest

FIELD = "lead_properties"


@pytest.fixture(scope="module")
def team(admin):
    """The team of the administrator, which Odoo computes for new leads."""
    lead = admin.create("crm.lead", name="With the default team")
    [team_id, _name] = admin.read("crm.lead", lead, "team_id")["team_id"]
    definitions = [
        {"name": "size", "type": "integer", "string": "Size", "default": 3},
        {"name": "due", "type": "date", "string": "Due"},
        {
            "name": "partner",
            "type": "many2one",
            "string": "Partner",
            "comodel": "res.partner",
        },
    ]
    path = f"/update/crm.team/{team_id}"
    admin.put(path, {"lead_properties_definition": definitions})
    yield team_id
    admin.put(path, {"lead_properties_definition": False})


def values(client, lead):
    read = client.read("crm.lead", lead, FIELD)[FIELD]
    return {item["name"]: item.get("value") for item in read}


def test_team_that_odoo_computes(admin, team, unique):
    lead = admin.create("crm.lead", {"name": unique, FIELD: {"due": "2026-03-01"}})
    assert admin.read("crm.lead", lead, "team_id")["team_id"][0] == team
    assert values(admin, lead) == {"size": 3, "due": "2026-03-01", "partner": None}


def test_another_team(admin, team, unique):
    other = admin.create("crm.team", name=unique)
    sent = {"name": unique, "team_id": other, FIELD: {"size": 4}}
    error = admin.refuse(400, "INVALID_FIELDS", "POST", "/create/crm.lead", sent)
    assert error["details"][0]["pointer"] == f"/{FIELD}/size"
    lead = admin.create("crm.lead", sent | {"team_id": team})
    sent = {"team_id": False, FIELD: {"size": 4}}
    error = admin.refuse(
        422, "VALIDATION_ERROR", "PATCH", f"/update/crm.lead/{lead}", sent
    )
    assert "team_id" in error["message"]


def test_key_for_leads_alone(admin, key_for, team, unique):
    client = key_for(models={"crm.lead": ["read", "create", "update"]})
    lead = client.create(
        "crm.lead", {"name": unique, "team_id": team, FIELD: {"size": 5, "partner": 1}}
    )
    client.succeed(200, "PATCH", f"/update/crm.lead/{lead}", {FIELD: {"size": 6}})
    assert values(admin, lead)["size"] == 6
    assert values(admin, lead)["partner"][0] == 1
    query = {"name": unique, f"{FIELD}.size__gte": 6}
    assert client.count("crm.lead", **query) == 1
    redefined = [{"name": "size", "type": "char", "definition_changed": True}]
    client.refuse(
        403, "KEY_RESTRICTED", "PATCH", f"/update/crm.lead/{lead}", {FIELD: redefined}
    )


def test_definitions_of_hidden_teams(admin, demo, unique):
    """Neither a filter nor a write shows what a team defines that demo may not see."""
    company = admin.create("res.company", name=unique)
    options = [["merger", "Merger"], ["layoffs", "Layoffs"]]
    definition = [
        {"name": "plan", "type": "selection", "string": "Plan", "selection": options}
    ]
    hidden = admin.create(
        "crm.team",
        {
            "name": unique,
            "company_id": company,
            "lead_properties_definition": definition,
        },
    )
    assert demo.count("crm.team", id=hidden) == 0
    query = f"{FIELD}.plan=zz"
    error = demo.refuse(400, "INVALID_FILTER", "GET", f"/search/crm.lead?{query}")
    assert "Unknown property" in error["message"]
    path = f"/aggregate/crm.lead?groupby={FIELD}.plan"
    demo.refuse(400, "INVALID_FIELDS", "GET", path)
    sent = {"name": unique, "team_id": hidden, FIELD: {"plan": "zz"}}
    error = demo.refuse(422, "VALIDATION_ERROR", "POST", "/create/crm.lead", sent)
    assert "merger" not in error["message"]
    assert error["details"][0]["code"] == "foreign_key"


def test_hours_are_not_those_of_dates(admin):
    for name in ("date_deadline", f"{FIELD}.due"):
        path = f"/aggregate/crm.lead?groupby={name}:hour"
        answer = admin.call("GET", path)
        assert answer.status_code == 400


def test_found_sorted_and_grouped(admin, team, unique):
    for size in (9, 10, 1):
        sent = {"name": unique, "team_id": team, FIELD: {"size": size}}
        admin.create("crm.lead", sent)
    query = {"name": unique, "fields": "id", "order": f"{FIELD}.size desc"}
    rows = admin.get("/search/crm.lead", **query)["records"]
    sizes = [values(admin, row["id"])["size"] for row in rows]
    assert sizes == [10, 9, 1]
    groups = admin.get(
        "/aggregate/crm.lead",
        name=unique,
        groupby=f"{FIELD}.size",
        order=f"{FIELD}.size",
    )["groups"]
    assert [group[f"{FIELD}.size"] for group in groups] == [1, 9, 10]
