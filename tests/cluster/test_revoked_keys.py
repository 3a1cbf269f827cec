# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A key that was revoked, while the standby does not show it."""

import time

import cluster_faults as faults

STALE = 5  # seconds
PATHS = ("/auth/me", "/search/res.partner?limit=1")


def test_revoked_key(site):
    """It writes nowhere at once, and reads nowhere after a few seconds."""
    site.set_synchronous(False)
    session = site.session()
    secret = session.post("/users/2/api-key")["api_key"]
    key_id = session.get("/users/2/api-keys")["api_keys"][-1]["id"]
    doors = [site.door(secret, url) for url in site.urls()]
    for door in doors:
        assert statuses(door) == {200}
    site.standby.query(faults.PAUSE)
    try:
        session.succeed(200, "DELETE", f"/users/2/api-keys/{key_id}")
        revoked = time.monotonic()
        for door in doors:
            body = {"name": "Revoked"}
            assert door.send("POST", "/create/res.partner", body).status_code == 401
        # What follows on the primary is not replayed: the standby lags visibly.
        while time.monotonic() < revoked + STALE:
            session.create("res.partner.category", name="Later")
            time.sleep(0.2)
        for door in doors:
            assert statuses(door) == {401}
    finally:
        site.standby.query(faults.RESUME)
        site.proxy.wait_for("fresh_standby", site.standby.short, up=True)


def statuses(door):
    return {door.send("GET", path).status_code for path in PATHS}
