# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Puts what exists in the database into the cases of schemathesis.

Random text is a valid name, but a random number is not the id of a record.
"""

import re

import fuzz_account as account

QUERIES = {
    "count": ["exact", "estimated", "none"],
    "cursor": [""],
    "domain": [
        "[]",
        '[["id", ">", 7]]',
        '["|", ["name", "ilike", "a"], ["id", "=", 1]]',
    ],
    "fields": [
        "name",
        "id,company_id",
        "user_id.login,write_date",
        "activity_ids.summary",
    ],
    "filters": [
        {},
        {"id__gt": "3"},
        {"name__ilike": "a"},
        {"create_uid.login": "admin"},
    ],
    "groupby": ["user_id", "create_date:month", "company_id,user_id"],
    "measures": ["id:count", "id:max"],
    "models": ["res.country", "res.partner,crm.lead"],
    "order": ["id desc", "id", "create_date desc"],
    "properties_of": ["1"],
    "translations": ["", "all", "en_US"],
    "user_id": [""],
}
PREFERENCES = ["dry-run", "handling=lenient", "max-affected=100", "return=minimal"]
# By endpoint, bodies that are sent instead of every other random one.
BODIES = {
    "/activities": [{"summary": "Call"}, {"note": "<p>Ask</p>", "summary": "Ask"}],
    "/attachments": [
        {"name": "a.txt", "datas": "YQ=="},
        [{"name": "a.txt", "datas": "YQ=="}, {"name": "b.txt", "datas": "Yg=="}],
    ],
    "/auth/login": [{"username": "victim", "password": account.PASSWORD}],
    "/batch": [
        {"steps": [{"method": "GET", "path": "/count/res.partner"}]},
        {
            "steps": [
                {
                    "method": "POST",
                    "path": "/create/res.partner",
                    "body": {"name": "A"},
                    "id": "partner",
                },
                {"method": "GET", "path": "/search/crm.lead?limit=2&fields=name"},
            ]
        },
    ],
    "/call": [{}, {"kwargs": {}}, {"args": []}],
    "/followers": [{"partner_ids": [1]}],
    "/messages": [{"body": "Hello"}, {"body": "<b>Hello</b>", "html": True}],
    "/users": [{"name": "A", "signature": "<p>A</p>"}, {"phone": "1", "tz": "UTC"}],
    "/users/api-key": [
        {"models": {"res.partner": ["read"]}},
        {"models": {"res.partner": ["read"]}, "networks": ["127.0.0.1"]},
    ],
    "/users/api-keys": [{"name": "A"}, {"models": {"res.partner": ["read"]}}],
    "/users/password": [{"new_password": "another long password of nobody"}],
}
WRITING = ("/create", "/update", "/upsert")
REQUIRED = {"res.partner": {}, "sale.order": {"partner_id": 1}, "crm.lead": {}}
MODEL = re.compile(r"^/\w+/(\w+\.[\w.]+)")


def endpoint_of(path):
    """Return a path without its variable parts and without a model."""
    parts = path.split("/")[1:]
    return "/" + "/".join(part for part in parts if "{" not in part and "." not in part)


class Known:
    """Replaces what would not be found, or not be accepted.

    :param plan: from `fuzz_plan.Run.known`
    :param schemas: of the OpenAPI document
    """

    def __init__(self, plan, schemas):
        self.plan = plan
        self.created = 0
        # By type name of a model: {field: model that it refers to}
        self.relations = {
            name: {
                field: schema["x-relation"]
                for field, schema in schemas[name].get("properties", {}).items()
                if "x-relation" in schema
            }
            for name in schemas
            if name.endswith("Values")
        }

    def fill(self, case, number, with_path):
        """Replace parts of a case, most of the time.

        :param number: decides where there is a choice
        """
        path, parameters = case.path, case.path_parameters or {}
        if with_path:
            for name in parameters:
                self._fill_variable(path, parameters, name, number)
        named = MODEL.match(path)
        model = named[1] if named else parameters.get("model_name")
        if endpoint_of(path) == "/upsert" and number % 8:
            case.query = {**(case.query or {}), "key": "name"}
        for name in case.query or ():
            if name in QUERIES and number % 8:
                case.query[name] = pick(QUERIES[name], number)
        self._fill_headers(path, case.headers, number)
        if isinstance(case.body, dict | list):
            case.body = self._body(path, model, case.body, number)
            if case.query and endpoint_of(path) == "/delete":
                case.query.pop("ids", None)

    def _fill_variable(self, path, parameters, name, number):
        words = self.plan["words"].get(name)
        if name == "model_name":
            words = account.MODELS
        named = MODEL.match(path)
        model = named[1] if named else str(parameters.get("model_name"))
        of_model = self.plan["of_models"].get(model)
        if name in ("record_id", "method_name") and of_model:
            doomed = name == "record_id" and path.startswith("/delete")
            words = of_model["doomed" if doomed else name]
        if words and number % 8:
            parameters[name] = str(pick(words, number))

    def _fill_headers(self, path, headers, number):
        if headers and "Prefer" in headers and number % 4:
            headers["Prefer"] = pick(PREFERENCES, number)
        if headers and "If-Match" in headers:
            if "{record_id}" in path:
                headers["If-Match"] = "*"
            else:
                del headers["If-Match"]

    def _body(self, path, model, body, number):
        endpoint = endpoint_of(path)
        if path == "/create/res.users":
            self.created += 1
            return {"name": "A", "login": f"user{self.created}"} if number % 2 else body
        if endpoint in BODIES and number % 2:
            return pick(BODIES[endpoint], number // 2)
        if model not in REQUIRED:
            return body
        if endpoint == "/delete":
            return {"ids": [pick(self.plan["of_models"][model]["doomed"], number)]}
        if endpoint in WRITING:
            needed = {"name": f"Name {number % 5000}"}
            if endpoint != "/update":
                needed |= REQUIRED[model]
            elif "{record_id}" not in path:
                needed["id"] = self._record(model, number)
            return self._values(model, body, number, needed)
        return body

    def _values(self, model, body, number, needed):
        """Replace the values in one of the forms of a body.

        :param needed: values that each record gets
        """
        if isinstance(body, list):
            rows = body or [{}]
            return [self._values(model, item, number, needed) for item in rows[:1]]
        if not isinstance(body, dict):
            return body
        forms = {"records", "values"} & body.keys()
        if not forms:
            return self._one(model, body, number, needed)
        filled = {
            name: self._values(model, body[name], number, needed) for name in forms
        }
        if "context" in body:
            filled["context"] = {}
        if "ids" in body:
            filled["values"].pop("id", None)
            filled["ids"] = [self._record(model, number)]
        return filled

    def _one(self, model, body, number, needed):
        """Replace the values of one record."""
        prefix = "".join(word.capitalize() for word in model.split("."))
        relations = self.relations.get(f"{prefix}Values")
        if relations is None:  # the document knows no fields
            body = {}
        values = {}
        for position, (name, value) in enumerate(body.items()):
            if name in ("id", "if_match"):
                continue
            if name not in relations or value is None:
                values[name] = value
            elif isinstance(value, list):
                values[name] = []
            elif ids := self.plan["ids"].get(relations[name]):
                values[name] = pick(ids, number + position)
        return values | needed

    def _record(self, model, number):
        return pick(self.plan["of_models"][model]["record_id"], number)


def pick(values, number):
    return values[number % len(values)]
