# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Types of models, checked by mypy."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from base_api_client import AsyncClient, Client, NotFound
from base_api_client.typegen import generate_types, generate_types_async, write_module
from base_api_client.typegen.module import name_classes
from base_api_client.typegen.schemas import FieldSchema, ModelSchema

Check = Callable[[Path, str], str]

# `ir.filters` has fields called like parameters.
MODELS = ["sale.order", "sale.order.line", "res.partner", "ir.filters"]
START = """
from datetime import date, datetime
from base_api_client import Ref, nested
from odoo_types import AsyncClient, Client, SaleOrderValues

client = Client("http://localhost")
orders = client["sale.order"]
order = orders.get(1)
"""
RIGHT = """
name: str | None = order["name"]
total: float = order["amount_total"]
if order["partner_id"]:
    email: str | None = order["partner_id"]["email"]
for line in nested(order["order_line"]):
    price: float = line["price_unit"]
orders.search(
    orders.f.partner_id.country_id.code == "BE",
    ~orders.f.locked,
    fields=["name", {"partner_id": ["email"], "order_line": {"price_unit": True}}],
    state="sale",
    amount_total__between=[1, 2],
    date_order__gte=date(2026, 1, 1),
)
values: SaleOrderValues = {
    "partner_id": Ref(code="BE"),
    "date_order": datetime.now(),
    "order_line": {"create": [{"product_id": 1, "price_unit": 2.5}]},
}
orders.create(values).record["name"]
orders.create([values]).records[0]["name"]
orders.upsert(values, key="name")
orders.to_pandas(fields=["name"])
client["res.country"].search(anything=1)
client["ir.filters"].search(client["ir.filters"].f.domain == "[]")


async def main() -> None:
    async with AsyncClient("http://localhost") as other:
        async for found in other["sale.order"].iterate(state__in=["sale"]):
            print(found["name"])
        print((await other["sale.order"].get(1))["state"])
"""
WRONG = """
order["nmae"]
nested(order["order_line"])[0]["nmae"]
orders.search(nmae="x")
orders.search(name__ilke="x")
orders.search(state="sold")
orders.search(orders.f.nmae == "x")
orders.search(orders.f.partner_id.nmae == "x")
orders.search(fields=["nmae"])
orders.search(fields=["name", {"partner_id": ["nmae"]}])
orders.count(nmae="x")
orders.export("x.csv", fields=["nmae"])
orders.to_polars(fields=["nmae"])
orders.create({"nmae": "x"})
orders.create([{"nmae": "x"}])
orders.create({"order_line": {"create": [{"nmae": 1}]}})
orders.update(1, {"nmae": "x"})
orders.update(1, {"state": "sold"})
orders.update_each([{"id": 1, "nmae": "x"}])
orders.upsert([{"nmae": "x"}], key="name")
AsyncClient("http://localhost")["sale.order"].iterate(nmae="x")
AsyncClient("http://localhost")["sale.order"].create({"nmae": "x"})
"""


@pytest.fixture(scope="module")
def folder(client: Client, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("types")
    source = generate_types(client, MODELS)
    (folder / "odoo_types.py").write_text(source, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def check(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, str], str]:
    """A function that runs mypy on a program, in a folder with types."""
    cache = tmp_path_factory.mktemp("cache")

    def run(folder: Path, source: str) -> str:
        (folder / "program.py").write_text(source)
        command = [sys.executable, "-m", "mypy", "--strict", "--python-version=3.10"]
        command += ["--config-file=", f"--cache-dir={cache}"]
        command += ["program.py", "odoo_types.py"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        assert not done.stderr
        return done.stdout

    return run


def test_right_names_are_accepted(folder: Path, check: Check) -> None:
    output = check(folder, START + RIGHT)
    assert "Success" in output, output
    # They need not be installed.
    assert "import pandas" not in (folder / "odoo_types.py").read_text()


def test_each_wrong_name_is_an_error(folder: Path, check: Check) -> None:
    output = check(folder, START + WRONG)
    found = set(map(int, re.findall(r"^program.py:(\d+): error", output, re.M)))
    first = START.count("\n") + 2
    wanted = set(range(first, first + WRONG.count("\n") - 1))
    assert found == wanted, output
    assert "odoo_types.py" not in output


def test_the_module_can_be_imported(
    folder: Path, url: str, api_key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(folder)
    monkeypatch.delitem(sys.modules, "odoo_types", raising=False)
    import odoo_types  # type: ignore[import-not-found]

    with odoo_types.Client(url, api_key=api_key) as client:
        orders = client["sale.order"]
        [found] = orders.search(orders.f.id > 0, limit=1, fields=["name"])
        assert found["name"]
    sys.modules.pop("odoo_types")


@pytest.mark.anyio
async def test_async_generation(client: Client, url: str, api_key: str) -> None:
    async with AsyncClient(url, api_key=api_key) as other:
        source = await generate_types_async(other, ["res.country"])
    assert source == generate_types(client, ["res.country"])


def test_each_kind_of_field(client: Client) -> None:
    """Whatever form the description has: it has them from the fields."""
    lines = generate_types(client, ["sale.order", "product.template"]).splitlines()

    def types_of(name: str) -> list[str]:
        found = [line.partition("  #")[0].strip() for line in lines]
        return [line for line in found if line.startswith(f"{name}: ")]

    assert types_of("date_order") == [
        "date_order: str | None",
        "date_order: Moment | None",
        "date_order: bool",
        "date_order: Day | None",
        "date_order: BaseField",
    ]
    assert types_of("validity_date")[:2] == [
        "validity_date: str | None",
        "validity_date: Day | None",
    ]
    assert types_of("partner_id")[:2] == [
        "partner_id: Related | None",
        "partner_id: ToOne",
    ]
    assert types_of("order_line")[:2] == [
        "order_line: list[int] | list[dict[str, Any]]",
        "order_line: Sequence[Any] | Lines[dict[str, Any]]",
    ]
    assert types_of("state")[:2] == [
        "state: SaleOrderStateChoice | None",
        "state: SaleOrderStateChoice | None",
    ]
    assert types_of("amount_total")[0] == "amount_total: float"
    assert types_of("locked")[:2] == ["locked: bool", "locked: bool"]
    assert types_of("image_1920")[:2] == [
        "image_1920: str | None",
        "image_1920: Binary | None",
    ]
    assert "sequence: int" in types_of("sequence")
    assert "description_sale: str | Translations | None" in types_of("description_sale")


def test_a_key_with_strict_types_has_the_same(client: Client, url: str) -> None:
    user = client.me()["id"]
    values = {"name": "Strict", "strict_types": True}
    created = client.request("POST", f"/users/{user}/api-key", json=values).data
    with Client(url, api_key=created["api_key"]) as strict:
        ours = generate_types(client, ["sale.order"])
        assert generate_types(strict, ["sale.order"]) == ours
        keys = strict.request("GET", f"/users/{user}/api-keys").data["api_keys"]
        for key in keys:
            if created["api_key"].startswith(key["prefix"]):
                strict.request("DELETE", f"/users/{user}/api-keys/{key['id']}")


def test_unknown_models(client: Client) -> None:
    with pytest.raises(NotFound):
        generate_types(client, ["res.nothing"])
    with pytest.raises(ValueError, match="at least one model"):
        generate_types(client, [])


def test_names_that_python_reserves(tmp_path: Path, check: Check) -> None:
    fields = [
        FieldSchema(name, "A label", "text", True, True)
        for name in ("class", "like", "x_studio_field")
    ]
    source = write_module([ModelSchema("x.y", "X", tuple(fields))])
    (tmp_path / "odoo_types.py").write_text(source)
    output = check(
        tmp_path,
        "from odoo_types import Client\n"
        'x = Client("")["x.y"]\n'
        'x.get(1)["class"]\n'
        'x.create({"class": "a", "like": "b"})\n'
        'x.search(like="a", x_studio_field__like="b")\n',
    )
    assert "Success" in output, output


def test_names_of_classes_are_unique() -> None:
    names = name_classes(["res.partner", "res_partner", "x_a.b-c"])
    assert list(names.values()) == ["ResPartner", "ResPartner_", "XABC"]
