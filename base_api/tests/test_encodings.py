# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json

from .common import ApiCase

BOUNDARY = b"b"
REPLACED = "\ufffd"
LIMIT = 64 * 1024  # bytes of a login


def part(head, content):
    disposition = b"Content-Disposition: form-data; " + head
    return b"\r\n".join((b"--" + BOUNDARY, disposition, b"", content, b""))


class TestEncodings(ApiCase):
    """What is sent is read as it is, or refused: no character becomes another one."""

    def form(self, *parts, path="/create/res.partner", **options):
        headers = {"Content-Type": "multipart/form-data; boundary=b"}
        data = b"".join(parts) + b"--b--\r\n"
        return self.post(path, self.admin, headers=headers, data=data, **options)

    def test_query_string(self):
        for query, name in [
            ("name=%FF", "name"),
            ("limit=1&name=caf%E9", "name"),
            ("name=%C3", "name"),
            ("name=%ED%A0%80", "name"),
            ("na%FFme=x", f"na{REPLACED}me"),
            ("fields=%C3&name=%A9", "fields"),
        ]:
            with self.subTest(query=query):
                response = self.get(f"/search/res.partner?{query}", self.admin)
                error = self.assertApiError(response, 400, "INVALID_PARAMETER")
                self.assertTrue(error["message"].startswith(f"{name}: "))
        partner = self.env["res.partner"].create({"name": f"Café {REPLACED}"})
        path = "/search/res.partner?name=Caf%C3%A9%20%EF%BF%BD"
        [record] = self.assertSuccess(self.get(path, self.admin))["records"]
        self.assertEqual(record["id"], partner.id)

    def test_query_string_of_a_step(self):
        def send(query):
            step = {"method": "GET", "path": f"/count/res.partner?{query}"}
            return self.post("/batch", self.admin, json={"steps": [step]})

        response = send("name=%FF")
        self.assertApiError(response, 400, "INVALID_PARAMETER")
        for query in ("name=Caf%C3%A9", "name=Café"):
            self.assertSuccess(send(query))

    def test_part(self):
        for head, content in [
            (b'name="city"', b"Li\xe8ge"),
            (b'name="city"\r\nContent-Type: text/plain; charset=us-ascii', b"Li\xe8ge"),
            (b'name="city"\r\nContent-Type: text/plain; charset=cp1252', b"Li\xe8ge"),
            (b'name="city"', b"\xed\xa0\x80"),
            (b'name="values"', b'{"city": "Li\xe8ge"}'),
            (b'name="ci\xffty"', b"x"),
            (b"name*=UTF-8''ci%FFty", b"x"),
        ]:
            with self.subTest(head=head):
                sent = [part(b'name="name"', b"Acme"), part(head, content)]
                response = self.form(*sent)
                error = self.assertApiError(response, 400, "INVALID_MULTIPART")
                self.assertIn("part", error["message"].lower())
        self.assertIn("'city'", self.refuse_part(b'name="city"', b"\xff"))

    def refuse_part(self, head, content):
        response = self.form(part(head, content))
        return self.assertApiError(response, 400, "INVALID_MULTIPART")["message"]

    def test_part_that_is_what_it_says(self):
        liege = b'name="name"\r\nContent-Type: text/plain; charset=iso-8859-1'
        for head, content, name in [
            (b'name="name"', "Liège".encode(), "Liège"),
            (liege, b"Li\xe8ge", "Liège"),
            (b'name="name"', f"x{REPLACED}".encode(), f"x{REPLACED}"),
        ]:
            data = self.assertSuccess(self.form(part(head, content)), 201)
            self.assertEqual(data["record"]["name"], name)

    def test_file_name(self):
        for name, status in [
            (b'filename="a\xff.txt"', 400),
            (b"filename*=UTF-8''a%FF.txt", 400),
            (b"filename*0*=UTF-8''a%FF; filename*1=.txt", 400),
            (b'filename="a\xc3\xa9.txt"', 201),
            (b"filename*=UTF-8''a%C3%A9.txt", 201),
            (b"filename*=UTF-8''a%EF%BF%BD.txt", 201),
        ]:
            with self.subTest(name=name):
                sent = part(b'name="file"; ' + name, b"\xff\xfe")
                response = self.form(sent, path="/attachments")
                self.assertEqual(response.status_code, status, response.text)
                if status == 400:
                    self.assertApiError(response, 400, "INVALID_MULTIPART")

    def test_body_in_chunks(self):
        body = {"username": "nobody", "password": ""}
        body["password"] = "x" * (LIMIT - len(json.dumps(body)))
        exact = json.dumps(body).encode()
        for raw, status, code in [
            (exact, 401, "AUTH_FAILED"),
            (exact + b" ", 413, "PAYLOAD_TOO_LARGE"),
            (exact * 2, 413, "PAYLOAD_TOO_LARGE"),
            (exact[:-1], 400, "INVALID_JSON"),
        ]:
            with self.subTest(status=status):
                chunks = (raw[at : at + 1000] for at in range(0, len(raw), 1000))
                headers = {"Content-Type": "application/json"}
                response = self.post("/auth/login", headers=headers, data=chunks)
                self.assertApiError(response, status, code)
