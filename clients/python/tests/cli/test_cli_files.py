# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Exports, reports and types: commands that write files."""

import csv
import json
from pathlib import Path

import pyarrow.parquet
from cli.runs import Run

from base_api_client import Client

FIELDS = ["--fields", "name,code"]


def test_exports(run: Run, client: Client, tmp_path: Path) -> None:
    total = client["res.country"].count()
    for name in ("a.csv", "a.ndjson", "a.parquet"):
        done = run("export", "res.country", *FIELDS, "--to", name)
        assert done.returncode == 0, done.stderr
        assert done.stdout == f"{total} records of res.country in {name}\n"
        assert done.stderr == ""

    with open(tmp_path / "a.csv", encoding="utf-8", newline="") as file:
        from_csv = [(row["name"], row["code"]) for row in csv.DictReader(file)]
    lines = (tmp_path / "a.ndjson").read_text(encoding="utf-8").splitlines()
    from_json = [(row["name"], row["code"]) for row in map(json.loads, lines)]
    table = pyarrow.parquet.read_table(tmp_path / "a.parquet")
    from_parquet = [(row["name"], row["code"]) for row in table.to_pylist()]
    assert len(from_csv) == total
    assert from_csv == from_json == from_parquet


def test_what_is_exported(run: Run) -> None:
    words = ["export", "res.country", "code__in=BE,FR", "currency_id.name=EUR"]
    domain = json.dumps([["code", "!=", "FR"]])
    done = run(*words, "--domain", domain, "-f", "code", "--order", "code")
    assert [json.loads(line)["code"] for line in done.stdout.splitlines()] == ["BE"]
    done = run("export", "res.country", "-f", "code", "-l", "2", "--format", "csv")
    assert len(done.stdout.splitlines()) == 3


def test_a_file_that_is_exported_can_be_upserted(
    run: Run, client: Client, word: str
) -> None:
    values = {"ref": word, "name": word, "country_id": {"code": "BE"}}
    client["res.partner"].create(values)
    fields = "ref,name,country_id.code,is_company"
    run("export", "res.partner", f"ref={word}", "-f", fields, "--to", "p.csv")
    words = ["upsert", "res.partner", "p.csv", "--key", "ref"]
    assert "(--ignore leaves a column out)" in run(*words).stderr
    done = run(*words, "--ignore", "id")
    assert done.stdout == "1 row: 0 created, 0 updated, 1 unchanged, 0 failed\n"


def test_types(run: Run, tmp_path: Path) -> None:
    done = run("types", "res.partner", "res.country", "--to", "odoo.py")
    assert done.stdout == "Types of 2 models in odoo.py\n"
    source = (tmp_path / "odoo.py").read_text(encoding="utf-8")
    compile(source, "odoo.py", "exec")
    assert run("types", "res.country", "res.partner").stdout == source


def test_reports(run: Run, tmp_path: Path, client: Client) -> None:
    [order] = client["sale.order"].search(limit=1)
    words = ["report", "sale.report_saleorder", str(order["id"]), "--to", "order.pdf"]
    done = run(*words)
    # Servers without wkhtmltopdf cannot print.
    if "REPORT_UNAVAILABLE" in done.stderr:
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
        assert not (tmp_path / "order.pdf").exists()
    else:
        assert done.stdout == "order.pdf\n"
        assert (tmp_path / "order.pdf").read_bytes().startswith(b"%PDF")
