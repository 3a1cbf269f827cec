# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A small client for Odoo's REST API, to copy into your own code.

Needs Python 3.10 and requests. Run it to see a lead come and go:

    ODOO_URL=http://localhost:8069 ODOO_API_KEY=... python odoo_api.py
"""

import os

import requests


class ApiError(Exception):
    """The API refused a request, and says why."""

    def __init__(self, status, code, message, details=None):
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.code = code
        self.message = message
        self.details = details or []


class OdooApi:
    """One Odoo, and who you are there.

    >>> api = OdooApi("https://odoo.example.com", api_key="...")
    >>> api.search("res.partner", is_company=True, fields=["name", "email"])
    """

    def __init__(self, url, api_key=None, timeout=30):
        self.url = f"{url.rstrip('/')}/api/v2"
        self.timeout = timeout
        self.http = requests.Session()
        if api_key:
            self.http.headers["api-key"] = api_key

    def test(self):
        """Return the version of the API; no credential is needed."""
        return self.call("GET", "/test")["version"]

    def log_in(self, username, password, totp=None):
        """Get a session token, which all later calls send; return the user."""
        body = {"username": username, "password": password}
        if totp:
            body["totp"] = totp
        data = self.call("POST", "/auth/login", json=body)
        self.http.headers["session-token"] = data["session_token"]
        return data["user"]

    def log_out(self):
        self.call("POST", "/auth/logout")
        del self.http.headers["session-token"]

    def me(self):
        return self.call("GET", "/auth/me")["user"]

    def search(self, model, fields=None, limit=10, offset=0, **filters):
        """Return the records whose fields have these values, by id."""
        params = {name: as_text(value) for name, value in filters.items()}
        params |= {"limit": limit, "offset": offset}
        if fields:
            params["fields"] = ",".join(fields)
        return self.call("GET", f"/search/{model}", params=params)["records"]

    def get(self, model, record_id, fields=None):
        """Return one record, with all its fields unless some are chosen."""
        params = {"fields": ",".join(fields)} if fields else {}
        data = self.call("GET", f"/search/{model}/{record_id}", params=params)
        return data["record"]

    def create(self, model, values):
        """Return the id of the new record."""
        return self.call("POST", f"/create/{model}", json=values)["id"]

    def update(self, model, record_id, values):
        return self.call("PUT", f"/update/{model}/{record_id}", json=values)["record"]

    def delete(self, model, record_id):
        self.call("DELETE", f"/delete/{model}/{record_id}")

    def messages(self, model, record_id):
        """Return what was written in the history of a record."""
        fields = ["subject", "body", "author_id", "create_date", "message_type"]
        filters = {"res_model": model, "res_id": record_id}
        return self.search("mail.message", fields=fields, limit=100, **filters)

    def call(self, verb, path, **options):
        """Send one request; return its data or raise what went wrong."""
        options.setdefault("timeout", self.timeout)
        response = self.http.request(verb, self.url + path, **options)
        try:
            answer = response.json()
        except ValueError:  # a proxy in between, or no Odoo at all
            text = response.text[:200] or response.reason
            raise ApiError(response.status_code, "NOT_JSON", text) from None
        if not answer["success"]:
            error = answer["error"]  # which may tell more than is picked here
            raise ApiError(
                response.status_code,
                error["code"],
                error["message"],
                error.get("details"),
            )
        return answer["data"]


def as_text(value):
    """Write a value as the address of a request holds it."""
    return str(value).lower() if isinstance(value, bool) else value


def main():
    api = OdooApi(
        os.environ.get("ODOO_URL", "http://localhost:8069"),
        api_key=os.environ.get("ODOO_API_KEY"),
    )
    print("API version", api.test())
    username = os.environ.get("ODOO_USERNAME")
    if username:
        api.log_in(username, os.environ["ODOO_PASSWORD"])
    print("Signed in as", api.me()["name"])
    for partner in api.search("res.partner", ["name", "city"], 3, is_company=True):
        print("Company", partner["id"], partner["name"], partner["city"] or "-")
    lead = api.create("crm.lead", {"name": "Lead from Python", "expected_revenue": 100})
    print("Created lead", lead)
    api.update("crm.lead", lead, {"expected_revenue": 250})
    record = api.get("crm.lead", lead, ["name", "expected_revenue"])
    print("Changed lead", lead, record["name"], record["expected_revenue"])
    print("Messages", len(api.messages("crm.lead", lead)))
    api.delete("crm.lead", lead)
    try:
        api.get("crm.lead", lead)
    except ApiError as error:
        print("Deleted lead", lead, error.status, error.code)
    if username:
        api.log_out()
        print("Logged out")


if __name__ == "__main__":
    main()
