# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The administrator of a database of ours, as a caller of the API."""

import json
import urllib.parse
import urllib.request

CREDENTIALS = {"username": "admin", "password": "admin"}
USER = 2


class Api:
    """The API with a new session of the administrator.

    :param url: its address, with /api/v2
    """

    def __init__(self, url):
        self.url = url
        self.headers = {"Content-Type": "application/json"}
        token = self.call("POST", "/auth/login", CREDENTIALS)["session_token"]
        self.headers["session-token"] = token

    def call(self, method, path, body=None, query=None):
        """Send a request; return the data of its answer."""
        return json.loads(self.send(method, path, body, query))["data"]

    def send(self, method, path, body=None, query=None):
        """Send a request; return its answer, which need not be in the envelope."""
        data = None if body is None else json.dumps(body).encode()
        text = f"?{urllib.parse.urlencode(query)}" if query else ""
        request = urllib.request.Request(
            f"{self.url}{path}{text}", data, self.headers, method=method
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read()

    def make_key(self):
        """Return a new API key of the administrator."""
        return self.call("POST", f"/users/{USER}/api-key", {"name": "Tests"})["api_key"]
