# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from urllib.parse import quote

from odoo.tests import BaseCase

from odoo.addons.base_api.auth.tokens import generate_api_key, generate_session_token
from odoo.addons.base_api.request_log import HIDDEN, _filter, redact

from .common import ApiCase

ODOO_KEY = "0123456789abcdef0123" * 2


def quote_all(text):
    return "".join(f"%{ord(character):02X}" for character in text)


class TestRedact(BaseCase):
    def line(self, target):
        return f'127.0.0.1 - - [26/Nov/2026 01:07:04] "GET {target} HTTP/1.1" 400 -'

    def test_values_by_their_form(self):
        for secret in (generate_api_key(), generate_session_token(), ODOO_KEY):
            for text in (secret, quote_all(secret), quote_all(quote_all(secret))):
                for target in (
                    f"/api/v2/test?x={text}&y=1",
                    f"/api/v2/users/{text}?y=1",
                ):
                    with self.subTest(target=target):
                        hidden = target.replace(text, HIDDEN)
                        self.assertEqual(redact(self.line(target)), self.line(hidden))

    def test_values_by_their_name(self):
        for name in ("api-key", "api_key", "access_token", "session-token", "PassWord"):
            for sent in (name, quote_all(name)):
                for value in ("short", "a%20b", "a'b\"c", "a/b?c;d=e", ""):
                    target = f"/api//v2/test?x=1&{sent}={value}"
                    with self.subTest(target=target):
                        hidden = f"/api//v2/test?x=1&{sent}={HIDDEN}"
                        line = self.line(f"{target}&y=2#z")
                        self.assertEqual(redact(line), self.line(f"{hidden}&y=2#z"))

    def test_request_that_is_none(self):
        line = "code 400, message Bad request syntax ('GET /api/v2?password=a b c')"
        self.assertEqual(redact(line), f"{line.partition('a b')[0]}{HIDDEN}")

    def test_prefix_in_other_words(self):
        key = generate_session_token()
        for prefix in ("/API/v2", "//api/v2", "/%61pi/v2", "http://host/api"):
            self.assertNotIn(key, redact(self.line(f"{prefix}?x={key}")))

    def test_what_is_no_secret_stays(self):
        for target in (
            "/api/v2/search/res.partner?fields=name,email&limit=5&is_company=true",
            "/api/v2/search/res.partner?name=Caf%C3%A9&key=ref",
            "/api/v2/upsert/res.partner?key=ref,name",
            "/api/v2/search/res.partner?cursor=" + "Aa0-" * 20,
            f"/web/content/1?access_token=abc&checksum={ODOO_KEY}",
        ):
            self.assertEqual(redact(self.line(target)), self.line(target))

    def test_own_keys_are_hidden_elsewhere_too(self):
        key = generate_api_key()
        self.assertNotIn(key, redact(self.line(f"/web?x={key}")))


class TestRequestLog(ApiCase):
    def test_line_that_cannot_be_formatted_is_for_its_handler(self):
        for message, args in (("%d", ("x",)), ("%(x)s", ({},)), ("%s %s", ("x",))):
            record = logging.LogRecord("odoo", 20, "", 1, message, args, None)
            self.assertTrue(_filter(record))
            self.assertEqual(record.msg, message)

    def test_credential_in_a_url_is_not_in_the_access_log(self):
        key = self.new_key(self.employee)
        token = self.new_session(self.employee)
        for path in (
            f"/auth/me?api-key={key}",
            f"/auth/me?access_token={token}&limit=1",
            f"/search/res.partner?name={quote_all(key)}",
            f"/users/{key}",
            f"/nope?password={quote('pass word')}",
        ):
            # Not "INFO", which is another level in Odoo (odoo/netsvc.py).
            with (
                self.subTest(path=path),
                self.assertLogs("werkzeug", logging.INFO) as log,
            ):
                response = self.get(path)
                self.assertIn(response.status_code, (400, 401, 404))
            line = " ".join(log.output)
            self.assertIn(HIDDEN, line)
            for secret in (key, token, "pass%20word"):
                self.assertNotIn(secret, line)
