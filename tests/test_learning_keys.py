# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Learning keys on a server with two workers, whose requests commit."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import backstage
import pytest
from client import Client

MODELS = (
    "res.bank",
    "res.company",
    "res.country",
    "res.country.state",
    "res.currency",
    "res.lang",
    "res.partner",
    "res.partner.category",
    "res.partner.industry",
    "res.users",
)


@pytest.fixture
def learner(admin, new_user, url):
    """Make a learning key of an ordinary user; return its client and its path."""

    def make(days=7, **options):
        user = new_user()
        until = datetime.now(timezone.utc) + timedelta(days=days)
        body = {"learn_until": until.isoformat(timespec="seconds"), **options}
        secret = admin.post(f"/users/{user.id}/api-key", body)["api_key"]
        [row] = admin.get(f"/users/{user.id}/api-keys")["api_keys"]
        path = f"/users/{user.id}/api-keys/{row['id']}"
        return Client(url, api_key=secret), path

    return make


def described(admin, path):
    collection, _slash, key_id = path.rpartition("/")
    rows = admin.get(collection)["api_keys"]
    return next(row for row in rows if str(row["id"]) == key_id)


def end_learning(path):
    backstage.query(
        "UPDATE res_users_apikeys "
        "SET learn_until = now() AT TIME ZONE 'UTC' - interval '1 second' "
        "WHERE id = %s",
        path.rpartition("/")[2],
    )


def test_a_key_learns_and_then_allows_what_it_used(admin, learner, unique):
    key, path = learner()
    assert described(admin, path)["suggested"] is None
    record_id = admin.create("res.partner", name=unique)
    key.get(f"/search/res.partner/{record_id}")
    key.get("/search/res.partner", fields="name,country_id.code", limit=1)
    key.refuse(404, "RECORD_NOT_FOUND", "GET", "/search/res.currency/999999")
    key.refuse(403, "ACCESS_DENIED", "GET", "/search/ir.config_parameter")
    key.refuse(404, "MODEL_NOT_FOUND", "GET", "/search/no.such.model")
    expected = {
        "read_only": True,
        "models": {
            "res.country": ["read"],
            "res.currency": ["read"],
            "res.partner": ["read"],
        },
    }
    assert described(admin, path)["suggested"] == expected
    end_learning(path)
    for _request in range(6):  # on both workers
        key.get("/search/res.partner", fields="name,country_id.code", limit=1)
        key.refuse(403, "KEY_RESTRICTED", "GET", "/search/res.lang")
    assert described(admin, path)["suggested"] == expected
    assert described(admin, path)["models"] == expected["models"]
    data = admin.succeed(200, "PATCH", path, expected)
    assert data["api_key"]["learn_until"] is None
    key.get("/search/res.partner", limit=1)
    key.refuse(403, "KEY_RESTRICTED", "GET", "/search/res.lang")


def test_no_use_is_lost_if_many_are_noted_at_once(admin, learner):
    """All requests write the same row, from two processes."""
    key, path = learner()
    with ThreadPoolExecutor(len(MODELS)) as pool:
        clients = [Client(key.url, **key.headers) for _model in MODELS]
        list(
            pool.map(
                lambda client, model: client.get(f"/search/{model}", limit=1),
                clients,
                MODELS,
            )
        )
    models = described(admin, path)["suggested"]["models"]
    assert models == {name: ["read"] for name in MODELS}


def test_a_dry_run_is_noted_and_changes_nothing_else(admin, learner):
    key, path = learner()
    [before] = backstage.query("SELECT count(*) FROM res_partner_category")
    user_id = path.split("/")[2]
    groups = {"group_names": ["base.group_user", "base.group_partner_manager"]}
    admin.succeed(200, "PUT", f"/users/{user_id}", groups)
    body, headers = {"name": "Dry"}, {"Prefer": "dry-run"}
    key.succeed(201, "POST", "/create/res.partner.category", body, headers=headers)
    assert [before] == backstage.query("SELECT count(*) FROM res_partner_category")
    models = described(admin, path)["suggested"]["models"]
    assert "create" in models["res.partner.category"]


def test_a_key_notes_a_use_while_it_changes_itself(admin, learner):
    """The request has locked the row in which the use is noted."""
    key, path = learner()
    key.succeed(200, "PATCH", path, {"name": "Renamed"})
    assert described(admin, path)["name"] == "Renamed"
    key.refuse(403, "KEY_RESTRICTED", "PATCH", path, {"models": None})
    key.refuse(400, "INVALID_PARAMETER", "PATCH", path, {"models": {}})
    end_learning(path)
    key.succeed(200, "PATCH", path, {"name": "Again"})
    key.refuse(403, "KEY_RESTRICTED", "DELETE", path)
