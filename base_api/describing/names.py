# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The names of components, and references to them."""

import re
from collections.abc import Collection


def reference(kind: str, name: str) -> dict[str, str]:
    """Return a reference to a component.

    :param kind: `schemas`, `parameters` or `responses`
    """
    return {"$ref": f"#/components/{kind}/{name}"}


def type_name(text: str, known: Collection[str] = (), prefix: str = "") -> str:
    """Return the name of a type in CamelCase, such as `SaleOrder`.

    :param text: words separated by dots or underscores, such as `sale.order`
    :param known: names that are taken already
    """
    words = re.split(r"[._]", text)
    name = prefix + "".join(word.capitalize() for word in words)
    while name in known:
        name += "_"
    return name
