# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Conditions, filters and projections as they are sent, and what they find."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from base_api_client import Client, Condition, F, Ref
from base_api_client.conditions import as_condition
from base_api_client.encoding import dump_json
from base_api_client.filters import make_filters
from base_api_client.projection import flatten


@pytest.mark.parametrize(
    ("condition", "domain"),
    [
        (F.name == "x", [["name", "=", "x"]]),
        (F.email == None, [["email", "=", False]]),  # noqa: E711
        (F.name != "x", [["name", "!=", "x"]]),
        (F.a.country_id.code == "BE", [["a.country_id.code", "=", "BE"]]),
        (F["a.b"] < 3, [["a.b", "<", 3]]),
        (F.a["like"].like("x"), [["a.like", "like", "x"]]),
        (F.active, [["active", "!=", False]]),
        (~F.active, [["active", "=", False]]),
        (F.a & F.b, ["&", ["a", "!=", False], ["b", "!=", False]]),
        (~(F.a | (F.b >= 1)), ["!", "|", ["a", "!=", False], ["b", ">=", 1]]),
        (F.name.startswith("5%_"), [["name", "=like", "5\\%\\_%"]]),
        (F.name.endswith("\\"), [["name", "=like", "%\\\\"]]),
        (F.name.ieq("A_b"), [["name", "=ilike", "A\\_b"]]),
        (F.a.between(1, 2), ["&", ["a", ">=", 1], ["a", "<=", 2]]),
        (F.a.in_(x for x in (1, 2)), [["a", "in", [1, 2]]]),
        (F.lines.any(F.qty > 1), [["lines", "any", [["qty", ">", 1]]]]),
    ],
)
def test_domains(condition: Any, domain: list[Any]) -> None:
    assert as_condition(condition).to_json() == domain


def test_a_text_is_no_list() -> None:
    with pytest.raises(TypeError, match="A list of values"):
        F.code.in_("BE")


def test_and_or_not_are_refused() -> None:
    with pytest.raises(TypeError, match="&"):
        bool(F.a and F.b)
    with pytest.raises(TypeError, match="&"):
        bool((F.a == 1) or (F.b == 2))


@pytest.mark.parametrize(
    ("filters", "params"),
    [
        ({"name": "x"}, ("name", "x")),
        ({"name": None}, ("name", "")),
        ({"active": False}, ("active", "false")),
        ({"name__ilike": "x"}, ("name__ilike", "x")),
        ({"partner_id__country_id__code": "x"}, ("partner_id.country_id.code", "x")),
        ({"a__b__in": [1, 2]}, ("a.b__in", "1,2")),
        ({"name__in": ["a,b", 'c"']}, ("name__in", '"a,b","c"""')),
        ({"country_id__in": [Ref("base.be")]}, ("country_id__in", "@base.be")),
        (
            {"d__between": [date(2026, 3, 1), date(2026, 3, 31)]},
            ("d__between", "2026-03-01,2026-03-31"),
        ),
        ({"name__in": "a, b"}, ("name__in", '"a, b"')),
        ({"id__child_of": 3}, ("id__child_of", "3")),
        ({"d__gt": datetime(2026, 3, 1, 12, 0)}, ("d__gt", "2026-03-01T12:00:00Z")),
        (
            {"d__gt": datetime(2026, 3, 1, tzinfo=timezone(timedelta(hours=1)))},
            ("d__gt", "2026-02-28T23:00:00Z"),
        ),
    ],
)
def test_filters(filters: dict[str, Any], params: tuple[str, str]) -> None:
    assert make_filters(filters) == [params]


@pytest.mark.parametrize("value", [[1, 2], Ref(code="BE"), {"a": 1}])
def test_values_without_a_form_in_a_query(value: Any) -> None:
    with pytest.raises(TypeError, match="country_id"):
        make_filters({"country_id": value})


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ("name, email", ["name", "email"]),
        (["name", {"a": ["b", {"c": "d"}]}], ["name", "a.b", "a.c.d"]),
        ({"name": True, "x": False, "a": {"b": True}}, ["name", "a.b"]),
    ],
)
def test_projections(fields: Any, names: list[str]) -> None:
    assert flatten(fields) == names


def test_other_projections_are_refused() -> None:
    with pytest.raises(TypeError, match="Fields are names"):
        flatten(3)  # type: ignore[arg-type]


def test_values_as_json() -> None:
    value = {
        "a": Decimal("1.5"),
        "b": date(2026, 3, 1),
        "c": b"x",
        "d": Ref("base.be"),
        "e": Ref(code="CA", country_id=Ref(code="US"), create=True),
    }
    assert dump_json(value) == (
        b'{"a": 1.5, "b": "2026-03-01", "c": "eA==", "d": {"external_id": "base.be"},'
        b' "e": {"code": "CA", "country_id": {"code": "US"}, "create": true}}'
    )
    with pytest.raises(TypeError, match="cannot be sent as JSON"):
        dump_json(object())
    with pytest.raises(ValueError, match="Ref needs"):
        Ref()


COUNTRIES = [
    (F.code == "BE", {"code": "BE"}),
    (F.code.in_(["BE", "FR"]), {"code__in": ["BE", "FR"]}),
    (F.code.not_in(["BE", "FR"]), {"code__nin": ["BE", "FR"]}),
    (F.name.ilike("land"), {"name__ilike": "land"}),
    (F.name.startswith("B"), {"name__startswith": "B"}),
    (F.name.endswith("land"), {"name__endswith": "land"}),
    (F.name.ieq("belgium"), {"name__ieq": "belgium"}),
    (F.currency_id.name == "EUR", {"currency_id__name": "EUR"}),
    (F.phone_code.between(30, 40), {"phone_code__between": [30, 40]}),
    (F.state_ids.is_set(), {"state_ids__is_set": True}),
    (F.state_ids.any(F.code == "CA"), {"state_ids__code": "CA"}),
    (F.currency_id == Ref("base.EUR"), {"currency_id": Ref("base.EUR")}),
]


@pytest.mark.parametrize(("condition", "filters"), COUNTRIES)
def test_both_forms_find_the_same(
    client: Client, condition: Condition, filters: dict[str, Any]
) -> None:
    model = client["res.country"]
    found = model.search(condition, limit=300, fields="id")
    assert found
    assert found == model.search(**filters, limit=300, fields="id")
    assert model.count(condition) == model.count(**filters) == len(found)


def test_all_conditions_have_to_be_met(client: Client) -> None:
    model = client["res.country"]
    found = model.search(
        F.name.ilike("land"),
        F.code > "I",
        domain=["|", ["code", "=", "IS"], ["code", "=", "IE"]],
        currency_id__name="EUR",
        fields="code",
    )
    assert [record["code"] for record in found] == ["IE"]


def test_long_queries(client: Client) -> None:
    condition = F.code.in_([f"{number}" for number in range(3000)] + ["BE"])
    [record] = client["res.country"].search(condition, fields=["code"], order="code")
    assert record["code"] == "BE"
