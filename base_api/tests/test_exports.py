# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import csv
import io
import json
from unittest.mock import patch

from ..controllers.export import log_errors
from ..errors import AnswerTooLarge
from ..reading import exports
from ..reading.exports import export_batches
from ..reading.formats import FORMATS, Columns
from ..reading.serializers import default_fields, parse_fields
from ..searching.keyset import Search
from ..searching.order import parse_order
from .bounds_case import BoundsCase


class TestExports(BoundsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"].create(
            [
                {"name": f"Export {number}", "ref": "api-export", "color": number % 3}
                for number in range(5)
            ]
        )
        cls.key = cls.new_key(cls.employee)

    def batches(self, size, order="color desc, name", fields="", **options):
        """Return the batches of an export, and how many records it said there are."""
        model = self.env["res.partner"].with_user(self.employee)
        search = Search(model, [("ref", "=", "api-export")], parse_order(model, order))
        names = parse_fields(model, fields) or default_fields(model)
        with patch.object(exports, "BATCH_SIZE", size):
            total, *batches = export_batches(search, names, **options)
        return batches, total

    def export(self, **params):
        return self.url_open(
            "/api/v2/export/res.partner",
            params={"ref": "api-export"} | params,
            headers={"api-key": self.key},
        )

    def test_batches_hold_all_records_in_order(self):
        expected = self.partners.sorted(lambda partner: (-partner.color, partner.name))
        for size, lengths in ((2, [2, 2, 1]), (5, [5]), (9, [5])):
            batches, total = self.batches(size)
            self.assertEqual(total, 5)
            self.assertEqual([len(rows) for rows in batches], lengths)
            ids = [row["id"] for rows in batches for row in rows]
            self.assertEqual(ids, expected.ids)

    def test_cursors_are_where_something_follows(self):
        for size, limit, lengths, marks in (
            (2, None, [2, 2, 1], [True, True, False]),
            (2, 4, [2, 2], [True, True]),
            (2, 3, [2, 1], [True, True]),
            (9, 4, [4], [True]),
            (9, 5, [5], [False]),
        ):
            batches, total = self.batches(size, limit=limit, with_cursors=True)
            self.assertEqual([len(rows) for rows in batches], lengths)
            self.assertEqual(total, sum(lengths))
            self.assertEqual(["next_cursor" in rows[-1] for rows in batches], marks)

    def test_batches_with_many_nested_records_come_in_parts(self):
        for partner, count in zip(self.partners, (2, 0, 3, 1, 3), strict=True):
            values = {"name": "Child", "parent_id": partner.id}
            self.env["res.partner"].create([values] * count)
        expected = [2, 0, 3, 1, 3]
        options = {"order": "id", "fields": "child_ids.name", "with_cursors": True}
        for most, size, lengths in (
            (9, 5, [5]),
            (3, 5, [2, 1, 1, 1]),
            (5, 3, [3, 2]),
            (4, 3, [1, 2, 2]),
        ):
            self.limit(max_nested_objects=most)
            batches, total = self.batches(size, **options)
            self.assertEqual((total, [*map(len, batches)]), (5, lengths))
            rows = [row for rows in batches for row in rows]
            self.assertEqual([row["id"] for row in rows], self.partners.ids)
            self.assertEqual([len(row["child_ids"]) for row in rows], expected)
            marked = [number for number, row in enumerate(rows) if len(row) == 3]
            self.assertEqual(marked, [2] if size == 3 else [])
        self.limit(max_nested_objects=2)
        with self.assertRaises(AnswerTooLarge):
            self.batches(5, **options)

    def test_ndjson_has_a_record_on_each_line(self):
        response = self.export(fields="name,parent_id,active", order="name desc")
        self.assertEqual(response.status_code, 200, response.text)
        self.assertEqual(response.headers["Content-Type"], "application/x-ndjson")
        self.assertEqual(response.headers["Total-Count"], "5")
        lines = [json.loads(line) for line in response.text.splitlines()]
        first = self.partners[-1]
        self.assertEqual(
            lines[0],
            {"id": first.id, "name": "Export 4", "parent_id": False, "active": True},
        )
        self.assertEqual([line["id"] for line in lines], self.partners.ids[::-1])

    def test_csv_has_a_cell_for_each_value(self):
        partner = self.partners[0]
        country, tags = self.env.ref("base.be"), self.env["res.partner.category"]
        tags = tags.create([{"name": "A"}, {"name": "B"}])
        partner.write({"country_id": country.id, "category_id": tags.ids})
        partner.write({"name": '=1+1, "two"\nlines', "partner_latitude": 1.5})
        names = "id,name,country_id,category_id,parent_id,active,is_company,create_date"
        names += ",partner_latitude,color"
        response = self.export(format="csv", fields=names, limit=1)
        self.assertEqual(response.headers["Content-Type"], "text/csv; charset=utf-8")
        file = io.StringIO(response.content.decode(), newline="")
        [header, row] = csv.reader(file)
        self.assertEqual(header, names.split(","))
        self.assertEqual(
            row,
            [
                str(partner.id),
                '=1+1, "two"\nlines',
                "Belgium",
                ",".join(map(str, sorted(tags.ids))),
                "",
                "true",
                "false",
                partner.create_date.strftime("%Y-%m-%d %H:%M:%S"),
                "1.5",
                "0",
            ],
        )

    def test_csv_of_other_representations(self):
        fields = self.env["res.partner"]._fields
        for path, value, expected in (
            ("country_id", {"id": 1, "display_name": "Belgium"}, "Belgium"),
            ("country_id", {"id": 1, "code": "BE"}, '"{""id"": 1, ""code"": ""BE""}"'),
            ("country_id", None, ""),
            ("child_ids", [{"id": 1}], '"[{""id"": 1}]"'),
            ("child_ids", [], ""),
            ("child_ids", [7], "7"),
            ("active", False, "false"),
            ("color", 0, "0"),
            ("name", "", ""),
            ("country_id.ref", {"id": 1, "ref": "BE"}, "BE"),
            ("country_id.ref", False, ""),
            ("child_ids.color", [{"color": 1}, {"color": 2}], '"1,2"'),
            ("child_ids.name", [{"name": "A"}], '"[""A""]"'),
            ("child_ids.country_id", [{"country_id": False}], "[false]"),
            ("child_ids.country_id", [{"country_id": [1, "B"]}], '"[[1, ""B""]]"'),
        ):
            name, _, inner = path.partition(".")
            rows = [[{"id": 5, name: value}]]
            columns = {"id": fields["id"], path: fields[inner or name]}
            _header, line = FORMATS["csv"].encode(Columns(columns), rows)
            self.assertEqual(line.decode(), f"5,{expected}\r\n")

    def test_csv_tells_which_nested_lists_were_cut(self):
        parent, whole = self.partners[:2]
        for partner, count in ((parent, 3), (whole, 2)):
            values = {"name": "Child", "parent_id": partner.id}
            self.env["res.partner"].create([values] * count)
        tags = self.env["res.partner.category"]
        tags = tags.create([{"name": name} for name in "ABC"])
        parent.child_ids[1].category_id = tags

        def read(fields, **params):
            params |= {"format": "csv", "fields": fields, "nested_limit": 2}
            response = self.export(limit=2, **params)
            self.assertEqual(response.status_code, 200, response.text)
            return list(csv.reader(io.StringIO(response.text)))

        header, cut, uncut = read("child_ids.name", cursors="true")
        self.assertEqual(header, ["id", "child_ids.name", "next_cursor", "_truncated"])
        self.assertEqual(cut[1], '["Child", "Child"]')
        self.assertEqual((cut[3], uncut[3]), ('{"child_ids": 3}', ""))
        _header, cut, uncut = read("child_ids.category_id.name")
        counts = {"child_ids": 3, "child_ids.category_id": [None, 3]}
        self.assertEqual((json.loads(cut[2]), uncut[2]), (counts, ""))
        [child] = parent.child_ids[1]
        _header, cut = read("parent_id.child_ids.name", id=child.id, ref="")
        self.assertEqual(json.loads(cut[2]), {"parent_id.child_ids": 3})
        for fields in ("child_ids", "parent_id.name"):
            header, *_lines = read(fields)
            self.assertEqual(header, ["id", fields])

    def test_error_in_the_middle_ends_the_file(self):
        """Not in a page of HTML behind the records that were sent."""

        def chunks():
            yield b"record"
            raise ValueError("Broken")

        with self.assertLogs("odoo.addons.base_api.controllers.export", "ERROR"):
            self.assertEqual(list(log_errors(chunks())), [b"record"])

    def test_errors_that_can_be_known_are_answered(self):
        for params, status, code in (
            ({"format": "xlsx"}, 400, "INVALID_PARAMETER"),
            ({"limit": "0"}, 400, "INVALID_PARAMETER"),
            ({"cursor": "x"}, 400, "INVALID_PARAMETER"),
            ({"order": "x"}, 400, "INVALID_PARAMETER"),
            ({"fields": "x"}, 400, "INVALID_FIELDS"),
            ({"x": "x"}, 400, "INVALID_FILTER"),
        ):
            self.assertApiError(self.export(**params), status, code)
        response = self.get("/export/ir.rule", self.employee)
        self.assertApiError(response, 403, "ACCESS_DENIED")

    def test_exports_are_for_the_models_of_the_key(self):
        body = {"name": "Countries", "models": {"res.country": ["read"]}}
        path = f"/users/{self.employee.id}/api-key"
        answer = self.assertSuccess(self.post(path, self.employee, json=body))
        self.key = answer["api_key"]
        self.assertApiError(self.export(), 403, "KEY_RESTRICTED")
