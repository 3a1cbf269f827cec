# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The types of Odoo's fields, and what they have in common.

Types that are not listed are an addon's own: they have none of the traits.
"""

from odoo.fields import Field

# Type -> its traits, which the sets below explain.
_TRAITS = {
    "binary": "large opaque",
    "boolean": "countable groupable match short",
    "char": "comparable countable groupable like match ordered text",
    "date": "comparable countable empty groupable match ordered short",
    "datetime": "comparable countable empty groupable match ordered short",
    "float": "comparable countable groupable number ordered short",
    "html": "large like text",
    "integer": "comparable countable groupable match number ordered short",
    "json": "opaque structured",
    "many2many": "empty groupable list",
    "many2one": "countable empty groupable match",
    "many2one_reference": "countable empty groupable match short",
    "monetary": "comparable countable groupable number ordered short",
    "one2many": "empty list",
    "properties": "opaque structured",
    "properties_definition": "opaque structured",
    "reference": "countable empty groupable like short",
    "selection": "countable empty groupable like match short",
    "text": "countable groupable like match ordered text",
}


def _types_with(trait: str) -> frozenset[str]:
    return frozenset(
        name for name, traits in _TRAITS.items() if trait in traits.split()
    )


X2MANY = _types_with("list")
TEXT_TYPES = _types_with("text")
STRUCTURED = _types_with("structured")  # JSON that the ORM does not check
NUMBERS = _types_with("number")
LARGE_TYPES = _types_with("large")  # values that can have megabytes
SHORT_TYPES = _types_with("short")  # values that have a few bytes
# In conditions:
OPAQUE_TYPES = _types_with("opaque")  # compared with nothing but false
ORDERED_TYPES = _types_with("ordered")  # with < and >
LIKE_TYPES = _types_with("like")  # with patterns
EMPTY_AS_FALSE = _types_with("empty")  # false stands for the empty value
MATCH_TYPES = _types_with("match")  # equal or not, without rounding
# In groups:
GROUPABLE = _types_with("groupable")
COUNTABLE = _types_with("countable")
COMPARABLE = _types_with("comparable")  # min and max


def is_raw(field: Field) -> bool:
    """Tell whether this is `ir.attachment.raw`, also where a model inherits it.

    The only binary field that holds bytes in Odoo, and not base64.
    """
    base_field = field.base_field
    return (base_field.model_name, base_field.name) == ("ir.attachment", "raw")
