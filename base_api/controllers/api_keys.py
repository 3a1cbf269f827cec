# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import Any

from odoo import http
from odoo.models import BaseModel

from ..auth.api_key import can_use
from ..auth.key_options import parse_key_change, parse_key_options, parse_overlap
from ..auth.key_table import read_own_key
from ..auth.owners import find_keys, get_key, get_key_owner
from ..auth.profiles import SHOWN_ONCE, describe_key
from ..envelope import Answer, counted, secret_answer
from ..errors import RecordNotFound
from ..operations import key_schemas
from ..operations.route import api_route
from ..operations.runner import OperationController
from ..orm.credentials import remove_keys

KEYS = "res.users.apikeys"
PRESET_MEMBERS = ("name", "label", "description", "read_only", "models")


class ApiKeysController(OperationController, http.Controller):
    @api_route(
        "/users/<user_id>/api-keys",
        methods=["GET"],
        answer=key_schemas.API_KEY_LIST,
        model=KEYS,
    )
    def list_api_keys(self, user_id: str) -> Answer:
        """Return the valid API keys of a user, including those of Odoo's dialog."""
        user = get_key_owner(self.env, user_id)
        rows = [describe_key(key) for key in find_keys(user)]
        data = {"user_id": user.id, "api_keys": rows, "count": len(rows)}
        return Answer(data, f"Found {counted(len(rows), 'API key')}")

    @api_route(
        "/users/<user_id>/api-key",
        methods=["POST"],
        answer=key_schemas.NEW_API_KEY,
        model=KEYS,
        own=True,
        body=key_schemas.API_KEY_BODY,
    )
    def create_api_key(self, user_id: str, body: dict[str, Any]) -> Answer:
        """Create an API key: one's own, or for any user with the group Settings."""
        user = get_key_owner(self.env, user_id)
        key = self.env[KEYS]._base_api_create(user, **parse_key_options(self.env, body))
        return self._new_key_answer(user, key, "API key created")

    @api_route(
        "/users/<user_id>/api-keys/<key_id>/roll",
        methods=["POST"],
        answer=key_schemas.NEW_API_KEY,
        errors=(RecordNotFound,),
        model=KEYS,
        own=True,
        body=key_schemas.ROLL_BODY,
    )
    def roll_api_key(self, user_id: str, key_id: str, body: dict[str, Any]) -> Answer:
        """Replace an API key by a new one; the old one can stay valid for some days."""
        user = get_key_owner(self.env, user_id)
        key = get_key(user, key_id)._base_api_roll(parse_overlap(body))
        return self._new_key_answer(user, key, "API key rolled")

    @api_route(
        "/users/<user_id>/api-keys/<key_id>",
        methods=["PATCH"],
        answer=key_schemas.API_KEY,
        errors=(RecordNotFound,),
        model=KEYS,
        own=True,
        body=key_schemas.API_KEY_CHANGE_BODY,
    )
    def update_api_key(self, user_id: str, key_id: str, body: dict[str, Any]) -> Answer:
        """Change the name, the expiry and the restrictions of an API key."""
        user = get_key_owner(self.env, user_id)
        key = get_key(user, key_id)
        key._base_api_change(parse_key_change(key, body))
        data = {"user_id": user.id, "api_key": describe_key(key)}
        return Answer(data, "API key changed")

    @api_route("/presets", methods=["GET"], answer=key_schemas.PRESET_LIST)
    def list_presets(self) -> Answer:
        """Return the presets of restrictions for the installed apps."""
        rows = [
            {name: preset[name] for name in PRESET_MEMBERS}
            for preset in self.env["api.key.preset"]._get_available()
        ]
        data = {"presets": rows, "count": len(rows)}
        return Answer(data, f"Found {counted(len(rows), 'preset')}")

    @api_route(
        "/users/<user_id>/api-keys/<key_id>",
        methods=["DELETE"],
        answer=key_schemas.REVOKED_API_KEY,
        errors=(RecordNotFound,),
        model=KEYS,
        own=True,
    )
    def revoke_api_key(self, user_id: str, key_id: str) -> Answer:
        """Revoke an API key."""
        user = get_key_owner(self.env, user_id)
        key = get_key(user, key_id)
        data = {"user_id": user.id, "id": key.id}
        remove_keys(key)
        return Answer(data, "API key revoked")

    def _shows(self, user: BaseModel) -> bool:
        """Tell whether the API key of the request may read the name of a user."""
        return user == self.env.user or can_use(self.env, "read", user._name)

    def _new_key_answer(self, user: BaseModel, key: str, message: str) -> Answer:
        row: Any = read_own_key(self.env.cr, key)
        data = {
            "user_id": user.id,
            "user_name": user.name if self._shows(user) else False,
            "api_key": key,
            "note": SHOWN_ONCE,
            "id": row.id,
        }
        return secret_answer(data, message)
