# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Addresses and bodies that no HTTP library sends, and what the server logs of them."""

import json
import socket
from urllib.parse import quote, urlsplit

import backstage
import pytest
from client import LEAKS
from servers import serving

JSON = b"Content-Type: application/json"
CHUNKED = b"Transfer-Encoding: chunked"
FORM = b"Content-Type: multipart/form-data; boundary=b"
LOGIN = "/auth/login"
LOGIN_BYTES = 64 * 1024
PATHS = (
    "/api//v2/test",
    "/api///",
    "/api//web/login",
    "/api/%2f%2fexample.com",
    "/api/v2//test",
    "/api/v2/./test",
    "/api/v2/../v2/test",
    "/api/%0a",
    "/api/v2/test%0d%0a",
    "/api/v2/%00",
    "/api/v2/%ff",
    "/api/v2/\xff",
    "/api/v2/" + "/" * 3000,
    "http://example.com/api//v2/test",
)
VERBS = ("GET", "get", "HEAD", "OPTIONS", "POST", "DELETE", "TRACE", "PROPFIND", "X")


def exchange(url, verb, target, *headers, body=b""):
    """Send a request as it is; return status, headers in lower case, and body."""
    parts = urlsplit(url)
    lines = [f"{verb} {target} HTTP/1.1".encode("latin-1"), b"Host: x", *headers]
    with socket.create_connection((parts.hostname, parts.port), 60) as connection:
        connection.sendall(b"\r\n".join([*lines, b"", body]))
        connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, content = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), head.lower(), content


def refuse(url, status, code, verb, target, *headers, body=b""):
    """Send a request that must be refused in the envelope; return the message."""
    found, head, content = exchange(url, verb, target, *headers, body=body)
    assert found == status, content
    assert b"\r\ncontent-type: application/json" in head, head
    assert b"\r\nlocation:" not in head
    if verb == "HEAD":
        return ""
    answer = json.loads(content)
    assert answer["error"]["code"] == code
    assert not [leak for leak in LEAKS if leak.encode() in content]
    return answer["error"]["message"]


def api_key(client):
    return b"api-key: " + client.headers["api_key"].encode()


def in_chunks(body, end=b"0\r\n\r\n"):
    parts = [body[at : at + 5000] for at in range(0, len(body), 5000)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + end


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path[:24])
def test_unknown_paths_are_never_redirected(url, path):
    for verb in VERBS:
        refuse(url, 404, "NOT_FOUND", verb, path)


def test_unknown_paths_where_no_database_is_chosen():
    minimal = backstage.variable("BASE_API_MINIMAL_DATABASE")
    both = f"^({minimal}|{backstage.variable('BASE_API_DATABASE')})$"
    options = {"--load": "base,web,base_api", "--db-filter": both}
    with serving(minimal, options) as url:
        for path in PATHS:
            refuse(url, 404, "NOT_FOUND", "GET", path)


def test_query_string_that_is_not_utf8(url, admin):
    for query, name in [
        ("name=%ff", "name"),
        ("name=caf%e9&limit=1", "name"),
        ("name=%ed%a0%80", "name"),
        ("%c3=%a9", "\ufffd"),
        ("name=caf\xe9", "The query string"),
    ]:
        target = f"/api/v2/search/res.partner?{query}"
        sent = (400, "INVALID_PARAMETER", "GET", target, api_key(admin))
        assert refuse(url, *sent).startswith(name)
    assert admin.count("res.partner", name="\ufffd") == 0


def test_login_in_chunks(url):
    def body(size):
        text = {"username": "nobody at all", "password": ""}
        text["password"] = "x" * (size - len(json.dumps(text)))
        return json.dumps(text).encode()

    for size, status, code in [
        (LOGIN_BYTES, 401, "AUTH_FAILED"),
        (LOGIN_BYTES + 1, 413, "PAYLOAD_TOO_LARGE"),
        (LOGIN_BYTES * 9, 413, "PAYLOAD_TOO_LARGE"),
    ]:
        sent = (JSON, CHUNKED)
        target = f"/api/v2{LOGIN}"
        refuse(url, status, code, "POST", target, *sent, body=in_chunks(body(size)))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"5\r\n{}",
        b"zz\r\n{}\r\n0\r\n\r\n",
        b"-2\r\n{}\r\n0\r\n\r\n",
        b"2\r\n{}X\r\n0\r\n\r\n",
        in_chunks(b'{"username": "x", "password": "y"}', end=b""),
    ],
)
def test_chunks_that_end_early(url, admin, body):
    refuse(
        url, 400, "INVALID_JSON", "POST", f"/api/v2{LOGIN}", JSON, CHUNKED, body=body
    )
    sent = ("POST", "/api/v2/create/res.partner", FORM, CHUNKED, api_key(admin))
    refuse(url, 400, "INVALID_MULTIPART", *sent, body=body)


@pytest.fixture
def limit(admin):
    """Let the server take no more than 100,000 bytes."""
    parameter = admin.create(
        "ir.config_parameter", key="web.max_file_upload_size", value="100000"
    )
    yield 100_000
    admin.delete("ir.config_parameter", parameter)


def test_chunks_above_the_limit_of_the_administrator(url, admin, unique, limit):
    def make_json(name, size):
        return json.dumps({"name": name, "comment": "x" * size}).encode()

    def make_form(name, size):
        return form(("name", name), ("comment", "x" * size))

    for kind, make in ((JSON, make_json), (FORM, make_form)):
        sent = ("POST", "/api/v2/create/res.partner", kind, CHUNKED, api_key(admin))
        body = in_chunks(make(unique, limit))
        refuse(url, 413, "PAYLOAD_TOO_LARGE", *sent, body=body)
        assert admin.count("res.partner", name=unique) == 0
        body = in_chunks(make(f"{unique} fits", limit - 1000))
        assert exchange(url, *sent, body=body)[0] == 201


def form(*parts):
    """A multipart body of pairs, as text or bytes."""
    body = b""
    for name, value in parts:
        name, value = (
            text if isinstance(text, bytes) else text.encode() for text in (name, value)
        )
        head = b'Content-Disposition: form-data; name="%s"' % name
        body += b"--b\r\n%s\r\n\r\n%s\r\n" % (head, value)
    return body + b"--b--\r\n"


def test_parts_that_are_not_utf8(admin, unique):
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    for parts in (
        [("city", b"Li\xe8ge")],
        [(b"ci\xffty", "x")],
        [("values", b'{"city": "Li\xe8ge"}')],
    ):
        options = {"headers": headers, "data": form(("name", unique), *parts)}
        path = "/create/res.partner"
        admin.refuse(400, "INVALID_MULTIPART", "POST", path, **options)
    assert admin.count("res.partner", name=unique) == 0


def test_credentials_in_a_url_are_not_in_the_log(anyone, admin, admin_session, unique):
    """Not in the access log of the server, in whatever worker."""
    secrets = [admin.headers["api_key"], admin_session.headers["session_token"]]
    before = len(backstage.log())
    for number in range(4):
        for name in ("api-key", "session_token", "x"):
            for secret in secrets:
                encoded = "".join(f"%{ord(letter):02x}" for letter in secret)
                for text in (secret, encoded, quote(encoded)):
                    query = f"{unique}{number}=1&{name}={text}&last=1"
                    anyone.call("GET", f"/auth/me?{query}")
                    anyone.call("GET", f"/nope/{text}?{unique}{number}=1")
        anyone.call("GET", f"/auth/me?{unique}=1&password=open+sesame")
    log = backstage.log()[before:]
    assert log.count(unique) >= 4 * 37
    assert "last=1" in log
    for secret in (*secrets, "sesame"):
        assert secret not in log
        assert "".join(f"%{ord(letter):02x}" for letter in secret) not in log
