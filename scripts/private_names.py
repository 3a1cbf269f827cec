# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Part of `make lint`: private names of Odoo are used in base_api/orm/ and models only.

The models override methods, so they need them. Everything else goes through
base_api/orm/: a port to the next version of Odoo begins there.
"""

import ast
import re
import sys
from pathlib import Path

ADDON = Path(__file__).resolve().parent.parent / "base_api"
# Where they may be used. Tests look behind the scenes, too.
EXEMPT = ("migrations", "models", "orm", "tests", "wizards")
# Attributes of models that Odoo documents for every developer.
STABLE = {
    "_abstract",
    "_auto",
    "_fields",
    "_ids",
    "_inherits",
    "_name",
    "_order",
    "_table",
    "_table_query",
}
_PRIVATE = re.compile(r"_[a-z]\w*")


def main():
    files = sorted(ADDON.rglob("*.py"))
    trees = {file.relative_to(ADDON): ast.parse(file.read_text()) for file in files}
    own = set().union(*map(names_defined, trees.values()))
    found = [
        f"base_api/{file}:{line}: {name} is a private name of Odoo: use base_api/orm/"
        for file, tree in trees.items()
        if file.parts[0] not in EXEMPT
        for line, name in names_used(tree)
        if name not in own | STABLE
    ]
    sys.stdout.write("".join(f"{line}\n" for line in found))
    return bool(found)


def names_defined(tree):
    """The names that a module defines: functions, classes, and what it assigns to."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def names_used(tree):
    """The private names that a module takes from something else, with their lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and _PRIVATE.fullmatch(node.attr):
            yield node.lineno, node.attr
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                if _PRIVATE.fullmatch(alias.name):
                    yield node.lineno, alias.name


if __name__ == "__main__":
    sys.exit(main())
