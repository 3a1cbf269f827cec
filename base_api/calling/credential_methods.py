# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Methods that check a password. They cannot be called, as calls are not throttled."""

from odoo.models import BaseModel

from ..errors import Forbidden

IDENTITY_CHECK = "res.users.identitycheck"
# Model -> methods; they also belong to the models that inherit from it.
CREDENTIAL_METHODS = {
    "res.users": ("authenticate", "change_password"),
    IDENTITY_CHECK: ("run_check",),
}


def check_credential_method(model: BaseModel, name: str) -> None:
    """Refuse a method that checks a password.

    Methods that only ask for the password (`check_identity`) can be called: they return
    the action that asks, which Odoo's own pages show. Methods of other addons are
    refused when they check one, see `res.users._check_credentials`.

    :raise Forbidden: naming what to use instead
    """
    for model_name, names in CREDENTIAL_METHODS.items():
        if name in names and isinstance(model, model.env.registry[model_name]):
            raise refusal(name)


def refusal(subject: str) -> Forbidden:
    """Return the error about a method that checks a password."""
    return Forbidden(
        f"{subject} checks a password, which is not possible in a call: log in with "
        "POST /auth/login, change a password with PUT /users/{id}/password"
    )
