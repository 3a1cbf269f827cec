# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The operators that conditions of domains may have."""

ANY = ("any", "not any")
EQUAL = ("=", "!=", "=?")
LIST = ("in", "not in")
ORDERED = ("<", ">", "<=", ">=")
PATTERNS = ("=like", "not =like", "=ilike", "not =ilike")
LIKE = ("like", "not like", "ilike", "not ilike", *PATTERNS)
HIERARCHY = ("child_of", "parent_of")
# Neither "any!" and "not any!", which skip record rules, nor deprecated spellings.
OPERATORS = (*EQUAL, *ORDERED, *LIST, *LIKE, *ANY, *HIERARCHY)
