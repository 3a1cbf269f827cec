# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What callers may do, found without the addon: from the database and the docs."""

import re
from fnmatch import fnmatchcase
from pathlib import Path

import backstage

OPERATIONS = ("read", "create", "update", "delete", "call")
CHANGES = ("create", "update", "delete", "call")
COLUMNS = {
    "read": "perm_read",
    "create": "perm_create",
    "update": "perm_write",
    "delete": "perm_unlink",
}
SECURITY = Path(__file__).parents[1] / "SECURITY.md"
ADMINISTRATORS = """
    WITH RECURSIVE administrators AS (
        SELECT res_id AS id FROM ir_model_data
         WHERE module = 'base' AND name IN ('group_erp_manager', 'group_system')
         UNION
        SELECT gid FROM res_groups_implied_rel
          JOIN administrators ON administrators.id = hid
    )
    SELECT id FROM administrators"""
RIGHTS = """
    SELECT model, bool_or(perm_read), bool_or(perm_create), bool_or(perm_write),
           bool_or(perm_unlink)
      FROM ir_model_access
      JOIN ir_model ON ir_model.id = model_id
     WHERE ir_model_access.active AND {condition}
     GROUP BY model"""
OTHERS = f"(group_id IS NULL OR group_id NOT IN ({ADMINISTRATORS}))"
# One request for each operation, which changes nothing: there is no such record.
REQUESTS = {
    "read": ("GET", "/count/{model}", None),
    "create": ("POST", "/create/{model}", {}),
    "update": ("PATCH", "/update/{model}/2147483647", {}),
    "delete": ("DELETE", "/delete/{model}/2147483647", None),
    "call": ("POST", "/call/{model}/there_is_no_such_method", {}),
}


def granted_operations(condition="TRUE", database=None):
    """The operations that access rights grant to anybody.

    :param condition: in SQL, which rows count
    :param database: by default that of the tests
    :return: a set of pairs `(operation, model)`
    """
    rows = backstage.query(RIGHTS.format(condition=condition), database=database)
    return {
        (operation, model)
        for model, *granted in rows
        for operation, is_granted in zip(COLUMNS, granted, strict=True)
        if is_granted
    }


def listed_operations():
    """The table of SECURITY.md: pairs `(pattern of a model, operations)`."""
    rows = []
    for line in SECURITY.read_text().splitlines():
        models, _, rest = line.removeprefix("| ").partition(" | ")
        if rest in ("all |", "all but `read` |"):
            operations = OPERATIONS if rest == "all |" else CHANGES
            rows += [
                (name, operations) for name in re.findall(r"`([a-z.*_]+)`", models)
            ]
    return rows


class Administration:
    """Which operations are administrative, as SECURITY.md says it."""

    def __init__(self, database=None):
        self.ordinary = granted_operations(OTHERS, database)
        self.listed = listed_operations()
        self.granted = granted_operations(database=database)
        self.with_rights = {model for _operation, model in self.granted}

    def covers(self, operation, model):
        """Whether an operation on a model is administrative."""
        for pattern, operations in self.listed:
            if fnmatchcase(model, pattern) and operation in operations:
                return True
        if operation == "call":
            return any(
                self._is_for_administrators(change, model)
                for change in ("create", "update", "delete")
            )
        return self._is_for_administrators(operation, model)

    def _is_for_administrators(self, operation, model):
        if model not in self.with_rights:
            return True
        return (operation, model) in self.granted - self.ordinary


def is_covered(key, administration, operation, model):
    """Whether a key with these restrictions allows an operation.

    :param key: `{"read_only": bool, "models": {model or "*": [operations]}}`
    """
    if key.get("read_only") and operation != "read":
        return False
    models = key.get("models")
    if models and model in models:
        return operation in models[model]
    if models and operation not in models.get("*", ()):
        return False
    return not administration.covers(operation, model)
