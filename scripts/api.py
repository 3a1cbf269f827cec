# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Calls to the API of a database of ours."""

import json
import urllib.error
import urllib.parse
import urllib.request

ADMINISTRATOR = 2


class Client:
    """Calls the API with one credential.

    :param url: its address, with /api/v2
    :param credential: the header of the credential, such as `{"api-key": "..."}`
    """

    def __init__(self, url, credential=None):
        self.url = url
        self.headers = {"Content-Type": "application/json"} | (credential or {})

    def call(self, method, path, body=None, query=None):
        """Send a request; return the data of its answer.

        :raise urllib.error.HTTPError: it is an error
        """
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

    def is_signed_in(self):
        """Tell whether the API accepts the credential."""
        try:
            self.send("GET", "/auth/me")
        except urllib.error.HTTPError:
            return False
        return True

    def make_key(self, user_id, **options):
        """Return a new API key of a user."""
        return self.call("POST", f"/users/{user_id}/api-key", options)["api_key"]


def log_in(url, login, password):
    """Return the header of a new session."""
    body = {"username": login, "password": password}
    token = Client(url).call("POST", "/auth/login", body)["session_token"]
    return {"session-token": token}


def administrator(url):
    """Return a client with a new session of the administrator."""
    return Client(url, log_in(url, "admin", "admin"))
