# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import gzip
import json

from ..protocol.compression import MIN_BYTES
from .batch_case import CREATE, BatchCase
from .common import ApiCase

JSON = {"Content-Type": "application/json"}


class TestCompression(BatchCase):
    def send(self, content, encoding="gzip", path=CREATE):
        headers = JSON | {"Content-Encoding": encoding}
        return self.post(path, self.clerk, data=content, headers=headers)

    def test_gzip(self):
        content = gzip.compress(json.dumps({"name": "API Gzip"}).encode())
        for encoding in ("gzip", "GZIP", "x-gzip"):
            with self.subTest(encoding=encoding):
                data = self.assertSuccess(self.send(content, encoding), 201)
                self.assertEqual(data["record"]["name"], "API Gzip")

    def test_identity(self):
        response = self.send(json.dumps({"name": "API"}), "identity")
        self.assertSuccess(response, 201)

    def test_repeat_may_be_compressed_anew(self):
        headers = JSON | {"Content-Encoding": "gzip", "Idempotency-Key": "gzip"}
        ids = [
            self.assertSuccess(
                self.post(
                    CREATE,
                    self.clerk,
                    data=gzip.compress(b'{"name": "API"}', mtime=seconds),
                    headers=headers,
                ),
                201,
            )["id"]
            for seconds in (1, 2)
        ]
        self.assertEqual(ids[0], ids[1])

    def test_broken(self):
        content = gzip.compress(json.dumps({"name": "API"}).encode())
        for broken in (b"{}", content[:-4], content + b"x"):
            with self.subTest(broken=broken[-8:]):
                self.assertApiError(self.send(broken), 400, "INVALID_JSON")

    def test_size_after_inflating(self):
        content = gzip.compress(b'{"domain": "' + b"x" * (17 * 2**20) + b'"}')
        self.assertLess(len(content), 100_000)
        response = self.send(content, path="/search/res.partner")
        self.assertApiError(response, 413, "PAYLOAD_TOO_LARGE")

    def test_other_encodings(self):
        for encoding in ("br", "deflate", "gzip, gzip"):
            with self.subTest(encoding=encoding):
                response = self.send(b"{}", encoding)
                self.assertApiError(response, 415, "UNSUPPORTED_ENCODING")
        headers = {"Content-Encoding": "gzip"}
        files = {"name": (None, "API")}
        response = self.post(CREATE, self.clerk, files=files, headers=headers)
        self.assertApiError(response, 415, "UNSUPPORTED_ENCODING")


class TestCompressedAnswers(ApiCase):
    LARGE = "/search/ir.model.fields?limit=1000"
    SMALL = "/count/res.partner"

    def fetch(self, path, accepted, **headers):
        headers = {"Accept-Encoding": accepted} | headers
        return self.get(path, self.admin, headers=headers)

    def test_large_answers_are_compressed(self):
        plain = self.fetch(self.LARGE, "identity")
        self.assertNotIn("Content-Encoding", plain.headers)
        self.assertGreater(len(plain.content), MIN_BYTES)
        for accepted in ("gzip", "br, gzip;q=0.5", "*"):
            with self.subTest(accepted=accepted):
                answer = self.fetch(self.LARGE, accepted)
                self.assertSuccess(answer)
                self.assertEqual(answer.headers["Content-Encoding"], "gzip")
                length = int(answer.headers["Content-Length"])
                self.assertLess(length, len(plain.content) / 3)
                self.assertEqual(answer.content, plain.content)
                self.assertIn("Accept-Encoding", answer.headers["Vary"])

    def test_clients_that_do_not_accept_gzip_get_plain_answers(self):
        for accepted in ("identity", "br", "gzip;q=0, identity", "deflate"):
            with self.subTest(accepted=accepted):
                answer = self.fetch(self.LARGE, accepted)
                self.assertSuccess(answer)
                self.assertNotIn("Content-Encoding", answer.headers)

    def test_small_answers_and_errors_are_not_compressed(self):
        answer = self.fetch(self.SMALL, "gzip")
        self.assertSuccess(answer)
        self.assertNotIn("Content-Encoding", answer.headers)
        answer = self.fetch(f"{self.SMALL}?x=1", "gzip")
        self.assertApiError(answer, 400, "INVALID_FILTER")
        self.assertNotIn("Content-Encoding", answer.headers)

    def test_etags_of_compressed_answers(self):
        tag = self.fetch(self.LARGE, "gzip").headers["ETag"]
        self.assertTrue(tag.startswith("W/"))
        for accepted in ("gzip", "identity"):
            answer = self.fetch(self.LARGE, accepted, **{"If-None-Match": tag})
            self.assertEqual(answer.status_code, 304)
            self.assertNotIn("Content-Encoding", answer.headers)

    def test_compressed_answers_about_one_record_have_weak_etags(self):
        partner = self.env["res.partner"].create(
            {"name": "API", "comment": f"<p>{'x ' * MIN_BYTES}</p>"}
        )
        path = f"/search/res.partner/{partner.id}?fields=comment"
        plain = self.fetch(path, "identity").headers["ETag"]
        tag = self.fetch(path, "gzip").headers["ETag"]
        self.assertEqual(tag, f"W/{plain}")
        headers = {"If-Match": tag}
        answer = self.call(
            "PATCH",
            f"/update/res.partner/{partner.id}",
            self.admin,
            headers=headers,
            json={"name": "API 2"},
        )
        self.assertSuccess(answer)
