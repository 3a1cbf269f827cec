# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import itertools
from collections import OrderedDict, deque
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from markupsafe import Markup

from odoo.fields import Domain
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, OrderedSet, frozendict, lazy
from odoo.tools.translate import LazyTranslate

from odoo.addons.base_api.calling import results
from odoo.addons.base_api.calling.results import JsonConverter
from odoo.addons.base_api.errors import ResultNotJson

_lt = LazyTranslate("base", default_lang="en_US")


@tagged("post_install", "-at_install")
class TestResults(TransactionCase):
    def test_values(self):
        partner = self.env["res.partner"].create({"name": "Acme"})
        moment = datetime(2026, 1, 2, 3, 4, 5, 678)
        east = timezone(timedelta(hours=2))
        for value, expected in (
            (None, None),
            (True, True),
            (5, 5),
            (1.5, 1.5),
            (float("nan"), None),
            (float("-inf"), None),
            ("text", "text"),
            (Markup("<b>x</b>"), "<b>x</b>"),
            (_lt("Done"), "Done"),
            (lazy(lambda: [1]), [1]),
            (Decimal("1.10"), "1.10"),
            (partner, partner.ids),
            (self.env["res.partner"], []),
            (self.env["res.partner"].new({"name": "New"}), []),
            (moment, "2026-01-02 03:04:05"),
            (moment.replace(tzinfo=east), "2026-01-02 01:04:05"),
            (date(2026, 1, 2), "2026-01-02"),
            (b"\xff\x00", "/wA="),
            (bytearray(b"a"), "YQ=="),
            (b"YQ==", "YQ=="),
            (b"", ""),
            ((1, (2,)), [1, [2]]),
            ({3}, [3]),
            (OrderedSet([2, 1]), [2, 1]),
            (deque([1]), [1]),
            (range(2), [0, 1]),
            ((number for number in (1, 2)), [1, 2]),
            (map(str, (1, 2)), ["1", "2"]),
            ({"a": 1}.values(), [1]),
            (Domain("a", "=", 1) & Domain("b", "in", [2]), None),
            (frozendict({"a": partner}), {"a": partner.ids}),
            (OrderedDict(a={"b": None}), {"a": {"b": None}}),
            ({1: 1, None: 2, False: 3}, {"1": 1, "null": 2, "false": 3}),
            ({(1, "x"): 1}, {'[1, "x"]': 1}),
            ({date(2026, 1, 2): 1}, {"2026-01-02": 1}),
            ({partner: 1}, {f"[{partner.id}]": 1}),
        ):
            if isinstance(value, Domain):
                expected = ["&", ["a", "=", 1], ["b", "in", [2]]]
            with self.subTest(value=value):
                self.assertEqual(JsonConverter().convert(value), expected)

    def test_strict_dates(self):
        moment = datetime(2026, 1, 2, 3, 4, 5, 678)
        result = JsonConverter(strict_types=True).convert([moment, date(2026, 1, 2)])
        self.assertEqual(result, ["2026-01-02T03:04:05Z", "2026-01-02"])

    def test_what_json_has_no_form_for(self):
        endless = []
        endless.append(endless)
        for value in (
            object(),
            print,
            SQL("SELECT 1"),
            type(self),
            self.env["res.partner"]._fields["name"],
            {"a": [object()]},
            endless,
            itertools.repeat(endless),
        ):
            with self.subTest(type=type(value)), self.assertRaises(ResultNotJson) as it:
                JsonConverter().convert(value)
            self.assertNotIn("0x", it.exception.description)

    def test_size_is_bounded(self):
        self.patch(results, "MAX_VALUES", 1000)
        with self.assertRaises(ResultNotJson):
            JsonConverter().convert(itertools.count())
