# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import time

from odoo import http
from odoo.tests import JsonRpcException
from odoo.tools import mute_logger

from .common import PASSWORD, ApiCase

KEYS = "res.users.apikeys"
CREATE = "api.key.create"
ROLL = "api.key.roll"


class WizardCase(ApiCase):
    """Somebody in Odoo's web client."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls.new_user("colleague", "base.group_user")
        cls.manager = cls.new_user("manager", "base.group_user,base.group_erp_manager")

    def log_in(self, user, confirmed=True):
        """Log in to the web client, by default with a password just confirmed."""
        session = self.authenticate(user.login, PASSWORD)
        if confirmed:
            session["identity-check-last"] = time.time()
            http.root.session_store.save(session)

    def rpc(self, model, method, *args, **kwargs):
        self.env.flush_all()
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        path = f"/web/dataset/call_kw/{model}/{method}"
        result = self.make_jsonrpc_request(path, params)
        self.env.invalidate_all()
        return result

    def assertRefused(self, exception, model, method, *args):
        with (
            mute_logger("odoo.http"),
            self.assertRaisesRegex(JsonRpcException, exception),
        ):
            self.rpc(model, method, *args)

    def create_wizard(self, user, **values):
        values = {"user_id": user.id, "name": "Shop", "duration": "7"} | values
        return self.rpc(CREATE, "create", [values])[0]

    def make_key(self, user, **values):
        """Return the new key that the dialog shows, and its record."""
        action = self.rpc(CREATE, "make_key", [self.create_wizard(user, **values)])
        return action["context"]["default_key"], self.last_key(user)

    def last_key(self, user):
        keys = self.env[KEYS].sudo()
        return keys.search([("user_id", "=", user.id)], order="id desc", limit=1)

    def key_of(self, user):
        """Return the record of a new key."""
        self.new_key(user)
        return self.last_key(user)

    def works(self, key):
        return self.get("/auth/me", headers={"api-key": key}).status_code == 200
