# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Callers of nine kinds may do what the ORM lets their users do, and learn no more.

Some models; `tests/torture` has all of them.
"""

import access
import access_rights
import access_secrets
import pytest
from copies import copied

from odoo.addons.base_api.tests.declared import declared_rules, find_routing

MODELS = (
    "res.partner",
    "res.users",
    "sale.order",
    "crm.lead",
    "hr.employee",
    "product.template",
    "mail.message",
    "ir.attachment",
    "ir.config_parameter",
    "api.session",
)
RECORDS = ("record_id", "user_id", "session_id", "ids")  # names of variables in paths


@pytest.fixture(scope="module")
def callers():
    with copied("base_api_access_short") as copy:
        made = access.make_callers(copy)
        access.add_facts(made, copy.database, list(MODELS), few=3)
        yield made


def test_rights_are_those_of_the_orm(callers):
    assert not access.differences(access_rights.differences, callers, MODELS)


def test_hidden_and_missing_records_cannot_be_told_apart(callers):
    facts = [caller.facts[model] for caller in callers for model in MODELS]
    assert len([item for item in facts if item["hidden"]]) > 20
    assert not access.differences(access_secrets.differences, callers, MODELS)


def test_all_routes_about_a_record_are_compared():
    sent = set()
    for model in ("res.users", "api.session", "sale.order"):
        for method, path, _body, _headers in access_secrets.requests_about(model, True):
            path = path.replace("MODEL", model).replace("ID", "1")
            routing, _names = find_routing(method, f"http://x/api/v2{path}")
            sent.update((method, route) for route in routing["routes"])
    for path, routing in declared_rules():
        if any(f"<{name}>" in path for name in RECORDS):
            for method in routing["methods"]:
                known = path.removeprefix("/api/v2") in access_secrets.ELSEWHERE
                assert known or (method, path) in sent, (method, path)
