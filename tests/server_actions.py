# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Methods that do what a test wants, on a server that the test cannot patch.

An administrator writes them as server actions, which are called as any other method.
"""

RUN = "/call/ir.actions.server/run"


def new_action(admin, code):
    """Return what to send to `RUN` to run Python code, as Odoo's safe_eval has it."""
    values = {"name": "Test", "model_id": model_id(admin), "state": "code"}
    return {"ids": [admin.create("ir.actions.server", values | {"code": code})]}


def creating(name, *lines):
    """Return code that creates a partner and goes on."""
    return "\n".join([f"env['res.partner'].create({{'name': {name!r}}})", *lines])


def model_id(admin):
    rows = admin.get("/search/ir.model", model="res.partner")["records"]
    return rows[0]["id"]
