# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`base-api logout`: forgets a server."""

import typer

from .. import console, profiles, secret_store
from ..signing_in import revoke


def logout(context: typer.Context) -> None:
    """Forget a profile, and revoke the API key that its login created."""
    profile = profiles.get(context.obj.profile)
    revoked = revoke(profile)
    secret_store.remove(profile.name, profile.secret_in)
    profiles.remove(profile.name)
    console.say(f"Logged out of {profile.url} (profile {profile.name})")
    if not revoked:
        console.note(
            "The API key was not revoked: do so in Odoo, on the tab API Access"
        )
