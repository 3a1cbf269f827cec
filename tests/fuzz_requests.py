# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Random requests to all routes in bytes, the same ones for the same seed."""

import random
import re
from dataclasses import dataclass
from urllib.parse import quote

import fuzz_values as values
from raw_http import RawRequest

PREFIX = "/api/v2"
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
ODD_METHODS = ("TRACE", "PROPFIND", "get", "X", "CONNECT", "M" * 300)
VARIABLE = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")
JSON = b"application/json"
JSON_TYPES = (
    JSON,
    b"application/json; charset=utf-8",
    b"application/json; charset=utf-16",
    b"application/json;charset=\xff",
    b"APPLICATION/JSON",
    b"application/x+json",
)
OTHER_TYPES = (
    b"",
    b"text/plain",
    b"application/x-www-form-urlencoded",
    b"multipart/form-data",
    b"multipart/form-data; boundary=",
    b"multipart/form-data; boundary=" + b"x" * 300,
    b"multipart/mixed; boundary=b",
    b"x" * 1000,
    b"\xff/\xff",
)
# Headers that an endpoint may look at, with values that it has to cope with.
HEADERS = {
    b"Accept": (
        b"application/problem+json",
        b"*/*",
        b"text/html",
        b"application/json;q=NaN",
        b"a,b;c=d;;;q=9",
        b"\xff",
    ),
    b"Accept-Language": (b"fr", b"xx-YY", b"*", b"en;q=2", b"\xff", b"a," * 500),
    b"Accept-Encoding": (b"gzip", b"br", b"*;q=0"),
    b"Content-Length-X": (b"1",),
    b"Cookie": (b"session_id=x", b"session_id=" + b"a" * 84, b"\xff=\xff; ;;="),
    b"Date": (b"Thu, 01 Jan 1970 00:00:00 GMT", b"x"),
    b"Expect": (b"100-continue", b"x"),
    b"Forwarded": (b"for=1.2.3.4", b"for=" + b"x" * 500),
    b"Idempotency-Key": (b"k1", b"", b"x" * 300, b"\xff", b"a b"),
    b"If-Match": (b"*", b'"x"', b"x", b'W/"x"', b'"\xff"', b'"a","b"', b""),
    b"If-Modified-Since": (b"Thu, 01 Jan 2099 00:00:00 GMT", b"x"),
    b"If-None-Match": (b"*", b'"x"', b"x", b'W/"x"', b'"\xff"'),
    b"If-Range": (b'"x"', b"Thu, 01 Jan 2099 00:00:00 GMT"),
    b"Origin": (b"https://example.com", b"null", b"\xff", b""),
    b"Prefer": (
        b"dry-run",
        b"dry-run=1",
        b"dryrun",
        b"max-affected=0",
        b"max-affected=-1",
        b"max-affected=" + b"9" * 50,
        b"return=minimal",
        b"types=strict",
        b"handling=lenient",
        b'a="b, c',
        b"\xff",
    ),
    b"Range": (
        b"bytes=0-0",
        b"bytes=5-1",
        b"bytes=-1",
        b"bytes=" + b"0-0," * 200,
        b"bytes=" + b"9" * 50 + b"-",
        b"lines=1-2",
        b"x",
    ),
    b"Sec-Fetch-Site": (b"same-origin", b"cross-site"),
    b"Transfer-Encoding": (b"identity", b"gzip", b"x"),
    b"Upgrade": (b"websocket", b"h2c"),
    b"X-Company-Id": (b"1", b"1,1", b"0", b"999999", b"x", b"9" * 50, b"\xff"),
    b"X-Forwarded-Host": (b"example.com", b"\xff"),
    b"X-HTTP-Method-Override": (b"DELETE",),
    b"X-Odoo-Database": (b"no_such_database", b"\xff", b"'"),
    b"X-Request-Id": (b"r-1", b"a b", b"\xff", b"x" * 500, b""),
    b"X-Timezone": (b"Europe/Brussels", b"x", b"../etc/passwd", b"\xff", b""),
    b"traceparent": (b"00-" + b"a" * 32 + b"-" + b"b" * 16 + b"-01", b"x", b"\xff"),
}


@dataclass(frozen=True)
class Known:
    """What the requests may name.

    :param routes: pairs of a path with variables and a routing
    :param credentials: lists of headers, pairs of bytes
    :param doomed: those that a request may end
    :param words: values of the variables in paths, by name
    """

    routes: list
    credentials: list
    doomed: list
    words: dict


def make_request(known, seed, number):
    """Return the request with a number, of those with a seed."""
    return _Maker(known, random.Random(f"{seed}/{number}"), number).make()


class _Maker:
    def __init__(self, known, chance, number):
        self.known = known
        self.random = chance
        # Failed logins of one case must not hold up the others.
        self.source = f"127.{number // 62_500 + 1}.{number // 250 % 250}."
        self.source += str(number % 250 + 1)
        self.path, self.routing = chance.choice(known.routes)

    def often(self, share):
        return self.random.random() < share

    def make(self):
        method = self.method()
        target = self.target()
        headers = [(b"Host", b"localhost"), *self.credential()]
        body, more = self.body() if self.sends_body(method) else (b"", [])
        headers += more + self.some_headers()
        content, framing, body = self.frame(method, body)
        headers += framing
        request = {"body": body, "content": content, "source": self.source}
        return self.distort(method, target, headers, request)

    def method(self):
        if self.often(0.05):
            return self.random.choice(ODD_METHODS)
        if self.often(0.08):
            return self.random.choice(METHODS)
        return self.random.choice(self.routing["methods"])

    def target(self):
        path = VARIABLE.sub(lambda match: self.variable(match[1]), self.path)
        if self.often(0.04):
            path = self.random.choice(
                (
                    path + "/",
                    path + "%00",
                    path + "/%2e%2e/x",
                    path.replace("/", "//"),
                    path + "%c0%af",
                    path + "%ff",
                    path + ";x=y",
                    PREFIX + "/" + "x" * 3000,
                )
            )
        return path + self.query()

    def variable(self, name):
        words = self.known.words.get(name)
        if words and self.often(0.8):
            return quote(str(self.random.choice(words)), safe="@,")
        return self.encoded(self.random.choice(values.TEXTS)) or "x"

    def encoded(self, text):
        if self.often(0.1):
            return self.random.choice(("%ff", "%c0%af", "%", "%zz", "%u0041", "%00"))
        return quote(text, safe="", errors="surrogatepass")

    def query(self):
        names = [item.name for item in self.routing["parameters"] if not item.header]
        pairs = [
            (item.name, self.parameter(item))
            for item in self.routing["parameters"]
            if not item.header and (item.required or self.often(0.3))
        ]
        while self.often(0.2):
            name = self.random.choice([*names, *self.filters()])
            pairs.append((name, self.encoded(self.random.choice(values.TEXTS))))
        if not pairs:
            return self.random.choice(("", "", "", "?", "?&&=&", "?="))
        return "?" + "&".join(f"{name}={text}" for name, text in pairs)

    def filters(self):
        if not self.routing["filters"]:
            return ["unknown"]
        return ["name", "name__ilike", "id__in", "country_id.code", "id__", "a..b", "%"]

    def parameter(self, item):
        """A value of a parameter: one that it takes, or any text."""
        if self.often(0.3):
            return self.encoded(self.random.choice(values.TEXTS))
        if item.example is not None:
            return quote(str(item.example))
        return quote(str(values.of_schema(self.random, item.json_schema())))

    def credential(self):
        if self.often(0.08):
            return []
        if self.often(0.05):
            name = self.random.choice((b"api-key", b"session-token", b"Authorization"))
            text = self.random.choice(
                (b"", b"x", b"Bearer ", b"Basic eDp5", b"\xff" * 50)
            )
            return [(name, text)]
        if self.routing["auth"] in ("base_api_session", "base_api_refresh"):
            return self.random.choice(self.known.doomed)
        first = self.random.choice(self.known.credentials)
        return first * 2 if self.often(0.02) else first

    def some_headers(self):
        names = self.random.sample(
            list(HEADERS), self.random.choice((0, 0, 1, 1, 2, 4))
        )
        headers = [(name, self.random.choice(HEADERS[name])) for name in names]
        if headers and self.often(0.1):
            headers.append(headers[0])
        if self.often(0.02):
            headers.append((b"X-Long", b"x" * self.random.choice((8_000, 60_000))))
        return headers

    def sends_body(self, method):
        return self.often(0.9 if self.routing["body"] else 0.05)

    def body(self):
        """The bytes of a body, and the headers that describe them."""
        declared = self.routing["body"]
        if self.often(0.35 if declared and declared.multipart else 0.03):
            kind = b"multipart/form-data; boundary=b"
            if self.often(0.1):
                kind = self.random.choice(OTHER_TYPES)
            return values.multipart(self.random), [(b"Content-Type", kind)]
        raw = values.to_json(self.random, self.json(declared))
        kind = JSON
        if self.often(0.2):
            kind = self.random.choice(JSON_TYPES + OTHER_TYPES)
        headers = [(b"Content-Type", kind)] * (2 if self.often(0.02) else 1)
        if self.often(0.08):
            raw, encoding = values.compress(self.random, raw)
            headers.append((b"Content-Encoding", encoding))
        return raw, headers

    def json(self, declared):
        if not declared or self.often(0.2):
            return values.value(self.random)
        if self.random.random() < 0.5:
            sample = self.known.words.get(("body", self.path))
            if sample:
                return self.random.choice(sample)
        body = values.of_schema(self.random, declared.json_schema())
        if isinstance(body, dict) and self.often(0.4):
            body |= {self.random.choice(values.TEXTS): values.value(self.random)}
        return body

    def frame(self, method, body):
        """The bytes to send after the head, their headers, and what they stand for."""
        right = [(b"Content-Length", b"%d" % len(body))]
        if not body and method in ("GET", "HEAD", "OPTIONS"):
            return b"", [], b""
        if self.often(0.9):
            return body, right, body
        if self.often(0.5):
            return self.chunks(body), [(b"Transfer-Encoding", b"chunked")], body
        lengths = (b"-5", b"x", b"", b"9" * 30, b"%d" % (len(body) + 10), b"+1", b"0")
        wrong = [(b"Content-Length", self.random.choice(lengths))]
        return body, self.random.choice((wrong, wrong + right, right + right, [])), b""

    def chunks(self, body):
        size = self.random.choice((1, 7, 5000)) if len(body) < 5000 else 5000
        parts = [body[at : at + size] for at in range(0, len(body), size)]
        sizes = [b"%x" % len(part) for part in parts]
        if parts and self.often(0.3):
            sizes[-1] = self.random.choice((b"zz", b"-1", b"ffffffffff", b"", b"0x1"))
        end = self.random.choice(
            (b"0\r\n\r\n", b"0\r\n\r\n", b"", b"0\r\nX: y\r\n\r\n")
        )
        pairs = zip(sizes, parts, strict=True)
        return b"".join(b"%s\r\n%s\r\n" % pair for pair in pairs) + end

    def distort(self, method, target, headers, request):
        """Return the request, rarely in a form that is not that of HTTP/1.1."""
        if self.often(0.04):
            request["version"] = "HTTP/1.0"
        elif self.often(0.02):
            target = "http://localhost" + target
        elif self.often(0.02):
            following = b"GET /api/v2/test HTTP/1.1\r\nHost: x\r\n\r\n"
            request["content"] += following
        elif self.often(0.03):
            return self.mangle(method, target, headers, request)
        return RawRequest(method, target, tuple(headers), **request)

    def mangle(self, method, target, headers, request):
        """Return a request whose head is not HTTP."""
        ways = (
            {"version": "HTTP/9.9"},
            {"version": "HTTP/1.1 x"},
            {"version": ""},
            {"method": "\x00"},
            {"target": target.replace("/", " / ", 1)},
            {"headers": (*headers, (b"X\x00", b"y"))},
            {"headers": (*headers, (b"X", b"a\x00b"))},
            {"headers": (*headers, (b"no colon\r\nX", b"y"))},
            {"headers": (*headers, (b"X", b"a\r\n folded"))},
            {"headers": tuple(headers) + ((b"X", b"y"),) * 150},
            {"headers": (*headers, (b"X", b"x" * 70_000))},
            {"target": target + "x" * 70_000},
        )
        parts = {"method": method, "target": target, "headers": tuple(headers)}
        parts |= request | {"is_http": False} | self.random.choice(ways)
        return RawRequest(**parts)
