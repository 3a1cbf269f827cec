# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The names of types."""

from collections.abc import Collection


def type_name(model_name: str, known: Collection[str]) -> str:
    """Return the name of the type of a model, in CamelCase.

    :param known: the names of other models, which are avoided
    """
    words = model_name.replace("_", ".").split(".")
    name = "".join(word.capitalize() for word in words)
    while name in known:
        name += "_"
    return name
