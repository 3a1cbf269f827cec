# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Types of fields that go together."""

X2MANY = frozenset(("one2many", "many2many"))
TEXT_TYPES = frozenset(("char", "text", "html"))
# What is in a value, the ORM does not check before it uses it.
STRUCTURED = frozenset(("json", "properties", "properties_definition"))
