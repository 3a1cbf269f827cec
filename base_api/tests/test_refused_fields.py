# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from itertools import permutations

from odoo.exceptions import AccessError, MissingError

from odoo.addons.base_api.reading.serializers import serialize_all, serialize_readable

from .common import ApiCase

# Computed by one method of res.currency, in this order.
SIBLINGS = ("rate", "inverse_rate", "rate_string")
MESSAGE = "Not for you"


class TestRefusedFields(ApiCase):
    """A field that Odoo refuses to compute is absent, however it was left behind."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.currencies = cls.env["res.currency"].with_user(cls.employee)
        cls.usd = cls.currencies.browse(cls.env.ref("base.USD").id)
        cls.eur = cls.currencies.browse(cls.env.ref("base.EUR").id)
        (cls.usd + cls.eur).sudo().active = True

    def setUp(self):
        super().setUp()
        self.refuse_with(AccessError)

    def refuse_with(self, exception):
        def compute(records):
            for record in records:
                record.rate = record.inverse_rate = 7.0
                if record.name == "EUR":
                    raise exception(MESSAGE)
                record.rate_string = "seven"

        self.patch(type(self.currencies), "_compute_current_rate", compute)

    def test_record(self):
        path = f"/search/res.currency/{self.eur.id}"
        data = self.assertSuccess(self.get(path, self.employee))
        self.assertFalse({*SIBLINGS} & {*data["record"], *data["fields_returned"]})
        self.assertIn("symbol", data["record"])
        data = self.assertSuccess(
            self.get(f"/search/res.currency/{self.usd.id}", self.employee)
        )
        self.assertEqual(data["record"]["rate_string"], "seven")

    def test_any_order_of_fields(self):
        for names in permutations(["name", *SIBLINGS]):
            with self.subTest(names=names):
                self.env.invalidate_all()
                row = serialize_readable(self.eur, dict(zip(names, names, strict=True)))
                self.assertEqual(row, {"name": "EUR"})

    def test_records_around_it(self):
        """The ORM computes all of them at once first, and hides that it was refused."""
        for ids in ([self.usd.id, self.eur.id], [self.eur.id, self.usd.id]):
            with self.subTest(ids=ids):
                self.env.invalidate_all()
                records = self.currencies.browse(ids)
                rows = serialize_all(records, {"name": "name", "rate": "rate"})
                found = {row["name"]: row.get("rate") for row in rows}
                self.assertEqual(found, {"USD": 7.0, "EUR": None})

    def test_list(self):
        path = "/search/res.currency?name__in=USD,EUR&fields=rate"
        self.assertApiError(self.get(path, self.employee), 403, "ACCESS_DENIED")
        path = "/search/res.currency?name=USD&fields=rate"
        [record] = self.assertSuccess(self.get(path, self.employee))["records"]
        self.assertEqual(record["rate"], 7.0)

    def test_nested(self):
        countries = self.env["res.country"].create([
            {"name": "A", "code": "X1", "currency_id": self.usd.id},
            {"name": "B", "code": "X2", "currency_id": self.eur.id},
        ])  # fmt: skip
        ids = ",".join(map(str, countries.ids))
        path = f"/search/res.country?id__in={ids}&fields=currency_id.inverse_rate"
        self.assertApiError(self.get(path, self.employee), 403, "ACCESS_DENIED")

    def test_missing_record_behind_a_field(self):
        self.refuse_with(MissingError)
        row = serialize_readable(self.eur, {name: name for name in SIBLINGS})
        self.assertEqual(row, {})

    def test_odoo_itself_keeps_what_was_computed(self):
        self.assertEqual((self.usd + self.eur).mapped("rate"), [7.0, 7.0])
