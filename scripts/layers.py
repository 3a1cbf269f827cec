# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Part of `make lint`: the modules of base_api import from lower layers only.

The layers are those of base_api/docs/architecture.md. What is not listed is the ground.
"""

import ast
import sys
from pathlib import Path

ADDON = Path(__file__).resolve().parent.parent / "base_api"
EXEMPT = ("migrations", "tests")
LAYERS = (
    ("envelope", "protocol", "request_scope"),
    (
        "auditing",
        "auth",
        "calling",
        "chatter",
        "doctoring",
        "external_ids",
        "limits",
        "limiting",
        "lookup",
        "observing",
        "reading",
        "referencing",
        "safety",
        "searching",
        "upserting",
        "writing",
    ),
    ("operations",),
    ("describing",),
    ("cli", "controllers", "models", "wizards"),
    # HTTP, and what is for other addons.
    ("api", "dispatcher", "hooks", "http_content", "ir_http", "unrouted"),
    ("__init__",),
)
LEVELS = {name: level for level, names in enumerate(LAYERS, 1) for name in names}


def main():
    found = [
        f"{file}:{line}: {target} is in a higher layer: see architecture.md"
        for file in sorted(ADDON.rglob("*.py"))
        if file.relative_to(ADDON).parts[0] not in EXEMPT
        for line, target in imports(file)
        if LEVELS.get(target, 0) > level(file)
    ]
    sys.stdout.write("".join(f"{line}\n" for line in found))
    return bool(found)


def level(file):
    """The level of a module: its own, or that of its folder."""
    parts = file.relative_to(ADDON).with_suffix("").parts
    # An __init__ of a folder is a part of it.
    names = (parts[0],) if parts[-1] == "__init__" and len(parts) > 1 else parts
    return max(LEVELS.get(name, 0) for name in names)


def is_for_types(node):
    """Whether a statement is `if TYPE_CHECKING:`, which never runs."""
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def imports(file):
    """What a module imports from the addon: pairs of a line and a name on top of it."""
    depth = len(file.relative_to(ADDON).parts)
    tree = ast.parse(file.read_text())
    for_types = set().union(*map(ast.walk, filter(is_for_types, tree.body)))
    for node in ast.walk(tree):
        is_from = isinstance(node, ast.ImportFrom) and node not in for_types
        if is_from and node.level == depth:
            names = [alias.name for alias in node.names]
            for name in [node.module] if node.module else names:
                yield node.lineno, name.partition(".")[0]


if __name__ == "__main__":
    sys.exit(main())
