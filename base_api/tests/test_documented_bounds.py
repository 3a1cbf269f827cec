# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re
from pathlib import Path

from odoo.tests import BaseCase

from odoo.addons.base_api.settings import BOUNDS

# In the repository; an installed addon may come without it.
SECURITY = Path(__file__).parents[2] / "SECURITY.md"
ROW = re.compile(r"^\| ((?:`\w+`(?:, )?)+) \| ([\d, ]+) \|", re.M)


class TestDocumentedBounds(BaseCase):
    def test_every_bound_is_documented_with_its_default(self):
        if not SECURITY.exists():
            self.skipTest("SECURITY.md is not there")
        documented = {}
        for names, defaults in ROW.findall(SECURITY.read_text()):
            names = re.findall(r"\w+", names)
            defaults = defaults.split(", ") if len(names) > 1 else [defaults]
            numbers = [int(default.replace(",", "")) for default in defaults]
            documented |= dict(zip(names, numbers, strict=True))
        self.assertEqual(documented, BOUNDS)
