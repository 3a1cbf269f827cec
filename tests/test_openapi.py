# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The OpenAPI document of a real server, with the apps of the test database."""

import pytest
import requests
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

LARGE = (
    "account.move",
    "crm.lead",
    "hr.employee",
    "ir.attachment",
    "mail.message",
    "product.template",
    "res.partner",
    "res.users",
    "sale.order",
    "sale.order.line",
)


@pytest.fixture
def document(url):
    """Return the document of a caller."""

    def read(client, *models, headers=None):
        answer = requests.get(
            f"{url}/openapi.json",
            params={"models": ",".join(models)},
            headers={"api-key": client.headers["api_key"], **(headers or {})},
            timeout=60,
        )
        assert answer.status_code == 200, answer.text
        return answer.json()

    return read


@pytest.mark.parametrize("models", [(), LARGE], ids=["generic", "models"])
def test_it_is_valid(admin, document, models):
    found = document(admin, *models)
    errors = list(OpenAPIV31SpecValidator(found).iter_errors())
    assert not errors, errors[:3]
    paths = found["paths"]
    assert ("/search/sale.order" in paths) == bool(models)
    assert ("/search/{model_name}" in paths) != bool(models)


def test_every_model_has_valid_schemas(admin, document):
    """Also models with fields of rare types and names; 50 at a time."""
    models = [row["model"] for row in admin.get("/models")["models"]]
    assert len(models) > 100
    shapes = {}
    for start in range(0, len(models), 50):
        found = document(admin, *models[start : start + 50])
        for schema in found["components"]["schemas"].values():
            shapes[shape(schema)] = schema
            fields = schema.get("properties", {}).values()
            shapes |= {shape(field): field for field in fields}
    assert len(shapes) > 500
    for schema in shapes.values():
        Draft202012Validator.check_schema(schema)


def shape(schema):
    """Tell schemas apart that differ in more than texts: there are thousands."""
    texts = ("title", "description", "examples", "x-relation")
    return repr({name: schema[name] for name in schema if name not in texts})


def test_a_strict_key_gets_strict_types(key_for, document):
    key = key_for(strict_types=True)
    schemas = document(key, "sale.order")["components"]["schemas"]
    moment = schemas["SaleOrderRecord"]["properties"]["date_order"]["$ref"]
    moment = schemas[moment.rpartition("/")[2]]
    assert (moment["type"], moment["format"]) == (["string", "null"], "date-time")


def test_thirty_large_models_fit_in_a_megabyte(admin, url):
    models = [row["model"] for row in admin.get("/models")["models"]]
    columns = {name: len(admin.get(f"/fields/{name}")["fields"]) for name in LARGE}
    assert min(columns.values()) > 20
    more = [
        name for name in models if name.startswith(("account.", "product.", "res."))
    ]
    chosen = [*LARGE, *(name for name in more if name not in LARGE)][:30]
    assert len(chosen) == 30
    headers = {"api-key": admin.headers["api_key"]}
    answer = requests.get(
        f"{url}/openapi.json",
        params={"models": ",".join(chosen)},
        headers=headers,
        timeout=60,
    )
    assert answer.status_code == 200
    assert len(answer.content) <= 2**20
