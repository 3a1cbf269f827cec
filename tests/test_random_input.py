# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Random values for real fields: always the envelope, and never a crash."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

MODELS = ("res.partner", "crm.lead", "sale.order")
# Odoo itself crashes while it words its refusal to adopt two companies at once.
NOT_SENT = ("child_ids", "commercial_partner_id")
BOUNDED = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)

# What JSON and Odoo make of these is where they differ from a plain random value.
numbers = st.sampled_from([0, -1, 1, 2, 15, 2**31, 2**63, 1e308, -0.0, 1e-320, 0.1])
texts = st.text(max_size=20) | st.sampled_from(
    [
        "",
        " ",
        "false",
        "2026-02-30",
        "2026-02-03",
        "0000-00-00 00:00:00",
        "res.partner,1",
    ]
)
plain = st.none() | st.booleans() | st.integers() | numbers | texts
commands = st.lists(
    st.tuples(st.integers(-1, 8), plain, plain | st.lists(plain, max_size=2)).map(list),
    max_size=3,
)
values = st.recursive(
    plain | st.floats(allow_nan=False, allow_infinity=False) | commands,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=2)
    ),
    max_leaves=6,
)
# Values that get further than the first check.
fitting = {
    "boolean": st.booleans(),
    "integer": st.integers(-(2**31), 2**31 - 1),
    "float": numbers | st.floats(allow_nan=False, allow_infinity=False),
    "monetary": numbers,
    "date": st.dates().map(str),
    "datetime": st.datetimes().map(str),
    "many2one": st.integers(1, 30),
    "one2many": commands | st.lists(st.integers(1, 30), max_size=2),
    "many2many": commands | st.lists(st.integers(1, 30), max_size=2),
}


def values_for(field):
    return st.tuples(st.just(field["name"]), fitting.get(field["type"], texts) | values)


@pytest.fixture(scope="module")
def fields(admin):
    """The fields of each model."""

    def describe(model):
        fields = admin.get(f"/fields/{model}")["fields"]
        return [field for field in fields if field["name"] not in NOT_SENT]

    return {model: describe(model) for model in MODELS}


@pytest.fixture(scope="module")
def targets(admin):
    """A record of each model that may be changed without harm to other tests."""
    partner = admin.create("res.partner", name="Target of random values")
    return {
        "res.partner": partner,
        "crm.lead": admin.create("crm.lead", name="Target of random values"),
        "sale.order": admin.create("sale.order", partner_id=partner),
    }


def test_random_values_to_create_and_update(admin, demo, fields, targets):
    @BOUNDED
    @given(st.data())
    def send(data):
        client = data.draw(st.sampled_from([admin, demo]))
        model = data.draw(st.sampled_from(MODELS))
        pair = st.sampled_from(fields[model]).flatmap(values_for)
        body = dict(data.draw(st.lists(pair, min_size=1, max_size=3)))
        verb, path = data.draw(
            st.sampled_from(
                [
                    ("POST", f"/create/{model}"),
                    ("PUT", f"/update/{model}/{targets[model]}"),
                    ("PATCH", f"/update/{model}/{targets[model]}"),
                ]
            )
        )
        answer = client.call(verb, path, body)
        assert answer.status_code in (200, 201, 400, 403, 404, 422), answer.text

    send()


def names(fields):
    return [field["name"] for field in fields]


def test_random_filters_fields_and_pages(admin, demo, fields):
    @BOUNDED
    @given(st.data())
    def send(data):
        client = data.draw(st.sampled_from([admin, demo]))
        model = data.draw(st.sampled_from(MODELS))
        name = st.sampled_from([*names(fields[model]), "limit", "nonsense"])
        params = data.draw(st.dictionaries(name, plain.map(str), max_size=3))
        if data.draw(st.booleans()):
            params["fields"] = ",".join(data.draw(st.lists(name, max_size=4)))
        answer = client.call("GET", f"/search/{model}", params=params)
        assert answer.status_code in (200, 400, 403, 422), answer.text

    send()


def test_random_paths(admin, anyone):
    words = st.sampled_from(["search", "users", "create", "res.partner", "15", ""])

    @BOUNDED
    @given(
        st.sampled_from(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]),
        st.lists(words | st.text(min_size=3, max_size=8), max_size=4),
    )
    def send(verb, parts):
        path = "".join("/" + quote(part, safe="") for part in parts)
        for client in (admin, anyone):
            client.call(verb, path)

    send()
