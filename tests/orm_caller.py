# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Users at both doors: the API and Odoo's own ORM, as the web client asks it."""

from dataclasses import dataclass, field

import requests
from backstage import variable


class Refused(Exception):
    """The ORM says that the user has no access."""


class Impossible(Exception):
    """The model says that nobody can do this."""


class Orm:
    """Speaks to the models as one user, with a session of the web client."""

    def __init__(self, url, login):
        self.url = url
        self.http = requests.Session()
        self.http.trust_env = False
        database = variable("BASE_API_DATABASE")
        params = {"db": database, "login": login, "password": login}
        self.send("/web/session/authenticate", params)
        self.context = {}
        self.context = self.call("res.users", "context_get")

    def send(self, path, params):
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = self.http.post(self.url + path, json=body, timeout=60).json()
        if "error" in answer:
            error = answer["error"]["data"]
            if error["name"] == "odoo.exceptions.AccessError":
                raise Refused(error["message"])
            if error["name"] == "odoo.exceptions.UserError":
                raise Impossible(error["message"])
            raise AssertionError(error["debug"])
        return answer["result"]

    def call(self, model, method, *args, **options):
        params = {"model": model, "method": method, "args": args, "kwargs": options}
        options["context"] = self.context
        return self.send("/web/dataset/call_kw", params)

    def find(self, model, domain, fields, order="id", **options):
        """Return the rows that the ORM finds, or nothing where it refuses."""
        options |= {"fields": fields, "order": order}
        try:
            return self.call(model, "search_read", domain, **options)
        except Refused:
            return None


@dataclass
class Caller:
    """One user at both doors."""

    login: str
    client: object
    orm: Orm
    visible: dict = field(default_factory=dict)

    def __repr__(self):
        return self.login

    def ask(self, model, verb="GET", **query):
        """Return the data that the API answers, or nothing where it refuses."""
        if verb == "GET":
            sent = {"params": query}
        else:
            sent = {"body": query}
        answer = self.client.call(verb, f"/search/{model}", **sent)
        if answer.status_code == 403:
            return None
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]

    def reads(self, model):
        return self.orm.find(model, [], ["id"], limit=1) is not None

    def ids(self, model):
        """Return some ids that the user sees.

        What is behind others is hidden by the API, unlike by the ORM.
        """
        if model not in self.visible:
            rows = self.orm.find(model, [], ["id"], limit=20)
            self.visible[model] = [row["id"] for row in rows or ()] or [1]
        return self.visible[model]
