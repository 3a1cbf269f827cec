# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A caller of the API, who checks of every answer what must hold of every answer."""

import requests
from requests.adapters import HTTPAdapter

SECRETS = ("session_token", "api_key", "temporary_password")
PROBLEM_TYPE = "application/problem+json"
SERVER_ERRORS = (
    "DATABASE_UNAVAILABLE",
    "INTERNAL_ERROR",
    "OVERLOADED",
    "REPORT_UNAVAILABLE",
)
SECRET_LENGTH = 20  # shorter ones may well be part of an honest text
MEMBERS = {"message", "code", "details", "step", "request_id"}
MEMBERS |= {"violated-policies", "quota_type"}
LEAKS = ("Traceback", "psycopg2", "site-packages", "dist-packages", 'FROM "', "<html")


class Client:
    """Speaks to the API with the same headers in every request.

    :param source: the local address to call from, where the server must not mix up the
        caller with others
    """

    def __init__(self, url, source=None, **headers):
        self.url = url
        self.source = source
        self.headers = headers
        self.http = requests.Session()
        self.http.trust_env = False
        if source:
            self.http.mount("http://", SourceAddress(source))

    def call(self, verb, path, body=None, headers=None, **options):
        """Send a request; return the answer, checked as every answer is."""
        answer = self.send(verb, path, body, headers, **options)
        assert answer.status_code < 500, answer.text
        return answer

    def send(self, verb, path, body=None, headers=None, **options):
        """Send a request that may be too much for the server."""
        if body is not None:
            options["json"] = body
        sent = self.headers | (headers or {})
        sent = {name.replace("_", "-"): value for name, value in sent.items()}
        options.setdefault("timeout", 60)
        answer = self.http.request(verb, self.url + path, headers=sent, **options)
        check(answer, [*sent.values(), *passwords(body)])
        check_declared(answer)
        return answer

    def succeed(self, status, verb, path, body=None, **options):
        """Send a request that must work; return its data."""
        answer = self.call(verb, path, body, **options)
        assert answer.status_code == status, answer.text
        return answer.json()["data"]

    def download(self, path, status=200, headers=None, **params):
        """Send a GET that must be answered with a file, or that it is unchanged."""
        sent = self.headers | (headers or {})
        sent = {name.replace("_", "-"): value for name, value in sent.items()}
        options = {"headers": sent, "params": params, "timeout": 60}
        answer = self.http.get(self.url + path, **options)
        assert answer.status_code == status, answer.text
        check_file(answer)
        check_declared(answer)
        return answer

    def export(self, path, stream=False, **params):
        """Send a request for an export, which may fail before or while it is sent."""
        sent = {name.replace("_", "-"): text for name, text in self.headers.items()}
        options = {"headers": sent, "params": params, "timeout": 60}
        # Not in the session: what is read later would hold up its other requests.
        answer = requests.get(self.url + path, stream=stream, **options)
        assert "Set-Cookie" not in answer.headers
        if answer.ok:
            assert answer.headers["Cache-Control"] == "no-store"
        return answer

    def get(self, path, **params):
        return self.succeed(200, "GET", path, params=params)

    def post(self, path, body=None):
        return self.succeed(200, "POST", path, body)

    def put(self, path, body):
        return self.succeed(200, "PUT", path, body)

    def create(self, model, values=None, **more):
        """Create a record; return its id."""
        body = (values or {}) | more
        return self.succeed(201, "POST", f"/create/{model}", body)["id"]

    def delete(self, model, record_id):
        return self.succeed(200, "DELETE", f"/delete/{model}/{record_id}")

    def read(self, model, record_id, fields):
        return self.get(f"/search/{model}/{record_id}", fields=fields)["record"]

    def count(self, model, **filters):
        return self.get(f"/search/{model}", limit=0, **filters)["total_count"]

    def refuse(self, status, code, verb, path, body=None, **options):
        """Send a request that must be refused like this.

        :return: the error, without the id of this one request
        """
        answer = self.send(verb, path, body, **options)
        assert answer.status_code == status, answer.text
        error = answer.json()["error"]
        assert error["code"] == code, error
        del error["request_id"]
        return error

    def log_in(self, username, password, **more):
        """Return a client with a new session of a user."""
        body = {"username": username, "password": password} | more
        token = self.post("/auth/login", body)["session_token"]
        return Client(self.url, session_token=token)


class SourceAddress(HTTPAdapter):
    """Connects from another address of this machine."""

    def __init__(self, address):
        self.address = address
        super().__init__()

    def init_poolmanager(self, *args, **options):
        super().init_poolmanager(*args, source_address=(self.address, 0), **options)


def check(answer, secrets=()):
    """Check what holds of every answer, whatever was asked."""
    assert answer.status_code < 600
    assert "Set-Cookie" not in answer.headers
    if answer.status_code == 304:
        assert answer.headers["ETag"]
    if answer.request.method == "HEAD" or answer.status_code in (204, 304):
        assert not answer.content
        return
    content_type = answer.headers["Content-Type"].split(";")[0]
    body = answer.json()
    if content_type == PROBLEM_TYPE:
        body = check_problem(answer, body)
    else:
        assert content_type == "application/json", answer.text
    if body["success"]:
        check_success(answer, body)
    else:
        check_error(answer, body, secrets)


def check_declared(answer):
    """Compare an answer with what its route declares."""
    # Here, as pytest-odoo finds the addons only after pytest has loaded this file.
    from odoo.addons.base_api.tests import declared

    declared.check_declared(answer)


def check_file(answer):
    """Check what holds of every file: it is the caller's, and no browser runs it."""
    assert "Set-Cookie" not in answer.headers
    assert "private" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"


def check_success(answer, body):
    assert body["success"] is True
    assert list(body) == ["success", "data", "message"]
    assert isinstance(body["message"], str)
    assert answer.status_code in (200, 201), answer.text
    data = body["data"] or {}
    # A PATCH of a key describes it, as an object.
    has_secret = any(isinstance(data.get(name), str) for name in SECRETS)
    if has_secret or data.get("credentials"):
        assert answer.headers["Cache-Control"] == "no-store"


def check_error(answer, body, secrets):
    assert body["success"] is False
    assert list(body) == ["success", "error"]
    assert list(body["error"])[:2] == ["message", "code"]
    assert set(body["error"]) <= MEMBERS
    assert body["error"]["message"]
    assert body["error"]["request_id"] == answer.headers["X-Request-Id"]
    for entry in body["error"].get("details", ()):
        assert entry["message"], entry
        assert entry.get("code", "").islower(), entry
        assert entry.get("pointer", "/").startswith("/"), entry
    assert answer.status_code >= 400
    assert (answer.status_code >= 500) == (body["error"]["code"] in SERVER_ERRORS)
    assert not [leak for leak in LEAKS if leak in answer.text], answer.text
    long = [secret for secret in secrets if len(str(secret)) >= SECRET_LENGTH]
    assert not [secret for secret in long if str(secret) in answer.text]
    if answer.status_code == 401:
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    if body["error"]["code"] in ("DATABASE_UNAVAILABLE", "OVERLOADED"):
        assert int(answer.headers["Retry-After"]) > 0
    if answer.status_code == 405:
        assert answer.headers["Allow"]


def check_problem(answer, problem):
    """Check a problem document (RFC 9457); return the envelope that says the same."""
    assert PROBLEM_TYPE in answer.request.headers["Accept"].lower()
    members = ["type", "title", "status", "detail", "code", "documentation"]
    assert list(problem)[:6] == members
    assert problem["status"] == answer.status_code
    assert problem["type"] == f"urn:problem-type:base_api:{problem['code']}"
    page = f"/api/v2/docs/errors.md#{problem['code'].lower()}"
    assert problem["documentation"] == page
    error = {"message": problem["detail"], "code": problem["code"]}
    names = {name: name for name in MEMBERS - {"message", "code", "details"}}
    names["errors"] = "details"
    assert set(list(problem)[6:]) <= set(names)
    error |= {names[name]: problem[name] for name in list(problem)[6:]}
    return {"success": False, "error": error}


def passwords(body):
    values = body if isinstance(body, dict) else {}
    return [value for name, value in values.items() if "password" in name]
