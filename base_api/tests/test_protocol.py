# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.tests import mute_logger

from odoo.addons.base_api.controllers.auth import AuthController

from .common import PASSWORD, ApiCase


class TestProtocol(ApiCase):
    def send(self, raw, content_type="application/json"):
        headers = {"Content-Type": content_type}
        return self.post("/create/res.partner", self.admin, data=raw, headers=headers)

    def test_api_answers_without_credentials(self):
        data = self.assertSuccess(self.get("/test"))
        self.assertEqual(list(data), ["message", "version"])
        self.assertEqual(data["version"], "2.0")

    def test_unknown_paths_under_api_are_json(self):
        for path in (
            "/api",
            "/api/",
            "/api/v1/users",
            "/api/v2",
            "/api/v2/x/y",
            "/api/v3",
            "/api/v2/a%0Ab",
            "/api/%0A",
            "/api/v2/test%0D%0A",
            "/api/v2/%E2%80%A8",
            "/api/v2/%00",
            "/api/v2/%FF",
            "/api//",
            "/api//v2/test",
            "/api/%2Fv2/test",
            "/api/v2//test",
            "/api/v2/test//",
            "/api/v2/%2E/test",
            "/api/v2/test;x=1",
        ):
            for method in ("GET", "HEAD", "POST", "OPTIONS", "TRACE", "PROPFIND"):
                with self.subTest(path=path, method=method):
                    response = self.url_open(path, method=method, allow_redirects=False)
                    if method == "HEAD":
                        self.assertEqual(response.status_code, 404)
                    else:
                        self.assertApiError(response, 404, "NOT_FOUND")

    def test_wrong_verb_tells_the_right_ones(self):
        response = self.call("DELETE", "/users/2", self.admin)
        self.assertApiError(response, 405, "METHOD_NOT_ALLOWED")
        self.assertEqual(response.headers["Allow"], "GET, PUT")
        response = self.get("/auth/login")
        self.assertApiError(response, 405, "METHOD_NOT_ALLOWED")
        self.assertEqual(response.headers["Allow"], "POST")

    def test_options_tell_the_verbs_without_credentials(self):
        for path, allowed in [
            ("/users/2", "GET, PUT"),
            ("/auth/logout", "POST"),
            ("/partners", "GET"),
            ("/update/res.partner/1", "PUT, PATCH"),
        ]:
            with self.subTest(path=path):
                response = self.call("OPTIONS", path)
                self.assertEqual(response.status_code, 204)
                self.assertEqual(response.headers["Allow"], allowed)
                self.assertNotIn("Content-Type", response.headers)

    def test_options_of_an_unknown_path_are_not_found(self):
        self.assertApiError(self.call("OPTIONS", "/nope"), 404, "NOT_FOUND")

    def test_head_is_get_without_body(self):
        response = self.call("HEAD", "/auth/me", self.employee)
        self.assertEqual((response.status_code, response.text), (200, ""))

    def test_content_type_is_checked_first(self):
        for content_type in ("text/plain", "application/x-www-form-urlencoded", ""):
            with self.subTest(content_type=content_type):
                response = self.send("nonsense", content_type)
                self.assertApiError(response, 400, "INVALID_CONTENT_TYPE")

    def test_content_type_may_have_parameters_or_a_suffix(self):
        for content_type in ("application/json; charset=utf-8", "application/hal+json"):
            with self.subTest(content_type=content_type):
                response = self.send('{"name": "x"}', content_type)
                self.assertSuccess(response, 201)

    def test_body_must_be_json(self):
        for raw in (
            b"",
            b"{",
            b"null",
            b'"text"',
            b"1",
            b"{'name': 'x'}",
            b'{"name": NaN}',
            b'{"name": "\xff"}',
            b'{"name": "\\ud800"}',
            b'{"name": "a\\u0000b"}',
            b'{"a\\u0000": "b"}',
            b'[{"name": ["\\u0000"]}]',
            b'{"name": "\xed\xa0\x80"}',  # half a character, in raw UTF-8
            '{"name": "a\\u0000b"}'.encode("utf-16"),
            b"[" * 100000,
            b'{"a":' * 100000,
            b"9" * 5000,
        ):
            with self.subTest(raw=raw[:30]):
                self.assertApiError(self.send(raw), 400, "INVALID_JSON")

    def test_body_must_hold_something(self):
        for raw in ("{}", "[]", "[{}]"):
            with self.subTest(raw=raw):
                self.assertApiError(self.send(raw), 400, "NO_DATA")

    def test_list_is_taken_for_creating_only(self):
        response = self.put("/update/res.partner/1", self.admin, json=[{"name": "x"}])
        self.assertApiError(response, 400, "INVALID_JSON")

    def test_escaped_characters_that_can_be_stored_are_taken(self):
        response = self.send(r'{"name": "\u00e9 \ud83d\ude00 \\u0000"}')
        record = self.assertSuccess(response, 201)["record"]
        self.assertEqual(record["name"], "é \U0001f600 \\u0000")

    def test_login_body_is_small(self):
        response = self.post("/auth/login", json={"username": "x" * 70000})
        self.assertApiError(response, 413, "PAYLOAD_TOO_LARGE")

    def test_unknown_parameters_are_refused(self):
        for path in ("/test?x=1", "/users?limt=1", "/fields/res.partner?field=x"):
            with self.subTest(path=path):
                response = self.get(path, self.admin)
                self.assertApiError(response, 400, "INVALID_PARAMETER")
        response = self.get("/users?limt=1", self.admin)
        self.assertIn("did you mean 'limit'?", response.json()["error"]["message"])

    def test_nul_in_the_query_string_is_refused(self):
        for query in ("name=a%00b", "a%00=b", "fields=a%00"):
            with self.subTest(query=query):
                response = self.get(f"/search/res.partner?{query}", self.admin)
                self.assertApiError(response, 400, "INVALID_PARAMETER")

    def test_crash_tells_nothing_but_an_id_that_is_in_the_log(self):
        def crash(self):
            raise ZeroDivisionError("a secret")

        crash.original_routing = AuthController.test_key.original_routing
        with (
            patch.object(AuthController, "test_key", crash),
            self.assertLogs("odoo.addons.base_api.dispatcher", "ERROR") as log,
            mute_logger("odoo.http"),
        ):
            self.registry.clear_cache("routing")
            response = self.get("/auth/test", self.admin)
        self.registry.clear_cache("routing")
        self.assertApiError(response, 500, "INTERNAL_ERROR")
        self.assertIn(response.headers["X-Request-Id"], log.output[0])
        self.assertNotIn("secret", response.text)
        self.assertNotIn("Traceback", response.text)

    def test_cookie_of_the_web_client_opens_nothing(self):
        self.authenticate(self.employee.login, PASSWORD)
        self.assertApiError(self.get("/auth/me"), 401, "MISSING_API_KEY")
        response = self.post("/auth/logout")
        self.assertApiError(response, 401, "MISSING_SESSION_TOKEN")

    def test_answers_set_no_cookie(self):
        for response in (self.get("/test"), self.get("/auth/me", self.employee)):
            self.assertNotIn("Set-Cookie", response.headers)
