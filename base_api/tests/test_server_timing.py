# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from .common import ApiCase

NAMES = ["auth", "rules", "sql", "orm", "serialise", "total"]


class TestServerTiming(ApiCase):
    def timed(self, path, user=None, **headers):
        headers = {"Prefer": "timing", **headers}
        return self.get(path, user, headers=headers)

    def durations(self, answer):
        parts = answer.headers["Server-Timing"].split(", ")
        found = [re.fullmatch(r'(\w+);dur=([\d.]+)(?:;desc="(.+)")?', p) for p in parts]
        self.assertEqual([part[1] for part in found], NAMES)
        self.assertRegex(found[2][3], r"^\d+ statements$")
        return {part[1]: float(part[2]) for part in found}

    def test_who_asks_is_told(self):
        for path in ("/search/res.partner", "/auth/me", "/openapi.json"):
            with self.subTest(path=path):
                answer = self.timed(path, self.admin)
                self.assertEqual(answer.status_code, 200)
                durations = self.durations(answer)
                parts = sum(durations[name] for name in ("rules", "sql", "orm"))
                self.assertLessEqual(parts, durations["total"] + 1)
                self.assertEqual(answer.headers["Preference-Applied"], "timing")

    def test_it_combines_with_other_preferences(self):
        answer = self.timed(
            "/search/res.partner", self.admin, Prefer="timing, types=strict"
        )
        self.assertEqual(answer.headers["Preference-Applied"], "timing, types=strict")
        self.durations(answer)

    def test_nobody_else_is(self):
        answer = self.get("/search/res.partner", self.admin)
        self.assertNotIn("Server-Timing", answer.headers)
        for path in ("/test", "/docs", "/health/live"):
            with self.subTest(path=path):
                answer = self.timed(path)
                self.assertEqual(answer.status_code, 200)
                self.assertNotIn("Server-Timing", answer.headers)
                self.assertNotIn("Preference-Applied", answer.headers)

    def test_errors_tell_nothing(self):
        for path in (
            "/search/res.partner/0",
            "/search/nope",
            "/search/res.partner?x=1",
        ):
            with self.subTest(path=path):
                answer = self.timed(path, self.admin)
                self.assertGreaterEqual(answer.status_code, 400)
                self.assertNotIn("Server-Timing", answer.headers)

    def test_a_batch_is_timed_as_a_whole(self):
        step = {"method": "GET", "path": "/search/res.partner"}
        headers = {"Prefer": "timing"}
        body = {"steps": [step, step]}
        answer = self.post("/batch", self.admin, headers=headers, json=body)
        self.durations(answer)
        self.assertNotIn("Server-Timing", answer.text)

    def test_an_export_is_timed_until_it_begins(self):
        self.durations(self.timed("/export/res.partner", self.admin))

    def test_unchanged_answers_have_it(self):
        first = self.timed("/search/res.partner", self.admin)
        etag = {"If-None-Match": first.headers["ETag"]}
        answer = self.timed("/search/res.partner", self.admin, **etag)
        self.assertEqual(answer.status_code, 304)
        self.durations(answer)
