# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What `make fuzz` works with, made by the API: users, credentials and records."""

MODELS = ("res.partner", "sale.order", "crm.lead")
OPERATIONS = ["read", "create", "update", "delete", "call"]
# What the API key may do: it reads everything, but changes only these.
KEY_MODELS = (
    {"*": ["read"]}
    | dict.fromkeys(
        (
            *MODELS,
            "ir.attachment",
            "mail.activity",
            "mail.followers",
            "mail.message",
            "sale.order.line",
        ),
        OPERATIONS,
    )
    | {
        "api.session": ["read", "delete"],
        "res.groups": ["read"],
        "res.users": ["read", "create", "update"],
        "res.users.apikeys": ["read", "create", "update", "delete"],
    }
)
SALES = [
    "base.group_user",
    "base.group_partner_manager",
    "sales_team.group_sale_manager",
]
ADMINISTRATOR = [*SALES, "base.group_system"]
PASSWORD = "a long password of nobody"
RECORDS = 25  # of each model, to change, and as many to delete


def allow_wrong_credentials(admin):
    """Keep wrong credentials a 401, however many are sent from this address."""
    values = {"key": "base_api.throttle_credential", "value": "0"}
    admin.call("POST", "/create/ir.config_parameter", values)


def make_user(admin, login, groups):
    """Return the id of a new user.

    :param admin: the client of an administrator
    :param groups: XML ids
    """
    values = {"name": login, "login": login, "password": PASSWORD}
    user_id = admin.call("POST", "/create/res.users", values)["id"]
    admin.call("PUT", f"/users/{user_id}", {"group_names": groups})
    return user_id


def make_key(client, user_id, days, models):
    """Return the header of a new API key."""
    key = client.make_key(user_id, name="fuzz", expires_in_days=days, models=models)
    return {"api-key": key}


def key_ids(client, user_id):
    keys = client.call("GET", f"/users/{user_id}/api-keys")["api_keys"]
    return [key["id"] for key in keys]


def session_ids(client, user_id):
    sessions = client.call("GET", f"/auth/sessions?user_id={user_id}")["sessions"]
    return [session["id"] for session in sessions]


def method_names(client, model):
    methods = client.call("GET", f"/methods/{model}")["methods"]
    return [method["name"] for method in methods]


def make_records(client):
    """Return the ids of new records, by model."""
    partners = [{"name": f"Partner {number}"} for number in range(2 * RECORDS)]
    ids = {"res.partner": client.call("POST", "/create/res.partner", partners)["ids"]}
    # Those with orders and leads could not be deleted.
    [customer] = client.call("POST", "/create/res.partner", [{"name": "Customer"}])[
        "ids"
    ]
    orders = [{"partner_id": customer} for _number in partners]
    leads = [{"name": partner["name"], "partner_id": customer} for partner in partners]
    ids["sale.order"] = client.call("POST", "/create/sale.order", orders)["ids"]
    ids["crm.lead"] = client.call("POST", "/create/crm.lead", leads)["ids"]
    return ids


def related_ids(client):
    """Return ids of records that others can refer to, by model."""
    found = {}
    for model in ("res.company", "res.country", "res.users", "crm.team", "utm.source"):
        rows = client.call("GET", f"/search/{model}?fields=id&limit=3")["records"]
        found[model] = [row["id"] for row in rows]
    return found
