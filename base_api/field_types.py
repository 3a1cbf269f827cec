# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Types of fields that go together."""

X2MANY = frozenset(("one2many", "many2many"))
TEXT_TYPES = frozenset(("char", "text", "html"))
