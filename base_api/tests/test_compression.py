# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import gzip
import json

from .batch_case import CREATE, BatchCase

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
