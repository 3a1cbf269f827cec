# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading records."""

from __future__ import annotations

import pytest

from base_api_client import (
    AccessDenied,
    AsyncClient,
    BadRequest,
    Client,
    F,
    NotFound,
    Ref,
)


def test_strict_types_are_the_default(client: Client, url: str, api_key: str) -> None:
    fields = ["name", "country_id", "ref"]
    record = client["res.partner"].get("base.main_partner", fields)
    assert record["ref"] is None
    assert set(record["country_id"]) == {"id", "display_name"}
    with Client(url, api_key=api_key, types="odoo") as other:
        record = other["res.partner"].get(Ref("base.main_partner"), fields)
    assert record["ref"] is False
    assert record["country_id"][1] == "United States"


def test_nested_fields(client: Client) -> None:
    fields = {"name": True, "state_ids": ["code"], "currency_id": {"name": True}}
    record = client["res.country"].get("base.us", fields, {"nested_limit": 3})
    assert record["currency_id"] == {"id": 1, "name": "USD"}
    assert [set(state) for state in record["state_ids"]] == [{"id", "code"}] * 3
    assert record["_truncated"]["state_ids"] > 3


def test_iterating_over_all_pages(client: Client) -> None:
    model = client["res.country"]
    found = [item["id"] for item in model.iterate(order="code", page_size=100)]
    assert len(found) == len(set(found)) == model.count()


def test_pages(client: Client) -> None:
    model = client["res.country"]
    first = model.page(limit=3, count="exact", order="code", fields="code")
    assert first.total_count == model.count()
    second = model.page(limit=3, cursor=first.next_cursor, order="code", fields="code")
    six = model.search(limit=6, order=["code"], fields="code")
    assert first.records + second.records == six
    assert model.page(code="BE").next_cursor is None


def test_models_by_attributes(client: Client) -> None:
    assert client.models.res.partner.name == "res.partner"
    assert client.models.res.partner.category.name == "res.partner.category"
    assert client.models.res.country.count() == client["res.country"].count()


def test_groups(client: Client) -> None:
    groups = client["res.country"].aggregate(
        F.currency_id.name.in_(["EUR", "USD"]),
        groupby="currency_id",
        measures=["phone_code:max"],
        order="count desc",
        limit=1,
    )
    assert [group["currency_id"]["display_name"] for group in groups] == ["EUR"]
    assert groups[0]["count"] > 10


def test_descriptions(client: Client) -> None:
    model = client["res.partner"]
    [described] = model.fields(["name"])
    assert described["type"] == "char"
    assert "id" not in {field["name"] for field in model.fields(writable=True)}
    assert {"name", "label", "type"} <= set(model.actions()[0])
    assert "applies" in model.actions("base.main_partner")[0]
    assert "name_search" in {item["name"] for item in model.methods(generic=True)}
    names = {item["model"] for item in client.list_models(search="country")}
    assert "res.country" in names


def test_a_language(url: str, api_key: str) -> None:
    with Client(url, api_key=api_key, language="en_US", company_id=1) as client:
        answer = client.request("GET", "/search/res.country/@base.be?fields=name")
    assert answer.headers["content-language"] == "en-US"
    assert answer.data["record"]["name"] == "Belgium"


def test_errors(client: Client, url: str) -> None:
    with pytest.raises(NotFound) as missing:
        client["res.partner"].get("base.nothing")
    assert missing.value.code == "RECORD_NOT_FOUND"
    with pytest.raises(NotFound):
        client["res.nothing"].search()
    with pytest.raises(BadRequest) as wrong:
        client["res.partner"].search(nmae="x")
    assert "name" in wrong.value.message
    with Client(url, username="demo", password="demo") as demo:
        with pytest.raises(AccessDenied):
            demo["ir.config_parameter"].search()
        demo.log_out()
    for address in ("odoo.example.com", "ftp://example.com", "http://", "http://x:y"):
        with pytest.raises(ValueError, match="http://"):
            Client(address)


def test_names_cannot_lead_to_other_paths(client: Client) -> None:
    for name in ("res.partner/1", "res.partner%2F1", "../test", ""):
        with pytest.raises(ValueError, match="Not a name"):
            client[name].search()
    for name in ("res.partner?fields=name", "res.partner#1"):
        with pytest.raises(NotFound):
            client[name].search()


@pytest.mark.parametrize("path", ["", "/", "/api/v2", "/api/v2/"])
def test_addresses(url: str, api_key: str, path: str) -> None:
    root = url.removesuffix("/api/v2")
    with Client(root + path, api_key=api_key) as client:
        assert client.url == f"{root}/api/v2"
        assert client["res.country"].count(code="BE") == 1


def test_answers_without_a_body(client: Client) -> None:
    first = client.request("GET", "/search/res.country/@base.be")
    etag = {"If-None-Match": first.headers["etag"]}
    answer = client.request("GET", "/search/res.country/@base.be", headers=etag)
    assert (answer.status, answer.data) == (304, None)


def test_streams(client: Client) -> None:
    params = {"format": "csv", "fields": "code", "code": "BE"}
    with client.stream("GET", "/export/res.country", params=params) as response:
        lines = list(response.iter_lines())
    assert lines[0] == "id,code"
    assert lines[1].endswith(",BE")


@pytest.mark.anyio
async def test_async_reading(url: str, api_key: str, client: Client) -> None:
    async with AsyncClient(url, api_key=api_key) as other:
        model = other.models.res.country
        found = [item async for item in model.iterate(page_size=60, fields="code")]
        assert found == list(client["res.country"].iterate(fields="code"))
        assert await model.count(code="BE") == 1
        assert (await model.get("base.be"))["code"] == "BE"
        assert (await other.me())["login"] == "admin"
        async with other.stream("GET", "/export/res.country") as response:
            lines = [line async for line in response.aiter_lines()]
        assert len(lines) == len(found)
