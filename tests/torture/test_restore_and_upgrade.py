# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A database that is restored from a dump, and an addon that is upgraded under load."""

import uuid

import backstage
from client import Client
from installation import Installation

SILENT = ("--no-http", "--workers", "0", "--stop-after-init")


def test_restored_from_a_dump(installation, own_postgres, state):
    """Keys, sessions and answers that were kept are valid in the restored database."""
    ledger = installation.ledger()
    with ledger.writing():
        ledger.wait_for(50)
    name = f"restored_{uuid.uuid4().hex[:8]}"
    own_postgres.copy("template0", name)
    own_postgres.restore(own_postgres.dump(installation.database), name)
    restored = Installation(own_postgres, name)
    restored.key = installation.key
    ledger.new_client = restored.client
    try:
        restored.start()
        token = installation.session.headers["session_token"]
        Client(restored.url, session_token=token).get("/auth/me")
        ledger.repeat_all()
        with ledger.writing():
            ledger.wait_for(20)
        state("restored from a dump", ledger.compare(restored.query))
    finally:
        restored.end()
        own_postgres.drop(name)


def test_upgraded_under_load(installation, state):
    """Requests that meet a table while it changes are a 503, and repeated."""
    ledger = installation.ledger()
    options = installation.postgres.odoo_options().items()
    words = [str(word) for pair in options for word in pair]
    with ledger.writing():
        ledger.wait_for(20)
        words += ["-d", installation.database, "-u", "base_api", *SILENT]
        log = backstage.run_odoo(*words)
        ledger.wait_for(20)
    assert "Loading module base_api" in log
    ledger.write_calmly()
    assert installation.is_running()
    state("base_api upgraded under load", ledger.compare(installation.query))
