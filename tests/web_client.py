# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo's own doors, to compare with: the web client and JSON-2."""

import requests


class WebClient:
    """A browser that has logged in, as far as Odoo can tell."""

    def __init__(self, url, database, login, password):
        self.root = url.removesuffix("/api/v2")
        self.http = requests.Session()
        self.http.trust_env = False
        self.password = password
        credential = {"db": database, "login": login, "password": password}
        self.uid = self.rpc("/web/session/authenticate", credential)["uid"]

    def rpc(self, path, params):
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = self.http.post(self.root + path, json=body, timeout=60).json()
        assert "result" in answer, answer
        return answer["result"]

    def call(self, model, method, *args, **context):
        params = {"model": model, "method": method, "args": args}
        params["kwargs"] = {"context": context}
        return self.rpc(f"/web/dataset/call_kw/{model}/{method}", params)

    def confirm(self, action):
        """Type the password once more, where Odoo asks for it."""
        if action and action.get("res_model") == "res.users.identitycheck":
            wizard = [action["res_id"]]
            password = self.password
            model = "res.users.identitycheck"
            action = self.call(model, "run_check", wizard, password=password)
        return action

    def make_key(self, name):
        """Make an API key in Odoo's own dialog."""
        model = "res.users.apikeys.description"
        wizard = self.call(model, "create", [{"name": name, "duration": "1"}])
        action = self.confirm(self.call(model, "make_key", wizard))
        return action["context"]["default_key"]

    def remove_key(self, name):
        """Remove it in the user's preferences."""
        model = "res.users.apikeys"
        [key] = self.call(model, "search", [["name", "=", name]])
        self.confirm(self.call(model, "remove", [key]))


def json2(url, key, model, method, **body):
    """Call a method over JSON-2; return the answer."""
    address = f"{url.removesuffix('/api/v2')}/json/2/{model}/{method}"
    headers = {"Authorization": f"Bearer {key}"}
    return requests.post(address, json=body, headers=headers, timeout=60)
