# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Callers of nine kinds, and what Odoo's ORM lets the user of each do.

The ORM answers in a process of its own that does not use the API (`orm_facts.py`).
"""

import json
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import backstage
from client import Client
from differential import Administration, is_covered

PASSWORD = "a long password of nobody"
THREADS = 4
FACTS = Path(__file__).parent / "orm_facts.py"
GROUPS = {
    "internal": ["base.group_user"],
    "seller": ["base.group_user", "sales_team.group_sale_salesman"],
    "hr": ["base.group_user", "hr.group_hr_user"],
    "other_company": ["base.group_user", "sales_team.group_sale_manager"],
}
# Keys of the administrator, and of the seller.
KEYS = {
    "read_only_key": {"read_only": True, "models": {"*": ["read"]}},
    "models_key": {
        "models": {
            "res.partner": ["read", "update"],
            "sale.order": ["read", "create"],
            "crm.lead": ["read", "update", "delete"],
            "mail.message": ["read", "create"],
            "product.template": ["create", "call"],
        }
    },
}
SELLER_KEY = {
    "models": {"*": ["read", "create", "update", "delete", "call"]},
    "external_id_prefix": "shop.",
    "networks": ["127.0.0.0/8"],
}


@dataclass
class Caller:
    """A client, and what its user may do by the ORM.

    :param key: the restrictions of its API key, or None
    :param facts: by model, see `orm_facts.describe`
    """

    name: str
    user_id: int
    client: Client
    key: dict | None
    administration: Administration
    facts: dict | None = None

    def covers(self, operation, model):
        """Whether its key allows an operation."""
        return not self.key or is_covered(
            self.key, self.administration, operation, model
        )

    def may(self, operation, mode, model):
        return self.covers(operation, model) and self.facts[model]["access"][mode]


def make_callers(copy):
    """Make the users and keys; return the callers, without facts."""
    admin = copy.administrator()
    users = {"admin": 2, "portal": portal_of(admin)}
    company = admin.create("res.company", name="Another company")
    for name, groups in GROUPS.items():
        values = {"name": name, "login": f"access_{name}", "password": PASSWORD}
        if name == "other_company":
            values |= {"company_id": company, "company_ids": [company]}
        users[name] = admin.create("res.users", values)
        admin.put(f"/users/{users[name]}", {"group_names": groups})
    clients = {"admin": admin, "portal": Client(copy.url).log_in("portal", "portal")}
    for name in GROUPS:
        session = Client(copy.url).log_in(f"access_{name}", PASSWORD)
        clients[name] = with_key(copy.url, session, users[name], {})
    administration = Administration(copy.database)
    made = [
        Caller(name, users[name], client, None, administration)
        for name, client in clients.items()
    ]
    for name, options in KEYS.items():
        client = with_key(copy.url, admin, 2, options)
        made.append(Caller(name, 2, client, options, administration))
    seller = Client(copy.url).log_in("access_seller", PASSWORD)
    client = with_key(copy.url, seller, users["seller"], SELLER_KEY)
    made.append(
        Caller("seller_key", users["seller"], client, SELLER_KEY, administration)
    )
    return made


def portal_of(admin):
    [user] = admin.get("/search/res.users", login="portal", fields="id")["records"]
    return user["id"]


def with_key(url, client, user_id, options):
    key = client.post(f"/users/{user_id}/api-key", options)["api_key"]
    return Client(url, api_key=key)


def add_facts(callers, database, models, few, shown=1):
    """Ask the ORM about all models for all callers."""
    users = sorted({caller.user_id for caller in callers})
    facts = ask_orm(database, users=users, models=models, few=few, shown=shown)
    for caller in callers:
        caller.facts = facts[str(caller.user_id)]


def ask_orm(database, **plan):
    """Run `orm_facts.py` in `odoo-bin shell`; return what it answers."""
    with tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "facts.json"
        plan["file"] = str(answers)
        program = f"PLAN = {plan!r}\n{FACTS.read_text()}"
        command = backstage.odoo("shell", "--no-http", "-d", database)
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        done = subprocess.run(
            command, input=program, text=True, timeout=3000, **options
        )
        assert answers.exists(), done.stdout[-5000:]
        return json.loads(answers.read_text())


def differences(compare, callers, models):
    """Run a comparison of a caller and a model in threads; return all differences."""

    def run(pair):
        caller, model = pair
        return [f"{caller.name}: {text}" for text in compare(caller, model)]

    pairs = [(caller, model) for caller in callers for model in models]
    with ThreadPoolExecutor(THREADS) as pool:
        return sum(pool.map(run, pairs), [])


def concrete_models(admin):
    """The models of the database that have records."""
    query = {"abstract": False, "fields": "model", "limit": 1000, "order": "model"}
    return [row["model"] for row in admin.get("/search/ir.model", **query)["records"]]
