# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Random values for `fuzz_requests`: texts, JSON, and bytes that are no JSON."""

import gzip
import json
import zlib

TEXTS = (
    "",
    " ",
    "x",
    "false",
    "null",
    "0",
    "-1",
    "1e999",
    "NaN",
    "2026-02-30",
    "0000-00-00 00:00:00",
    "9999-12-31T23:59:59.999999+14:00",
    "res.partner,1",
    "id",
    "name",
    "display_name",
    "__class__",
    "name,country_id.code",
    "child_ids.child_ids.name",
    "name desc, id",
    "create_date:month",
    "@base.main_company",
    "@base.",
    "[]",
    '[["id", ">", 7]]',
    '["|", ["name", "ilike", "a"]]',
    '[["id", "any!", []]]',
    "'; DROP TABLE res_partner; --",
    "%(name)s",
    "{0.__class__}",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "\x00",
    "a\r\nSet-Cookie: a=b",
    "\ufeff",
    "\u202e\U0001f984",
    "\ud800",
    "é" * 300,
    "9" * 400,
    "x" * 5000,
)
NUMBERS = (
    0,
    -1,
    1,
    2,
    15,
    2**31 - 1,
    2**31,
    -(2**63),
    2**63,
    2**64,
    10**400,
    0.1,
    -0.0,
    1e308,
    1e-320,
    float("nan"),
    float("inf"),
    -float("inf"),
)
CHARSETS = ("utf-16", "utf-32", "utf-8-sig", "latin-1", "cp037", "utf-7")
BOMB = 40 * 2**20  # bytes that a small compressed body inflates to
SPACES = gzip.compress(b" " * BOMB)
OVERLONG = b'{"name": "\xc0\xaf\xe0\x80\xaf"}'


def plain(random):
    """A value that is neither a list nor an object."""
    kind = random.randrange(5)
    if kind == 0:
        return random.choice((None, True, False))
    if kind == 1:
        return random.choice(NUMBERS)
    if kind == 2:
        return random.randint(-50, 50)
    return random.choice(TEXTS)


def value(random, depth=3):
    """Any JSON value."""
    kind = random.randrange(6) if depth else 0
    if kind == 4:
        return [value(random, depth - 1) for _item in range(random.randrange(4))]
    if kind == 5:
        return {
            random.choice(TEXTS): value(random, depth - 1)
            for _member in range(random.randrange(4))
        }
    return plain(random)


def of_schema(random, schema):
    """A value that fits a JSON Schema, as far as its type and its choices go."""
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return random.choice(schema["enum"])
    for name in ("oneOf", "anyOf"):
        if name in schema:
            return of_schema(random, random.choice(schema[name]))
    kind = schema.get("type", "object" if "properties" in schema else None)
    kind = random.choice(kind) if isinstance(kind, list) else kind
    if kind == "object":
        names = [
            name
            for name in schema.get("properties", {})
            if name in schema.get("required", ()) or random.random() < 0.4
        ]
        return {name: of_schema(random, schema["properties"][name]) for name in names}
    if kind == "array":
        items = schema.get("items", {})
        return [of_schema(random, items) for _item in range(random.randrange(1, 3))]
    simple = {
        "boolean": lambda: random.random() < 0.5,
        "integer": lambda: random.randint(0, 40),
        "number": lambda: random.choice((0, 1.5, 40)),
        "string": lambda: random.choice(("x", "name", "2026-02-28", "a@example.com")),
        "null": lambda: None,
    }
    return simple.get(kind, lambda: value(random, 2))()


def broken_json(random, raw):
    """JSON text that was damaged in one way."""
    ways = (
        lambda: raw[: random.randrange(len(raw) + 1)],
        lambda: raw + raw,
        lambda: b"\xef\xbb\xbf" + raw,
        lambda: raw.decode().encode(random.choice(CHARSETS), "replace"),
        lambda: raw.replace(b'"', b"'"),
        lambda: raw[:1] + b"\x00" + raw[1:],
        lambda: raw[:-1] + b"\xff" + raw[-1:],
        lambda: OVERLONG,
        lambda: b'{"name": "a", "name": "b", "name": {"name": 1, "name": 2}}',
        lambda: b"[" * random.choice((50, 500, 30_000)) + raw,
        lambda: b'{"a":' * random.choice((50, 500, 7_000)) + b"1",
        lambda: b'{"name": ' + b"9" * random.choice((300, 5_000)) + b"}",
        lambda: b'{"ids": [' + b"1," * random.choice((999, 5_000)) + b"1]}",
        lambda: b'{"name": "\\ud800", "x": "\\u0000"}',
        lambda: b"",
        lambda: b"\x00" * 100,
        lambda: random.randbytes(random.choice((10, 1000, 100_000))),
    )
    return random.choice(ways)()


def multipart(random, boundary=b"b"):
    """A body of multipart/form-data, most often with something odd."""
    names = ("name", "file", "values", "res_id", "ci\xffty", "", 'a"b', "x" * 500)
    parts = []
    for _part in range(random.randrange(1, 5)):
        name = random.choice(names).encode("latin-1")
        file = random.choice(
            (
                b"",
                b"",
                b'; filename="a.txt"',
                b'; filename="../../a\x00.html"',
                b"; filename*=UTF-8''%e2%82",
            )
        )
        kind = random.choice((b"", b"", b"\r\nContent-Type: text/html; charset=utf-16"))
        content = random.choice(
            (b"x", b"", b"{}", b"Li\xe8ge", b"<script>", random.randbytes(200))
        )
        head = b'Content-Disposition: form-data; name="%s"%s%s' % (name, file, kind)
        if random.random() < 0.1:
            head = random.choice((b"", b"X: y", b"Content-Disposition: form-data"))
        parts.append(b"--%s\r\n%s\r\n\r\n%s\r\n" % (boundary, head, content))
    end = b"--%s--\r\n" % boundary
    if random.random() < 0.3:
        end = random.choice((b"", b"--", b"--%s" % boundary, b"\r\n\r\n--wrong--"))
    return b"".join(parts) + end


def compress(random, raw):
    """A compressed body, and the name of its encoding."""
    ways = (
        lambda: (gzip.compress(raw), b"gzip"),
        lambda: (gzip.compress(raw)[: random.randrange(30)], b"gzip"),
        lambda: (gzip.compress(gzip.compress(raw)), b"gzip"),
        lambda: (gzip.compress(raw) + b"rest", b"gzip"),
        lambda: (gzip.compress(raw) * 2, b"gzip"),
        lambda: (SPACES, b"gzip"),
        lambda: (raw, b"gzip"),
        lambda: (zlib.compress(raw), b"deflate"),
        lambda: (raw, random.choice((b"br", b"zstd", b"gzip, gzip", b"x", b""))),
        lambda: (raw, b"identity"),
    )
    return random.choice(ways)()


def to_json(random, body):
    """A body as JSON text, one in four damaged."""
    raw = json.dumps(body).encode()
    return broken_json(random, raw) if random.random() < 0.25 else raw
