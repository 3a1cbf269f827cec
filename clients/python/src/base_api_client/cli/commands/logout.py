# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`base-api logout`: forgets a server."""

import typer

from base_api_client import ApiError, Client, ConnectionFailed

from .. import console, profiles, secret_store
from ..problem import Problem
from ..profiles import Profile


def logout(context: typer.Context) -> None:
    """Forget a profile, and revoke the API key that its login created."""
    profile = profiles.get(context.obj.profile)
    revoked = _revoke(profile)
    secret_store.remove(profile.name, profile.secret_in)
    profiles.remove(profile.name)
    console.say(f"Logged out of {profile.url} (profile {profile.name})")
    if not revoked:
        console.note(
            "The API key was not revoked: do so in Odoo, on the tab API Access"
        )


def _revoke(profile: Profile) -> bool:
    if profile.key_id is None:
        return False
    path = f"/users/{profile.user_id}/api-keys/{profile.key_id}"
    try:
        key = secret_store.load(profile.name, profile.secret_in)
        with Client(profile.url, api_key=key, database=profile.database) as client:
            client.request("DELETE", path)
    except (ApiError, ConnectionFailed, Problem):
        return False
    return True
