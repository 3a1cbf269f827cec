# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Log columns with microseconds: what is read finds what changed after it."""

import json

from .common import ApiCase

STRICT = {"Prefer": "types=strict"}
# Times of the partners, in order.
TIMES = (
    "2026-03-01 10:00:00",
    "2026-03-01 10:00:00.000001",
    "2026-03-01 10:00:00.5",
    "2026-03-01 10:00:00.999999",
    "2026-03-01 10:00:01",
)


class TestMicroseconds(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partners = cls.env["res.partner"].create([{"name": t} for t in TIMES])
        cls.partners = partners
        cls.env.flush_all()
        for partner, moment in zip(partners, TIMES, strict=True):
            cls.env.cr.execute(
                "UPDATE res_partner SET write_date = %s WHERE id = %s",
                (moment, partner.id),
            )
        cls.env.invalidate_all()
        cls.mine = {"id__in": ",".join(map(str, partners.ids))}

    def find(self, path="/search/res.partner", strict=True, **params):
        params = self.mine | params
        headers = STRICT if strict else {}
        response = self.get(path, self.employee, headers=headers, params=params)
        return self.assertSuccess(response)

    def numbers(self, **params):
        """Return the positions of the found partners as text, such as `024`."""
        ids = [row["id"] for row in self.find(**params)["records"]]
        return "".join(str(self.partners.ids.index(record_id)) for record_id in ids)

    def test_strict_values_have_microseconds(self):
        rows = self.find(fields="write_date,create_date")["records"]
        self.assertEqual(
            [row["write_date"] for row in rows],
            [
                "2026-03-01T10:00:00.000000Z",
                "2026-03-01T10:00:00.000001Z",
                "2026-03-01T10:00:00.500000Z",
                "2026-03-01T10:00:00.999999Z",
                "2026-03-01T10:00:01.000000Z",
            ],
        )
        rows = self.find(fields="write_date", strict=False)["records"]
        self.assertEqual(rows[1]["write_date"], "2026-03-01 10:00:00")

    def test_in_aggregates_exports_and_nested_records(self):
        path = "/aggregate/res.partner"
        [group] = self.find(path, measures="write_date:max,write_date:min")["groups"]
        self.assertEqual(group["write_date:max"], "2026-03-01T10:00:01.000000Z")
        self.assertEqual(group["write_date:min"], "2026-03-01T10:00:00.000000Z")
        self.partners[0].parent_id = self.partners[1]
        self.env.flush_all()
        rows = self.find(fields="parent_id.write_date", id=str(self.partners[0].id))
        expected = "2026-03-01T10:00:00.000001Z"
        self.assertEqual(rows["records"][0]["parent_id"]["write_date"], expected)

    def test_comparisons_mean_the_fraction(self):
        for name, text, found in [
            ("gt", "2026-03-01T10:00:00.000000Z", "1234"),
            ("gt", "2026-03-01T10:00:00.000001Z", "234"),
            ("gt", "2026-03-01T10:00:00.5Z", "34"),
            ("gt", "2026-03-01T10:00:00.999999Z", "4"),
            ("gt", "2026-03-01T11:00:00.500+01:00", "34"),
            ("gt", "2026-03-01 10:00:00.5", "34"),
            ("gte", "2026-03-01T10:00:00.500000Z", "234"),
            ("lt", "2026-03-01T10:00:00.500000Z", "01"),
            ("lte", "2026-03-01T10:00:00.500000Z", "012"),
            ("between", "2026-03-01T10:00:00.000001Z,2026-03-01T10:00:00.5Z", "12"),
            # As in Odoo without a fraction: the whole second.
            ("gt", "2026-03-01T10:00:00Z", "4"),
            ("gte", "2026-03-01T10:00:00Z", "01234"),
            ("lt", "2026-03-01T10:00:01Z", "0123"),
            ("lte", "2026-03-01T10:00:00Z", "0123"),
            ("eq", "2026-03-01T10:00:00Z", "0123"),
            ("eq", "2026-03-01T10:00:00.5Z", "0123"),
            ("in", "2026-03-01T10:00:00.5Z", "0123"),
        ]:
            with self.subTest(name=name, text=text):
                self.assertEqual(self.numbers(**{f"write_date__{name}": text}), found)

    def test_what_was_read_is_the_place_to_continue(self):
        seen = ""
        last = "2026-01-01T00:00:00.000000Z"
        for _page in TIMES:
            rows = self.find(
                write_date__gt=last, order="write_date", limit="1", fields="write_date"
            )["records"]
            seen += str(self.partners.ids.index(rows[0]["id"]))
            last = rows[0]["write_date"]
        self.assertEqual(seen, "01234")

    def test_in_domains(self):
        moment = "2026-03-01T10:00:00.500000Z"
        for domain, found in [
            ([["write_date", ">", moment]], "34"),
            (["!", ["write_date", ">", moment]], "012"),
            (["|", ["write_date", "<", moment], ["write_date", "=", False]], "01"),
            ([["write_date", ">", "2026-03-01 10:00:00"]], "4"),
        ]:
            with self.subTest(domain=domain):
                self.assertEqual(self.numbers(domain=json.dumps(domain)), found)

    def test_over_relations(self):
        parent = self.partners[2]
        child = self.partners[4]
        child.parent_id = parent
        self.env.flush_all()
        params = {"parent_id.write_date__gt": "2026-03-01T10:00:00.4Z"}
        self.assertEqual(self.numbers(**params), "4")
        params = {"parent_id.write_date__gt": "2026-03-01T10:00:00.5Z"}
        self.assertEqual(self.numbers(**params), "")
        params = {"child_ids.write_date__lte": "2099-03-01T10:00:00.5Z"}
        self.assertEqual(self.numbers(**params), "2")

    def test_refused(self):
        for text in ("10:00:00.5", "2026-03-01T10:00:00.x", "2026-13-01T00:00:00.1Z"):
            response = self.get(
                "/search/res.partner", self.employee, params={"write_date__gt": text}
            )
            self.assertApiError(response, 400, "INVALID_FILTER")
