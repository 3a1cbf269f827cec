# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Each preset allows the task that it is for, and nothing else."""

import pytest
from client import Client


@pytest.fixture
def preset_key(admin, new_user, url):
    """Make a user with a key of a preset, and return its client."""

    def make(name, *groups):
        user = new_user()
        names = ["base.group_user", *groups]
        admin.succeed(200, "PUT", f"/users/{user.id}", {"group_names": names})
        body = {"preset": name}
        return Client(
            url, api_key=admin.post(f"/users/{user.id}/api-key", body)["api_key"]
        )

    return make


def test_every_preset_reads_its_models(admin, url):
    for preset in admin.get("/presets")["presets"]:
        body = {"preset": preset["name"], "expires_in_days": 1}
        secret = admin.post("/users/2/api-key", body)["api_key"]
        key = Client(url, api_key=secret)
        models = preset["models"]
        for model in [name for name in models if "read" in models[name]]:
            name = "res.partner" if model == "*" else model
            key.get(f"/search/{name}", limit=1)
            key.get(f"/fields/{name}")
        key.refuse(403, "KEY_RESTRICTED", "GET", "/search/ir.config_parameter")
        key.refuse(403, "KEY_RESTRICTED", "DELETE", "/delete/res.partner/1")
        if preset["read_only"]:
            body = {"name": "x"}
            key.refuse(403, "KEY_RESTRICTED", "POST", "/create/res.partner", body)


def test_leads_are_created_and_followed_up(preset_key, unique):
    key = preset_key("crm", "sales_team.group_sale_salesman")
    partner = {"name": unique, "country_id": {"code": "BE"}}
    lead = {
        "name": unique,
        "partner_id": {"name": unique},
        "tag_ids": [{"name": unique, "create": True}],
    }
    key.succeed(201, "POST", "/create/res.partner", partner)
    lead_id = key.succeed(201, "POST", "/create/crm.lead", lead)["id"]
    note = {"body": "Called", "internal": True}
    key.succeed(201, "POST", f"/messages/crm.lead/{lead_id}", note)
    activity = {"summary": "Call again", "date_deadline": "2030-01-01"}
    key.succeed(201, "POST", f"/activities/crm.lead/{lead_id}", activity)
    [row] = key.get(f"/activities/crm.lead/{lead_id}")["records"]
    assert row["summary"] == "Call again"
    key.post("/call/crm.lead/action_set_won", {"ids": [lead_id]})
    assert key.read("crm.lead", lead_id, "probability")["probability"] == 100


def test_accounting_is_read_and_never_written(admin, preset_key):
    key = preset_key("accounting_reader", "account.group_account_readonly")
    totals = key.get("/aggregate/account.move.line", groupby="account_id,parent_state")
    assert "groups" in totals
    key.get("/search/account.move", fields="name,partner_id.name,line_ids.balance")
    for method, path, body in (
        ("POST", "/create/account.move", {"move_type": "out_invoice"}),
        ("POST", "/call/account.move/action_post", {"ids": [1]}),
    ):
        key.refuse(403, "KEY_RESTRICTED", method, path, body)
